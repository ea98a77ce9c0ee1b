/** Notices a run that has gone wrong before it has spent days on it. */

/** Iterations over which the loss is averaged. */
const WINDOW = 50;
/** How many times the loss it began with is too much. */
const LIMIT = 3;

export class DivergenceGuard {
  #start: number | null = null;
  readonly #recent: number[] = [];

  /** Throws in a sentence where the loss is no number, or has grown to several times what it was at the start. */
  check(iteration: number, loss: number): void {
    if (!Number.isFinite(loss)) {
      throw new Error(`The loss of iteration ${iteration} is no number; the last checkpoint is kept. Try a lower learning rate.`);
    }
    this.#recent.push(loss);
    if (this.#recent.length < WINDOW) return;
    const mean = this.#recent.reduce((sum, value) => sum + value, 0) / this.#recent.length;
    this.#recent.shift();
    this.#start ??= mean;
    if (mean > LIMIT * this.#start) {
      throw new Error(
        `The run diverges: the mean loss of the last ${WINDOW} iterations is ${mean.toFixed(2)}, and it began with ${this.#start.toFixed(2)}. The last checkpoint is kept. Try a lower learning rate.`,
      );
    }
  }
}
