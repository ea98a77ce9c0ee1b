/** Prepares clips on a thread of its own; answers each with what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ClipEntry } from './dataset.ts';
import { DataError, messageOf } from '../files/errors.ts';
import type { PrepareAnswer } from './prepare.ts';
import { prepareClip, type ClipRecipe } from './prepareClip.ts';

const { data: recipe } = workerData as { data: ClipRecipe };

parentPort?.on('message', (clip: ClipEntry) => void prepare(clip).then((answer) => parentPort?.postMessage(answer)));

async function prepare(clip: ClipEntry): Promise<PrepareAnswer> {
  try {
    return { written: await prepareClip(clip, recipe) };
  } catch (error) {
    return { failure: messageOf(error), diskFull: error instanceof DataError && error.code === 'disk-full' };
  }
}
