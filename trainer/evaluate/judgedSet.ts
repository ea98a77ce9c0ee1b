/** The clips that a model is judged on: a split of a data set, and everything about it that a reader of the figures should know. */
import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CLASSES } from '../../src/gait/labels.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { openDataset, type ClipEntry, type Dataset } from '../data/dataset.ts';
import { checkSplits, PARTITION_FILE, readPartition, requireSplit, type Partition, type Split } from '../data/partition.ts';
import type { ModelToJudge } from './modelToJudge.ts';

export interface JudgedSet {
  dataset: Dataset;
  partition: Partition;
  /** Absolute path of the partition's file. */
  partitionPath: string;
  split: Split;
  clips: ClipEntry[];
  /** Whether it is known who each of these clips is of. */
  peopleKnown: boolean;
  /** What the data is, in words. */
  description: string;
  /** SHA-256 of ids, classes and views in their order: two lists with the same one are the same clips. */
  digest: string;
  /** Why figures on this split would mean nothing, a sentence each. */
  faults: string[];
  /** What has to be known beside the figures, a sentence each. */
  warnings: string[];
}

/** Opens the split. Throws in a sentence where it isn't there, or an id of it has no clip. */
export async function openJudgedSet(root: string, partition: string | null, split: Split): Promise<JudgedSet> {
  const dataset = await openDataset(root);
  const partitionPath = resolve(partition ?? join(dataset.root, PARTITION_FILE));
  const ids = await readPartition(partitionPath);
  const clips = requireSplit(dataset, ids, split);
  const findings = checkSplits(dataset, ids);
  const sentences = (...codes: string[]) => findings.filter(({ code }) => codes.includes(code)).map(({ message }) => message);
  return {
    dataset,
    partition: ids,
    partitionPath,
    split,
    clips,
    peopleKnown: clips.every(({ subject }) => subject !== null),
    description: dataset.about?.data ?? basename(dataset.root),
    digest: digestOf(clips),
    faults: sentences('id-in-two-splits', 'person-in-two-splits'),
    warnings: sentences('people-unknown'),
  };
}

/**
 * Holds the model against the data: throws in a sentence where its maps were drawn by another recipe than the data's, and returns what has to be
 * known beside any figure.
 */
export function caveats({ recipe, manifest, assumed }: ModelToJudge, set: JudgedSet): string[] {
  const { dataset, partition, split, faults, warnings } = set;
  const drawnBy = dataset.about?.recipe ?? null;
  if (recipe && drawnBy && !isSameDrawing(recipe, drawnBy)) {
    throw new Error(
      `The model was trained on maps by the recipe ${recipe.name} and those in ${dataset.root} were drawn by ${drawnBy.name}: \`prepare\` the poses with the model's recipe.`,
    );
  }
  const unknown =
    recipe && !drawnBy
      ? [`Nobody says by which recipe the maps in ${dataset.root} were drawn; the model was trained on ${recipe.name}.`]
      : [];
  const other = splitWarnings(manifest?.training.split ?? null, partition.name, split);
  return [...assumed, ...faults, ...warnings, ...unknown, ...other];
}

function splitWarnings(trainedOn: string | null, partition: string, split: Split): string[] {
  if (split === 'train')
    return ['The model may have been trained on these very clips: figures on them say nothing about others.'];
  if (trainedOn === null) return ['Nobody says which split the model was trained on: it may have seen these clips.'];
  if (isSameSplit(trainedOn, partition)) return [];
  return [`The model was trained on the split ${trainedOn} and is judged on ${partition}: it may have seen these clips.`];
}

/**
 * Whether a model's split and a partition's file are of the same name: every word of the shorter one is in the longer one, "1:1:8" being
 * the same word as "118".
 */
export function isSameSplit(one: string, other: string): boolean {
  const words = (name: string) =>
    new Set(
      name
        .toLowerCase()
        .replaceAll(':', '')
        .match(/[a-z0-9]+/g),
    );
  const [short, long] = [words(one), words(other)].sort((a, b) => a.size - b.size) as [Set<string>, Set<string>];
  return short.size > 0 && [...short].every((word) => long.has(word));
}

/** The name is what a recipe is called, not what it draws. */
function isSameDrawing(one: MapRecipe, other: MapRecipe): boolean {
  return isDeepStrictEqual({ ...one, name: '' }, { ...other, name: '' });
}

function digestOf(clips: readonly ClipEntry[]): string {
  const lines = clips.map(({ id, label, view }) => `${id}/${CLASSES[label]}/${view}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
