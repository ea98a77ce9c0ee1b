/**
 * The usable frames of a walk on their way from the pose model to the network. All of them are kept (a walk is at most a few
 * hundred, of 204 bytes, or 4 kB with an outline), so that a second network can start over where the first one was lost, and all can be
 * exchanged once the whole walk is known; what is bounded is how far the pose model may run ahead: whoever adds waits while too many are
 * untaken.
 */
export class FrameFeed<Frame> {
  #frames: Frame[] = [];
  readonly #limit: number;
  #taken = 0;
  #ended = false;
  #wakeReader: (() => void) | null = null;
  #wakeWriters: (() => void)[] = [];

  /** At most `limit` frames wait to be taken. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Frames added so far. */
  get length(): number {
    return this.#frames.length;
  }

  /** Resolves when there is room for more. */
  async add(frames: readonly Frame[]): Promise<void> {
    this.#frames.push(...frames);
    this.#wake();
    while (!this.#ended && this.#frames.length - this.#taken >= this.#limit) {
      await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
    }
  }

  /** Exchanges all frames for others. Whoever was reading is at the end, and has to start over to see them. */
  replace(frames: readonly Frame[]): void {
    this.#frames = [...frames];
    this.#taken = 0;
    this.#wake();
    this.#releaseWriters();
  }

  /** No more will come: a reader gets what is left, then null. Nobody waits for room any more. */
  end(): void {
    this.#ended = true;
    this.#wake();
    this.#releaseWriters();
  }

  /**
   * Reads from the first frame on, one reader at a time. `next` resolves with up to `most` frames, or null after the last one, or once
   * the frames have been replaced.
   */
  reader(most: number): FrameReader<Frame> {
    const frames = this.#frames;
    let at = 0;
    this.#taken = 0;
    const outdated = () => frames !== this.#frames;
    const next = async () => {
      while (at === frames.length && !this.#ended && !outdated()) {
        await new Promise<void>((resolve) => (this.#wakeReader = resolve));
      }
      const batch = outdated() ? [] : frames.slice(at, at + most);
      if (batch.length === 0) return null;
      at += batch.length;
      this.#taken = at;
      this.#releaseWriters();
      return batch;
    };
    return { next, outdated };
  }

  #wake(): void {
    this.#wakeReader?.();
    this.#wakeReader = null;
  }

  #releaseWriters(): void {
    const writers = this.#wakeWriters;
    this.#wakeWriters = [];
    for (const wake of writers) wake();
  }
}

export interface FrameReader<Frame> {
  next(): Promise<Frame[] | null>;
  /** The frames were replaced since this reader started. */
  outdated(): boolean;
}
