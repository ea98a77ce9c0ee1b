/**
 * A partition: which ids are trained on, which choose the checkpoint and which are judged at the end. OpenGait's JSON with `TRAIN_SET` and
 * `TEST_SET`; `VALIDATION_SET` is ours, since upstream has none and chooses its checkpoints on the test set.
 */
import { basename } from 'node:path';
import * as v from 'valibot';
import { CLASSES } from '../../src/gait/labels.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { listed, type ClipEntry, type Dataset } from './dataset.ts';
import { DataError } from '../files/errors.ts';
import type { Finding } from './finding.ts';
import { readJsonFile } from '../files/jsonFile.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** The key of each split in the file. */
const KEYS = { train: 'TRAIN_SET', validation: 'VALIDATION_SET', test: 'TEST_SET' } as const;

/** What a partition that lies beside a dataset's folders is called. */
export const PARTITION_FILE = 'partition.json';

const ids = v.array(v.string());
const partitionSchema = v.strictObject({ TRAIN_SET: ids, VALIDATION_SET: v.optional(ids, []), TEST_SET: ids });

export type SplitFinding = Finding & {
  code:
    | 'id-twice'
    | 'id-in-two-splits'
    | 'id-without-clip'
    | 'folder-in-no-split'
    | 'person-in-two-splits'
    | 'people-unknown'
    | 'split-empty'
    | 'class-missing';
};

export interface Partition {
  /** The file's name without .json. */
  name: string;
  ids: Record<Split, string[]>;
}

/** Throws {@link DataError} in a sentence. */
export async function readPartition(path: string): Promise<Partition> {
  const file = await readJsonFile(path, partitionSchema);
  if (!file) throw new DataError('unreadable', `There is no partition file ${path}.`);
  const { TRAIN_SET: train, VALIDATION_SET: validation, TEST_SET: test } = file;
  return { name: basename(path).replace(/\.json$/, ''), ids: { train, validation, test } };
}

/** An empty validation split is left out, so that the file is what OpenGait knows. */
export function writePartition(path: string, split: Record<Split, string[]>): Promise<void> {
  const named = SPLITS.filter((name) => name !== 'validation' || split[name].length > 0);
  const file = Object.fromEntries(named.map((name) => [KEYS[name], split[name]]));
  return writeAtomically(path, `${JSON.stringify(file, null, 1)}\n`);
}

/** The clips of a split, in the dataset's order, and the ids that have none. */
export function selectSplit(
  { clips }: Pick<Dataset, 'clips'>,
  partition: Partition,
  split: Split,
): { clips: ClipEntry[]; missing: string[] } {
  const wanted = new Set(partition.ids[split]);
  const known = new Set(clips.map(({ id }) => id));
  return { clips: clips.filter(({ id }) => wanted.has(id)), missing: [...wanted].filter((id) => !known.has(id)) };
}

/** The clips of a split that must be there, all of them. Throws {@link DataError} `partition` in a sentence. */
export function requireSplit(dataset: Dataset, partition: Partition, split: Split): ClipEntry[] {
  const { clips, missing } = selectSplit(dataset, partition, split);
  if (missing.length > 0) {
    const folders = missing.length === 1 ? 'an id that has no clip' : `${missing.length} ids that have no clip`;
    throw new DataError(
      'partition',
      `${KEYS[split]} of ${partition.name} names ${folders} in ${dataset.root}: ${listed(missing)}.`,
    );
  }
  if (clips.length === 0) throw new DataError('partition', `${KEYS[split]} of ${partition.name} names no id.`);
  return clips;
}

/**
 * What is wrong between a dataset and its partition. People are what the splits keep apart: a person in two of them, or nobody saying who
 * is who, is a finding.
 */
export function checkSplits(dataset: Pick<Dataset, 'clips' | 'subjectsKnown'>, partition: Partition): SplitFinding[] {
  const findings: SplitFinding[] = [];
  const error = (code: SplitFinding['code'], message: string): unknown => findings.push({ grade: 'error', code, message });
  const warning = (code: SplitFinding['code'], message: string): unknown => findings.push({ grade: 'warning', code, message });
  const { name, ids } = partition;

  for (const split of SPLITS) {
    const twice = ids[split].filter((id, index) => ids[split].indexOf(id, index + 1) >= 0);
    if (twice.length > 0) warning('id-twice', `${KEYS[split]} of ${name} names ${listed([...new Set(twice)])} more than once.`);
    const { clips, missing } = selectSplit(dataset, partition, split);
    if (missing.length > 0)
      error('id-without-clip', `${KEYS[split]} of ${name} names ids that have no clip: ${listed(missing)}.`);
    if (clips.length === 0 && split !== 'validation') error('split-empty', `${KEYS[split]} of ${name} has no clip.`);
    const absent = CLASSES.filter((_, label) => clips.every((clip) => clip.label !== label));
    if (clips.length > 0 && absent.length > 0) {
      warning('class-missing', `${KEYS[split]} of ${name} has no ${absent.join(' and no ')} clip.`);
    }
  }

  const sharedIds = inSeveral(SPLITS.flatMap((split) => ids[split].map((id) => [id, split])));
  if (sharedIds.length > 0) error('id-in-two-splits', `${name} has ids in more than one split: ${listed(sharedIds)}.`);

  const splitOf = new Map(SPLITS.flatMap((split) => ids[split].map((id) => [id, split])));
  const outside = dataset.clips.filter(({ id }) => !splitOf.has(id)).map(({ id }) => id);
  if (outside.length > 0)
    warning('folder-in-no-split', `${name} leaves out folders of the dataset: ${listed([...new Set(outside)])}.`);

  const sharedPeople = inSeveral(
    dataset.clips.flatMap(({ id, subject }) => {
      const split = splitOf.get(id);
      return subject !== null && split !== undefined ? [[subject, split]] : [];
    }),
  );
  if (sharedPeople.length > 0) {
    error(
      'person-in-two-splits',
      `${name} has people in more than one split: ${listed(sharedPeople)}. Results on them mean nothing.`,
    );
  }
  findings.push(...unknownPeople(dataset));
  return findings;
}

/** A finding where the dataset doesn't say who all of its clips are of: no split of it can be trusted to keep people apart. */
export function unknownPeople({ clips, subjectsKnown }: Pick<Dataset, 'clips' | 'subjectsKnown'>): SplitFinding[] {
  if (subjectsKnown) return [];
  const unknown = clips.filter(({ subject }) => subject === null).map(({ id }) => id);
  const what =
    unknown.length === clips.length
      ? 'No subjects.json says which clips are of the same person'
      : `subjects.json names no person for ${listed(unknown)}`;
  const message = `${what}, so leakage between splits can't be excluded.`;
  return [{ grade: 'warning', code: 'people-unknown', message }];
}

/** The names that come with more than one split. */
function inSeveral(pairs: readonly (readonly [name: string, split: string])[]): string[] {
  const splits = new Map<string, Set<string>>();
  for (const [name, split] of pairs) splits.set(name, (splits.get(name) ?? new Set()).add(split));
  return [...splits].filter(([, found]) => found.size > 1).map(([name]) => name);
}
