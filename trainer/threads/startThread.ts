/** Starts a TypeScript file on a worker thread; the file reads its `data` from `workerData.data`. */
import { Worker } from 'node:worker_threads';

export function startThread(entry: URL, data: unknown): Worker {
  return new Worker(new URL('./bootstrap.mjs', import.meta.url), { workerData: { entry: entry.href, data }, execArgv: [] });
}
