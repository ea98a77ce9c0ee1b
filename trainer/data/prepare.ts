/**
 * Turns a dataset of poses into one of skeleton maps and asymmetry vectors, in the same layout and on several threads. It goes on where it
 * stopped, several shards of it may work on one folder, and a clip that can't be read is told of at the end while the others are prepared.
 */
import { resolve } from 'node:path';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { doJobs } from '../threads/jobs.ts';
import { listed, scanDataset, type ClipEntry, type Dataset, type FolderProblem } from './dataset.ts';
import { DataError } from '../files/errors.ts';
import { readPartition, SPLITS } from './partition.ts';
import type { ClipRecipe } from './prepareClip.ts';
import { claimFolder, copyAlong } from './prepareFolder.ts';
import { takeShard, type Shard } from './shard.ts';

/** A thread's word on one clip. */
export type PrepareAnswer = { written: boolean } | { failure: string; diskFull: boolean };

export interface PrepareOptions {
  recipe: MapRecipe;
  /** Whether the asymmetry vectors are written too. */
  asymmetry: boolean;
  /** Prepare only the ids that this partition names, and keep it as the new dataset's own; null = all. */
  partition: string | null;
  shard: Shard;
  threads: number;
  /** Once aborted, the clips that are begun are ended, and no other. */
  signal: AbortSignal;
  report: (done: number, total: number) => void;
}

export interface Prepared {
  /** Clips to be prepared, by this shard. */
  total: number;
  /** Clips that were written now, and that were there already. */
  written: number;
  skipped: number;
  /** What could not be prepared, a sentence each. */
  failures: string[];
}

/** Throws {@link DataError} where nothing can be begun or the disk is full. */
export async function prepareDataset(source: string, out: string, options: PrepareOptions): Promise<Prepared> {
  const { recipe, asymmetry, partition, shard, threads, signal, report } = options;
  const target = resolve(out);
  const { dataset, problems } = await scanDataset(source);
  const chosen = await choose(dataset, problems, partition);
  await claimFolder(target, dataset, recipe);
  await copyAlong(dataset.root, target, partition);

  const clips = takeShard(chosen.clips, shard);
  const result: Prepared = {
    total: clips.length,
    written: 0,
    skipped: 0,
    failures: chosen.problems.map(({ error }) => error.message),
  };
  const full = new AbortController();
  const work: ClipRecipe = { out: target, recipe, asymmetry };
  let done = 0;
  await doJobs(new URL('./prepare.worker.ts', import.meta.url), work, clips, {
    threads,
    signal: AbortSignal.any([signal, full.signal]),
    answered: (answer: PrepareAnswer) => {
      if (!('failure' in answer)) result[answer.written ? 'written' : 'skipped']++;
      else if (answer.diskFull) full.abort(new DataError('disk-full', answer.failure));
      else result.failures.push(answer.failure);
      report(++done, clips.length);
    },
  });
  full.signal.throwIfAborted();
  result.failures.sort();
  return result;
}

/** The clips to prepare, and the problems among them. Throws {@link DataError} `partition` for ids that aren't there at all. */
async function choose(
  { root, clips }: Dataset,
  problems: FolderProblem[],
  path: string | null,
): Promise<{ clips: ClipEntry[]; problems: FolderProblem[] }> {
  if (path === null) return { clips, problems };
  const partition = await readPartition(path);
  const wanted = new Set(SPLITS.flatMap((split) => partition.ids[split]));
  const known = new Set([...clips, ...problems].map(({ id }) => id));
  const missing = [...wanted].filter((id) => !known.has(id));
  if (missing.length > 0) {
    throw new DataError('partition', `${path} names ids that have no folder in ${root}: ${listed(missing)}.`);
  }
  const isWanted = ({ id }: { id: string }): boolean => wanted.has(id);
  return { clips: clips.filter(isWanted), problems: problems.filter(isWanted) };
}
