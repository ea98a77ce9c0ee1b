/** Draws batches on a thread of its own, so that the next one is ready when a step ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawBatch, type BatchOptions } from './batches.ts';

const { data: options } = workerData as { data: BatchOptions };

parentPort?.on('message', (iteration: number) => {
  const batch = drawBatch(iteration, options);
  parentPort?.postMessage(batch, [batch.maps.buffer as ArrayBuffer]);
});
