/** One line on the terminal that says how far a long job is and how long it will take; silent where nobody looks, and for short ones. */
import { timeLeft } from './timeLeft.ts';

/** Milliseconds before the first word, and between two. */
const QUIET_FIRST = 1000;
const EVERY = 250;

export class ProgressLine {
  readonly #started = performance.now();
  #said = 0;

  /** @param unit what is counted, e.g. "clips" */
  constructor(
    readonly total: number,
    readonly unit: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  done(count: number): void {
    const now = performance.now();
    const elapsed = now - this.#started;
    if (!this.stream.isTTY || elapsed < QUIET_FIRST || now - this.#said < EVERY) return;
    this.#said = now;
    const left = ((elapsed / count) * (this.total - count)) / 1000;
    this.stream.write(`\r${count} of ${this.total} ${this.unit}, ${timeLeft(left)} left\x1b[K`);
  }

  end(): void {
    if (this.#said > 0) this.stream.write('\r\x1b[K');
  }
}
