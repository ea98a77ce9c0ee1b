/** Logits that were saved elsewhere, `[clips, 3, parts]` with the truths beside them, as judged clips. */
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { CLASS_COUNT, CLASSES } from '../../src/gait/labels.ts';
import { readArrayFile, readBytes } from '../files/arrayFile.ts';
import { messageOf } from '../files/errors.ts';
import type { JudgedClip } from './judge.ts';

export interface SavedLogits {
  clips: JudgedClip[];
  /** Whether the truths came with the people they are of. */
  peopleKnown: boolean;
}

/**
 * Reads logits (.npy or pickled) and truths: a JSON list of class names or indices, or an object with such a list as `truth` and, if wanted,
 * one of people as `people`. Throws in a sentence.
 */
export async function readSavedLogits(logitsPath: string, truthPath: string): Promise<SavedLogits> {
  const array = await readArrayFile(logitsPath);
  const [count = 0, classes, parts = 0] = array.shape;
  if (array.shape.length !== 3 || classes !== CLASS_COUNT || count === 0 || parts === 0) {
    throw new Error(
      `${logitsPath} has the shape [${array.shape.join(', ')}]; logits are [clips, ${CLASS_COUNT}, parts], classes in the order ${CLASSES.join(', ')}.`,
    );
  }
  const values = array.data instanceof Float64Array ? array.data : toFloat32(array);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const length = CLASS_COUNT * parts;
  if (bad >= 0)
    throw new Error(`${logitsPath} holds ${values[bad]} for clip ${Math.floor(bad / length)}; logits are finite numbers.`);
  const { truth, people } = await readTruth(truthPath);
  for (const [what, list] of [['truths', truth] as const, ['people', people ?? truth] as const]) {
    if (list.length !== count)
      throw new Error(`${truthPath} holds ${list.length} ${what} and ${logitsPath} logits of ${count} clips.`);
  }
  const clips = truth.map((label, index): JudgedClip => {
    const id = String(index);
    const logits = [...values.subarray(index * length, (index + 1) * length)];
    return { id, view: '', person: people?.[index] ?? id, label, frames: 0, logits, early: [] };
  });
  return { clips, peopleKnown: people !== null };
}

async function readTruth(path: string): Promise<{ truth: number[]; people: string[] | null }> {
  const content = parseJson(path, await readBytes(path));
  const { truth, people = null } = Array.isArray(content)
    ? { truth: content as unknown[] }
    : ((content ?? {}) as { truth?: unknown; people?: unknown });
  if (!Array.isArray(truth))
    throw new Error(`${path} holds no truths: a list of classes, or an object with such a list as "truth".`);
  if (people !== null && !Array.isArray(people)) throw new Error(`${path}: "people" has to be a list, one a clip.`);
  return { truth: truth.map((entry, index) => labelOf(path, entry, index)), people: people && people.map(String) };
}

function labelOf(path: string, entry: unknown, index: number): number {
  const label = CLASSES.findIndex((name, place) => entry === name || entry === place);
  if (label >= 0) return label;
  const choices = `the classes are ${CLASSES.map((name, place) => `${name} (${place})`).join(', ')}`;
  throw new Error(`${path} gives clip ${index} the class ${JSON.stringify(entry)}, which is none; ${choices}.`);
}

function parseJson(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
}
