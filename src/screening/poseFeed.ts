/**
 * The usable poses of a walk on their way from the pose model to the network. All of them are kept (a walk is at most a few
 * hundred poses of 204 bytes), so that a second network can start over where the first one was lost, and all can be exchanged once the
 * whole walk is known; what is bounded is how far the pose model may run ahead: whoever adds waits while too many are untaken.
 */
export class PoseFeed {
  #poses: Float32Array[] = [];
  readonly #limit: number;
  #taken = 0;
  #ended = false;
  #wakeReader: (() => void) | null = null;
  #wakeWriters: (() => void)[] = [];

  /** At most `limit` poses wait to be taken. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Poses added so far. */
  get length(): number {
    return this.#poses.length;
  }

  /** Adds poses, 51 numbers each; resolves when there is room for more. */
  async add(poses: readonly Float32Array[]): Promise<void> {
    this.#poses.push(...poses);
    this.#wake();
    while (!this.#ended && this.#poses.length - this.#taken >= this.#limit) {
      await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
    }
  }

  /** Exchanges all poses for others. Whoever was reading is at the end, and has to start over to see them. */
  replace(poses: readonly Float32Array[]): void {
    this.#poses = [...poses];
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
   * Reads from the first pose on, one reader at a time. `next` resolves with up to `most` poses in one array (n×51), or null after
   * the last one, or once the poses have been replaced.
   */
  reader(most: number): PoseReader {
    const poses = this.#poses;
    let at = 0;
    this.#taken = 0;
    const outdated = () => poses !== this.#poses;
    const next = async () => {
      while (at === poses.length && !this.#ended && !outdated()) {
        await new Promise<void>((resolve) => (this.#wakeReader = resolve));
      }
      const batch = outdated() ? [] : poses.slice(at, at + most);
      if (batch.length === 0) return null;
      at += batch.length;
      this.#taken = at;
      this.#releaseWriters();
      return joinPoses(batch);
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

export interface PoseReader {
  next(): Promise<Float32Array | null>;
  /** The poses were replaced since this reader started. */
  outdated(): boolean;
}

function joinPoses(poses: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(poses.reduce((total, pose) => total + pose.length, 0));
  let at = 0;
  for (const pose of poses) {
    joined.set(pose, at);
    at += pose.length;
  }
  return joined;
}
