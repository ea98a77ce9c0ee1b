/**
 * Many small jobs on several threads. The thread's file answers each job it is sent with one message; what comes out may not depend on which
 * thread does a job, nor on how many there are.
 */
import type { Worker } from 'node:worker_threads';
import { startThread } from './startThread.ts';

/** Jobs that a thread has been given and not answered: it computes one while the other waits for the disk. */
const AT_ONCE = 2;

export interface JobOptions<Answer> {
  threads: number;
  /** Once aborted, no further job is given out; those that are begun are ended. */
  signal: AbortSignal;
  answered: (answer: Answer) => void;
}

/**
 * Does the jobs, in any order, and returns how many were done: all, unless it was stopped. Rejects with the first error of any thread.
 * @param entry the thread's file, which reads `data` from `workerData.data`
 */
export async function doJobs<Job, Answer>(
  entry: URL,
  data: unknown,
  jobs: readonly Job[],
  { threads, signal, answered }: JobOptions<Answer>,
): Promise<number> {
  const count = Math.min(threads, jobs.length);
  const workers: Worker[] = [];
  let [next, done] = [0, 0];
  try {
    const work = Array.from({ length: count }, () => {
      const worker = startThread(entry, data);
      workers.push(worker);
      return new Promise<void>((resolve, reject) => {
        let open = 0;
        const goOn = (): void => {
          while (open < AT_ONCE && next < jobs.length && !signal.aborted) {
            open++;
            worker.postMessage(jobs[next++]);
          }
          if (open === 0) resolve();
        };
        worker.on('message', (answer: Answer) => {
          open--;
          done++;
          answered(answer);
          goOn();
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`A thread has ended too early (${code}).`)));
        goOn();
      });
    });
    await Promise.all(work);
    return done;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
