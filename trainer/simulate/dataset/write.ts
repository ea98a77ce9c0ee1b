/**
 * Writes a dataset of simulated people in OpenGait's layout, drawn on several threads. Every file is there whole or not at all and depends
 * on the request alone, so a stopped run is gone on with by drawing what is missing, and any number of threads writes the same bytes.
 * The partition comes last: nobody trains on a set that isn't complete.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClassName } from '../../../src/gait/labels.ts';
import { writeAbout } from '../../data/about.ts';
import { writeAtomically } from '../../files/atomicFile.ts';
import { PARTITION_FILE, writePartition, type Split } from '../../data/partition.ts';
import { writeSubjects } from '../../data/subjects.ts';
import { clipFolder } from '../../data/writeClip.ts';
import { doJobs } from '../../threads/jobs.ts';
import { simulatePerson } from '../population.ts';
import type { SimulatedPerson } from '../person.ts';
import { claimFolder } from './claim.ts';
import { CLIP_FILE, planDataset, VIEW, type PlannedClip, type SynthRequest } from './plan.ts';

export const SEVERITIES_FILE = 'severities.json';

export interface WriteOptions {
  threads: number;
  /** Once aborted, the clips that are begun are ended, and no other. */
  signal: AbortSignal;
  /** After each clip: how many are drawn, and how many were missing. */
  report: (drawn: number, missing: number) => void;
}

export interface WrittenDataset {
  /** Clips that are there now, and that belong there. */
  done: number;
  total: number;
  /** Clips and frames drawn this time. */
  drawn: number;
  frames: number;
  /** People of each class in each split. */
  people: Record<Split, Record<ClassName, number>>;
}

/** Throws {@link DataError} in a sentence: the folder holds something else, the disk is full. */
export async function writeSimulatedDataset(
  root: string,
  request: SynthRequest,
  { threads, signal, report }: WriteOptions,
): Promise<WrittenDataset> {
  const planned = planDataset(request).map((clip) => ({
    ...clip,
    person: simulatePerson(request.seed, clip.personIndex, clip.shares),
  }));
  await claimFolder(root, request);
  await writeAbout(root, { schema: 1, data: describe(request), simulated: true, recipe: null });
  await writeSubjects(root, new Map(planned.map(({ id, person }) => [id, person.id])));
  await writeAtomically(join(root, SEVERITIES_FILE), severities(planned));

  const missing = await filterAsync(planned, async ({ id, person }) => {
    const folder = clipFolder(root, { id, className: person.className, view: VIEW });
    return access(join(folder, CLIP_FILE)).then(
      () => false,
      () => true,
    );
  });
  const jobs = missing.map(({ id, personIndex, clipIndex, shares }) => ({ id, personIndex, clipIndex, shares }));
  let [drawn, frames] = [0, 0];
  await doJobs(new URL('./clip.worker.ts', import.meta.url), { root, request }, jobs, {
    threads,
    signal,
    answered: (length: number) => {
      drawn++;
      frames += length;
      report(drawn, missing.length);
    },
  });
  const done = planned.length - missing.length + drawn;
  if (done === planned.length) {
    const idsOf = (split: Split) => planned.filter((clip) => clip.split === split).map(({ id }) => id);
    await writePartition(join(root, PARTITION_FILE), {
      train: idsOf('train'),
      validation: idsOf('validation'),
      test: idsOf('test'),
    });
  }
  return { done, total: planned.length, drawn, frames, people: countPeople(planned) };
}

/** For `dataset.json`, and from there for the card of a model that is trained on it. */
function describe({ people, seed, clips, ratio, heldOutRatio }: SynthRequest): string {
  const of = clips === 1 ? `${people} people` : `${people} people, ${clips} clips each`;
  const other = heldOutRatio === ratio ? '' : `, ${heldOutRatio} outside the training set`;
  return `simulated walks of ${of}, seed ${seed}, positive:neutral:negative ${ratio}${other}`;
}

type PersonalClip = PlannedClip & { person: SimulatedPerson };

/** For each id its class, the Cobb angle in degrees behind it and, where there is a curve, its type and the side of its convexity. */
function severities(planned: readonly PersonalClip[]): string {
  const entries = planned.map(({ id, person: { className, curve } }) => {
    const { cobb, type, convex } = curve;
    return [id, { class: className, cobb, ...(cobb > 0 && { curve: type, convex }) }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
}

function countPeople(planned: readonly PersonalClip[]): WrittenDataset['people'] {
  const none = (): Record<ClassName, number> => ({ negative: 0, neutral: 0, positive: 0 });
  const counts = { train: none(), validation: none(), test: none() };
  for (const { split, clipIndex, person } of planned) if (clipIndex === 0) counts[split][person.className]++;
  return counts;
}

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(keep));
  return items.filter((_, index) => kept[index]);
}
