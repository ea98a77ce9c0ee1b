/** What happens inside the pose worker: a video's frames become poses, batch by batch, or a camera's, one by one. One clip at a time. */
import type { TimedFrame } from '../capture/frame.ts';
import { VideoFile } from '../capture/videoFile.ts';
import type { PoseFrame } from '../gait/sequence.ts';
import { PoseError } from './errors.ts';
import { Landmarker } from './landmarker.ts';
import { LiveDetector } from './liveDetector.ts';
import { LiveEye } from './liveEye.ts';
import type { PicturePoint } from './people.ts';
import type { ExtractOptions, Extraction, Glance, LiveOptions, PoseBatch, PoseFace } from './poseFace.ts';
import { readAhead } from './readAhead.ts';
import { PoseWatcher } from './watcher.ts';

/** Frames in one batch: half a second, so that progress moves and a message costs little. */
const BATCH_FRAMES = 8;

/** Pictures decoded, turned and scaled while the pose model is busy. */
const AHEAD = 3;

export class PoseService implements PoseFace {
  /** The one that finds two people, so that a second one is noticed. */
  #landmarker: Landmarker | null = null;
  /** The one that finds a single person, once a camera was watched. */
  #quick: Landmarker | null = null;
  /** What looks at the camera, while one is watched. */
  #eye: LiveEye | null = null;

  async prepare(options: Pick<ExtractOptions, 'model' | 'base'>): Promise<void> {
    if (this.#landmarker?.model === options.model) return;
    this.#landmarker?.close();
    this.#landmarker = null;
    this.#landmarker = await Landmarker.create({ ...options, people: 2 });
  }

  async extract(file: Blob, options: ExtractOptions, onBatch: (batch: PoseBatch) => void | Promise<void>): Promise<Extraction> {
    const began = performance.now();
    this.#eye = null;
    // The file first: what can't be opened should say so before a model is loaded.
    const video = await VideoFile.open(file);
    try {
      const opened = performance.now();
      const landmarker = await this.#readyFor(options);
      const started = performance.now();

      const { picture, duration, codec } = video;
      const delivery = new Delivery((frames) => onBatch({ frames, picture, duration }));
      const watcher = new PoseWatcher(landmarker, options);
      const counts = { sampled: 0, posed: 0 };
      let poseMs = 0;
      const end = await forEachClosing(readAhead(video.frames(options), AHEAD, close), async ({ canvas, time }) => {
        const before = performance.now();
        const { frame } = watcher.see(canvas, picture, time);
        poseMs += performance.now() - before;
        counts.sampled += 1;
        if (frame.keypoints) counts.posed += 1;
        await delivery.add(frame);
      });
      await delivery.end();
      const timings = { startMs: started - opened, poseMs, totalMs: performance.now() - began };
      return { picture, duration, codec, ...end, ...counts, timings };
    } finally {
      video.close();
    }
  }

  async startLive(options: LiveOptions): Promise<void> {
    this.#eye = null;
    const two = await this.#readyFor(options);
    const one = await this.#quickFor(options);
    this.#eye = new LiveEye(new PoseWatcher(new LiveDetector(one, two), options));
  }

  async look(image: VideoFrame, time: number): Promise<Glance> {
    if (this.#eye) return this.#eye.look(image, time);
    image.close();
    throw new PoseError('not-watching', 'The camera is not being watched. Start the camera again.');
  }

  async follow(point: PicturePoint): Promise<void> {
    this.#eye?.follow(point);
  }

  /** The model, loaded and with no memory of another clip. */
  async #readyFor(options: LiveOptions): Promise<Landmarker> {
    await this.prepare(options);
    if (!this.#landmarker) throw new Error('The pose model is not there after it was prepared.');
    await this.#landmarker.reset(options);
    return this.#landmarker;
  }

  async #quickFor(options: LiveOptions): Promise<Landmarker> {
    if (this.#quick?.model !== options.model) {
      this.#quick?.close();
      this.#quick = null;
      this.#quick = await Landmarker.create({ ...options, people: 1 });
    }
    await this.#quick.reset(options);
    return this.#quick;
  }
}

function close(frame: TimedFrame): void {
  frame.close();
}

/** Hands over each frame and closes it afterwards. Returns what the frames end with; whatever happens, they are ended. */
async function forEachClosing<End>(
  frames: AsyncGenerator<TimedFrame, End, void>,
  use: (frame: TimedFrame) => Promise<void>,
): Promise<End> {
  try {
    while (true) {
      const next = await frames.next();
      if (next.done) return next.value;
      try {
        await use(next.value);
      } finally {
        next.value.close();
      }
    }
  } finally {
    // Needed where a frame failed; without effect on frames that have come to their end.
    await frames.return(undefined as End);
  }
}

/** Gathers frames into batches and keeps one batch on its way while the next is gathered. */
class Delivery {
  readonly #send: (frames: PoseFrame[]) => void | Promise<void>;
  #frames: PoseFrame[] = [];
  #onItsWay: Promise<void> = Promise.resolve();

  constructor(send: (frames: PoseFrame[]) => void | Promise<void>) {
    this.#send = send;
  }

  async add(frame: PoseFrame): Promise<void> {
    this.#frames.push(frame);
    if (this.#frames.length >= BATCH_FRAMES) await this.#flush();
  }

  async end(): Promise<void> {
    if (this.#frames.length > 0) await this.#flush();
    await this.#onItsWay;
  }

  async #flush(): Promise<void> {
    await this.#onItsWay;
    const frames = this.#frames;
    this.#frames = [];
    this.#onItsWay = Promise.resolve(this.#send(frames));
    // A failure is taken up with the next batch; until then it is no unhandled one.
    this.#onItsWay.catch(() => undefined);
  }
}
