/** `run.json`: what a run is of, written before its first step. Whoever resumes, reports on or packages a run reads it here. */
import * as v from 'valibot';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/atomicFile.ts';
import type { ClipEntry } from '../data/dataset.ts';
import { mapRecipeSchema } from '../../src/gait/recipe.ts';
import { configSchema, type TrainingConfig } from './config.ts';
import type { TrainingData } from './trainingData.ts';

export const RUN_FILE = 'run.json';

const numbers = v.array(v.number());

export const runRecordSchema = v.strictObject({
  schema: v.literal(1),
  config: configSchema,
  data: v.strictObject({
    root: v.string(),
    partition: v.string(),
    /** What the data is, in words. */
    description: v.string(),
    simulated: v.boolean(),
    recipe: v.nullable(mapRecipeSchema),
    trainClips: v.number(),
    /** null where nobody says who the clips are of. */
    trainPeople: v.nullable(v.number()),
    /** The clips that choose among checkpoints, in order. */
    validation: v.array(v.string()),
    validationFrom: v.picklist(['partition', 'held out of training', 'none']),
    /** SHA-256 over the ids that are trained on: a run goes on with these or not at all. */
    trainDigest: v.string(),
  }),
  asymmetryRange: v.nullable(v.strictObject({ min: numbers, max: numbers })),
  classWeights: v.nullable(numbers),
  /** The checkpoint it started from. */
  warmStart: v.nullable(v.string()),
  engine: v.string(),
});

export type RunRecord = v.InferOutput<typeof runRecordSchema>;

export function recordOf(config: TrainingConfig, data: TrainingData, warmStart: string | null, engine: string): RunRecord {
  const { dataset, partition, train, validation, validationFrom, asymmetryRange, classWeights } = data;
  return {
    schema: 1,
    config,
    data: {
      root: dataset.root,
      partition: partition.name,
      description: dataset.about?.data ?? 'data of unknown origin',
      simulated: dataset.about?.simulated ?? false,
      recipe: dataset.about?.recipe ?? null,
      trainClips: train.length,
      trainPeople: dataset.subjectsKnown ? new Set(train.map(({ subject }) => subject)).size : null,
      validation: validation.map(({ id }) => id),
      validationFrom,
      trainDigest: digestOf(train),
    },
    asymmetryRange: asymmetryRange && { min: [...asymmetryRange.min], max: [...asymmetryRange.max] },
    classWeights,
    warmStart,
    engine,
  };
}

function digestOf(clips: readonly ClipEntry[]): string {
  return createHash('sha256')
    .update(clips.map(({ id, view }) => `${id}/${view}`).join('\n'))
    .digest('hex');
}

export async function writeRunRecord(folder: string, record: RunRecord): Promise<void> {
  await writeAtomically(join(folder, RUN_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** Throws in a sentence where the folder is no run. */
export async function readRunRecord(folder: string): Promise<RunRecord> {
  const text = await readFile(join(folder, RUN_FILE), 'utf8').catch((error: unknown) => {
    throw new Error(`${folder} is no run: it has no ${RUN_FILE}.`, { cause: error });
  });
  const result = v.safeParse(runRecordSchema, JSON.parse(text));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${join(folder, RUN_FILE)} can't be used: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
}

/** The first thing that keeps a run from going on as another: null where they are one. */
export function differenceBetween(former: RunRecord, now: RunRecord): string | null {
  const key = firstDifference(former.config, now.config, '');
  if (key !== null) return `its config had another "${key}"`;
  if (former.data.trainDigest !== now.data.trainDigest) return 'it was trained on other clips';
  if (former.data.validation.join() !== now.data.validation.join()) return 'other clips chose its checkpoints';
  return null;
}

function firstDifference(one: unknown, other: unknown, path: string): string | null {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one)) {
    return JSON.stringify(one) === JSON.stringify(other) ? null : path;
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const [a, b] = [one, other].map((section) => (section as Record<string, unknown>)[key]);
    const found = firstDifference(a, b, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
