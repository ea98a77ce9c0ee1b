/** Batches in order, drawn ahead on a worker thread. */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../threads/startThread.ts';
import type { Answer } from './batch.worker.ts';
import type { Batch, BatchOptions } from './batches.ts';

/** Batches drawn ahead of the step that needs them. */
const AHEAD = 2;

export class BatchSource {
  readonly #worker: Worker;
  readonly #ready: Answer[] = [];
  #waiting: ((answer: Answer) => void) | null = null;
  #next: number;

  /** Starts drawing from the given iteration. */
  constructor(options: BatchOptions, first: number) {
    this.#next = first;
    this.#worker = startThread(new URL('./batch.worker.ts', import.meta.url), options);
    this.#worker.on('message', (answer: Answer) => this.#take(answer));
    this.#worker.on('error', (error) => this.#take({ failure: error instanceof Error ? error.message : String(error) }));
    for (let ahead = 0; ahead < AHEAD; ahead++) this.#ask();
  }

  /** The next batch; one caller at a time. Rejects in a sentence where it can't be drawn. */
  async next(): Promise<Batch> {
    this.#ask();
    const answer = this.#ready.shift() ?? (await new Promise<Answer>((resolve) => (this.#waiting = resolve)));
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.batch;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(answer);
    else this.#ready.push(answer);
  }

  #ask(): void {
    this.#worker.postMessage(this.#next);
    this.#next += 1;
  }
}
