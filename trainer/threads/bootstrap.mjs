// Node 20 gives a worker thread none of the parent's module hooks, so a thread that runs TypeScript registers tsx itself.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
