/**
 * `predictions.jsonl`: what has been judged, a line for each clip as it comes, below a line that says of what. A stopped evaluation goes on
 * from it, shards of one meet in it, and every figure can be computed from it again without the network.
 */
import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import * as v from 'valibot';
import { CLASS_COUNT } from '../../src/gait/labels.ts';
import { DataError, messageOf } from '../files/errors.ts';
import { SPLITS } from '../data/partition.ts';
import type { JudgedClip } from './judge.ts';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());

const headSchema = v.strictObject({
  schema: v.literal(1),
  model: v.strictObject({ path: text, name: text, sha256: text, classOrder: v.nullable(v.array(text)) }),
  /** Where the data set was, what it is, and its partition's file. */
  data: v.strictObject({ root: text, description: text, partition: text }),
  split: v.picklist(SPLITS),
  /** The clips of the split, and the digest of their list. */
  clips: count,
  digest: text,
  /** Which share of them is in this file, 1/1 = all. */
  shard: v.strictObject({ index: count, count }),
  engine: text,
});

export type PredictionsHead = v.InferOutput<typeof headSchema>;

const clipSchema = v.strictObject({
  id: text,
  view: text,
  person: text,
  label: v.pipe(count, v.maxValue(CLASS_COUNT - 1)),
  frames: count,
  logits: v.pipe(
    v.array(finite),
    v.check((logits) => logits.length > 0 && logits.length % CLASS_COUNT === 0),
  ),
  early: v.array(v.strictObject({ frames: count, scores: v.pipe(v.array(finite), v.length(CLASS_COUNT)) })),
});

export interface Predictions {
  head: PredictionsHead;
  clips: JudgedClip[];
}

/**
 * Reads a file; a last line that was cut off is not counted. null where there is no file, or not even a whole first line. Throws in a
 * sentence for anything else that isn't as it should be.
 */
export async function readPredictions(path: string): Promise<Predictions | null> {
  return (await readWhole(path))?.predictions ?? null;
}

/** One that is added to, clip by clip. */
export class PredictionsFile {
  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    readonly head: PredictionsHead,
    /** What was in it when it was opened. */
    readonly earlier: readonly JudgedClip[],
  ) {}

  /** Begins a file, or opens one of the same model and clips to go on with. Throws in a sentence where it is of others. */
  static async open(path: string, head: PredictionsHead): Promise<PredictionsFile> {
    const found = await readWhole(path);
    if (found) {
      const difference = differenceBetween(found.predictions.head, head);
      if (difference !== null) {
        throw new Error(`${path} holds predictions ${difference}: name another folder, or remove that file.`);
      }
      await truncate(path, found.bytes);
    }
    const { head: own, clips } = found?.predictions ?? { head, clips: [] };
    const predictions = new PredictionsFile(path, await open(path, found ? 'a' : 'w'), own, clips);
    if (!found) await predictions.append(head);
    return predictions;
  }

  add(clip: JudgedClip): Promise<void> {
    return this.append(clip);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async append(value: unknown): Promise<void> {
    try {
      await this.file.appendFile(`${JSON.stringify(value)}\n`);
    } catch (error) {
      const message = `${this.path} can't be added to: ${messageOf(error)}; the clips judged until now are kept, and the same command goes on.`;
      throw new DataError('unwritable', message, { cause: error });
    }
  }
}

/** The whole file as text, for one that is made at once. */
export function predictionsText({ head, clips }: Predictions): string {
  return [head, ...clips].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** What keeps two heads from being of one evaluation, as in "of another model"; null where nothing does. Shards are not looked at. */
export function otherEvaluation(one: PredictionsHead, other: PredictionsHead): string | null {
  if (one.model.sha256 !== other.model.sha256)
    return `of another model (${one.model.name}, SHA-256 ${one.model.sha256.slice(0, 12)}…)`;
  if (one.model.classOrder?.join() !== other.model.classOrder?.join()) return 'by another order of the classes';
  if (one.split !== other.split) return `of the ${one.split} split`;
  if (one.digest !== other.digest) return 'of other clips';
  return null;
}

function differenceBetween(one: PredictionsHead, other: PredictionsHead): string | null {
  const { index, count: of } = one.shard;
  if (index !== other.shard.index || of !== other.shard.count) return `of the shard ${index}/${of}`;
  return otherEvaluation(one, other);
}

/** The content of the whole lines, and how many bytes they take. */
async function readWhole(path: string): Promise<{ predictions: Predictions; bytes: number } | null> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError('unreadable', `${path} can't be read: ${messageOf(error)}.`, { cause: error });
  }
  const bytes = content.lastIndexOf('\n') + 1;
  const [first, ...lines] = content.toString('utf8', 0, bytes).split('\n').slice(0, -1);
  if (first === undefined) return null;
  const head = parseLine(path, 1, first, headSchema);
  const clips = lines.map((line, index) => parseLine(path, index + 2, line, clipSchema));
  const keys = clips.map(keyOf);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw new DataError('unreadable', `${path} holds ${twice} twice: remove it and judge anew.`);
  return { predictions: { head, clips }, bytes };
}

/** What tells one clip from another. */
export function keyOf({ id, view }: Pick<JudgedClip, 'id' | 'view'>): string {
  return `${id}/${view}`;
}

function parseLine<Schema extends v.GenericSchema>(
  path: string,
  number: number,
  line: string,
  schema: Schema,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new DataError('unreadable', `${path} is damaged in line ${number}: remove it and judge anew.`, { cause: error });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? 'the line';
  throw new DataError('unreadable', `${path} can't be used: line ${number}: ${field}: ${result.issues[0].message}.`);
}
