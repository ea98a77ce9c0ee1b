/** Draws batches on a thread of its own, so that the next one is ready when a step ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawBatch, type BatchOptions } from './batches.ts';

const { data: options } = workerData as { data: BatchOptions };

/** What goes back: a batch, or the sentence that says why there is none. */
export type Answer = { batch: Awaited<ReturnType<typeof drawBatch>> } | { failure: string };

// Batches go out in the order in which they were asked for.
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (iteration: number) => {
  last = last.then(async () => {
    try {
      const batch = await drawBatch(iteration, options);
      parentPort?.postMessage({ batch } satisfies Answer, [batch.frames.buffer as ArrayBuffer]);
    } catch (error) {
      parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) } satisfies Answer);
    }
  });
});
