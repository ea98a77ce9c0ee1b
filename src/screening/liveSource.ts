/** A walk in front of a camera as a source of poses: frames are handed to it as they come, and it says when there are no more. */
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { PoseListener, PoseSource, WatchEnd } from './poseSource.ts';
import type { PoseModelName } from './screening.ts';

export interface LiveSourceOptions {
  picture: PictureSize;
  poseModel: PoseModelName;
  /** Frames that a whole walk will have, about. */
  expectedFrames: number;
  /** Frames a second at which they come. */
  framesPerSecond: number;
}

export class LiveSource implements PoseSource {
  readonly poseModel: PoseModelName;
  readonly #options: LiveSourceOptions;
  readonly #frames: PoseFrame[] = [];
  /** When the walk began, on the camera's clock; null before its first frame. */
  #start: number | null = null;
  #given = 0;
  #end: 'open' | 'ended' | Error = 'open';
  #wake: (() => void) | null = null;

  constructor(options: LiveSourceOptions) {
    this.poseModel = options.poseModel;
    this.#options = options;
  }

  /** Frames of the walk, in the order of time. From here on their times are those of the walk, which begins at 0. */
  add(frames: readonly PoseFrame[]): void {
    this.#start ??= frames[0]?.time ?? null;
    const start = this.#start ?? 0;
    this.#frames.push(...frames.map((frame) => ({ ...frame, time: frame.time - start })));
    this.#changed();
  }

  /** The walk is over. */
  end(): void {
    this.#settle('ended');
  }

  /** The walk can't go on: whoever watches it gets this error. */
  fail(error: Error): void {
    this.#settle(error);
  }

  async watch(listener: PoseListener, signal: AbortSignal): Promise<WatchEnd> {
    const { picture, expectedFrames, framesPerSecond } = this.#options;
    listener.opened({ picture, expectedFrames });
    const onAbort = () => this.#changed();
    signal.addEventListener('abort', onAbort);
    try {
      while (this.#given < this.#frames.length || this.#end === 'open') {
        signal.throwIfAborted();
        if (this.#end instanceof Error) throw this.#end;
        const batch = this.#frames.slice(this.#given);
        if (batch.length === 0) {
          await new Promise<void>((resolve) => (this.#wake = resolve));
          continue;
        }
        this.#given += batch.length;
        await listener.frames(batch);
      }
      if (this.#end instanceof Error) throw this.#end;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    const [first, last] = [this.#frames[0], this.#frames.at(-1)];
    const duration = first && last ? last.time - first.time + 1 / framesPerSecond : 0;
    return { duration, workMs: 0, findings: [] };
  }

  #settle(end: 'ended' | Error): void {
    if (this.#end === 'open') this.#end = end;
    this.#changed();
  }

  #changed(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
