/**
 * Who may go at the same time: walks go side by side, a change of the model goes alone. It waits for the walks under way, and walks that
 * come later wait for it, so that no walk is read with one model's cadence and judged by another.
 */
import { rejectOnAbort } from './abort.ts';

export class Turns {
  readonly #shared = new Set<Promise<unknown>>();
  /** Settles when all that goes alone has ended. */
  #alone: Promise<unknown> = Promise.resolve();

  /** Runs the work beside other shared work, after whatever goes alone and was asked for before. */
  async share<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    let before: Promise<unknown> | null = null;
    while (before !== this.#alone) {
      before = this.#alone;
      await rejectOnAbort(before, signal);
    }
    const running = work();
    this.#shared.add(running);
    try {
      return await running;
    } finally {
      this.#shared.delete(running);
    }
  }

  /** Runs the work when everything before it has ended. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#alone.then(() => Promise.allSettled(this.#shared)).then(work);
    this.#alone = turn.catch(() => undefined);
    return turn;
  }
}
