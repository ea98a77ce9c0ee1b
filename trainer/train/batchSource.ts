/** Batches in order, drawn ahead on a worker thread. */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../threads/startThread.ts';
import type { Batch, BatchOptions } from './batches.ts';

/** Batches drawn ahead of the step that needs them. */
const AHEAD = 2;

export class BatchSource {
  readonly #worker: Worker;
  readonly #ready: Batch[] = [];
  readonly #waiting: { resolve: (batch: Batch) => void; reject: (reason: Error) => void }[] = [];
  #failure: Error | null = null;
  #next: number;

  /** Starts drawing from the given iteration. */
  constructor(options: BatchOptions, first: number) {
    this.#next = first;
    this.#worker = startThread(new URL('./batch.worker.ts', import.meta.url), options);
    this.#worker.on('message', (batch: Batch) => {
      const waiting = this.#waiting.shift();
      if (waiting) waiting.resolve(batch);
      else this.#ready.push(batch);
    });
    this.#worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    });
    for (let ahead = 0; ahead < AHEAD; ahead++) this.#ask();
  }

  /** The next batch. Rejects when the worker has failed. */
  async next(): Promise<Batch> {
    if (this.#failure) throw this.#failure;
    this.#ask();
    return this.#ready.shift() ?? new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(): void {
    this.#worker.postMessage(this.#next);
    this.#next += 1;
  }
}
