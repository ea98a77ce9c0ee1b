/**
 * A recording of a walk, beside what is measured in it: for sites that want to keep one. The browser encodes it, in whichever form it can;
 * nothing of it is written anywhere here.
 */

/** The first of these that the browser can write. MP4 is played by everything. */
const TYPES = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp8'];
/** An encoder takes a second to start on a slow machine, and the page stands still meanwhile: that must not fall into the walk. Milliseconds. */
const WARM_UP = 500;

export class WalkRecorder {
  readonly #recorder: MediaRecorder;
  readonly #pieces: Blob[] = [];
  readonly #ended: Promise<Blob | null>;
  readonly #warmUp: ReturnType<typeof setTimeout>;

  /** Gets ready, and records as much as that takes. Throws a DOMException where the browser can't record this stream. */
  constructor(stream: MediaStream) {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    this.#recorder.ondataavailable = ({ data }) => this.#pieces.push(data);
    this.#ended = new Promise((resolve) => {
      this.#recorder.onstop = () => resolve(this.#recording());
      this.#recorder.onerror = () => resolve(null);
    });
    this.#recorder.start();
    this.#warmUp = setTimeout(() => this.#recorder.state === 'recording' && this.#recorder.pause(), WARM_UP);
  }

  /** The walk begins. */
  record(): void {
    clearTimeout(this.#warmUp);
    if (this.#recorder.state === 'paused') this.#recorder.resume();
  }

  /** Ends it. null where the browser failed at it: a walk is worth keeping without its recording. */
  stop(): Promise<Blob | null> {
    clearTimeout(this.#warmUp);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    return this.#ended;
  }

  #recording(): Blob | null {
    const type = this.#recorder.mimeType.split(';')[0] ?? '';
    const recording = new Blob(this.#pieces, { type });
    return recording.size > 0 ? recording : null;
  }
}
