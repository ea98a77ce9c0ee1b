/**
 * Large arrays, used again: the first touch of every page of a new one costs as much as computing with it (measured: a fifth of a
 * training step went into page faults).
 */

/** Capacities have so many steps between two powers of two, so that batches of nearly equal size share their arrays. */
const STEPS = 8;

export class ArrayPool {
  readonly #free = new Map<number, Float32Array[]>();
  #inUse = 0;
  #mostInUse = 0;
  #freeLength = 0;

  /** An array of this length with arbitrary contents. */
  take(length: number): Float32Array {
    const capacity = capacityFor(length);
    const found = this.#free.get(capacity)?.pop();
    if (found) this.#freeLength -= capacity;
    this.#inUse += capacity;
    this.#mostInUse = Math.max(this.#mostInUse, this.#inUse);
    return (found ?? new Float32Array(capacity)).subarray(0, length);
  }

  /** Takes back an array that nobody looks at any more. */
  give(array: Float32Array): void {
    const whole = new Float32Array(array.buffer);
    this.#inUse -= whole.length;
    // Of sizes that come and go, no more is kept than was ever needed at once.
    if (this.#freeLength + whole.length > this.#mostInUse) this.#dropAll();
    this.#freeLength += whole.length;
    const free = this.#free.get(whole.length);
    if (free) free.push(whole);
    else this.#free.set(whole.length, [whole]);
  }

  #dropAll(): void {
    this.#free.clear();
    this.#freeLength = 0;
  }
}

function capacityFor(length: number): number {
  const step = Math.max(1, 2 ** Math.floor(Math.log2(length)) / STEPS);
  return Math.ceil(length / step) * step;
}
