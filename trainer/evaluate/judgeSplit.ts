/** Judges a split, or a share of it, into a file that a stopped evaluation goes on from; without a folder, in memory. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WHOLE, takeShard, type Shard } from '../data/shard.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { EARLY_FRAMES } from './byFrames.ts';
import { judgeEach, type JudgedClip } from './judge.ts';
import type { JudgedSet } from './judgedSet.ts';
import type { ModelToJudge } from './modelToJudge.ts';
import { keyOf, PredictionsFile, type PredictionsHead } from './predictionsFile.ts';

export const PREDICTIONS_FILE = 'predictions.jsonl';

export interface JudgeSplitOptions {
  shard: Shard;
  /** The folder that keeps the predictions; null = nothing is kept. */
  out: string | null;
  /** What computes, for the record. */
  engine: string;
  signal: AbortSignal;
}

export interface JudgedSplit {
  /** In the order of the set; with those that were in the folder before. */
  clips: JudgedClip[];
  /** What computed them. */
  engine: string;
}

/** Throws in a sentence where it was stopped. */
export async function judgeSplit(
  model: ModelToJudge,
  set: JudgedSet,
  { shard, out, engine, signal }: JudgeSplitOptions,
): Promise<JudgedSplit> {
  const clips = takeShard(set.clips, shard);
  if (out !== null) await mkdir(out, { recursive: true });
  const file = out === null ? null : await PredictionsFile.open(join(out, fileOf(shard)), headOf(model, set, shard, engine));
  const judged = new Map((file?.earlier ?? []).map((clip) => [keyOf(clip), clip]));
  const left = clips.filter((clip) => !judged.has(keyOf(clip)));
  const progress = new ProgressLine(left.length, 'clips');
  try {
    let done = 0;
    for await (const clip of judgeEach(model.network, left, { signal, early: EARLY_FRAMES })) {
      await file?.add(clip);
      judged.set(keyOf(clip), clip);
      progress.done(++done);
    }
  } finally {
    progress.end();
    await file?.close();
  }
  if (judged.size < clips.length) {
    const how = out === null ? 'nothing of it is kept without --out' : 'the same command goes on from here';
    throw new Error(`Stopped after ${judged.size} of ${clips.length} clips; ${how}.`);
  }
  const engines = new Set([...(file?.earlier.length ? [file.head.engine] : []), ...(left.length > 0 ? [engine] : [])]);
  return { clips: inOrder(clips, [...judged.values()]), engine: [...engines].join('; ') };
}

/** Each clip's judgement, in the order of the clips. Throws in a sentence where they are of others. */
export function inOrder(clips: readonly { id: string; view: string }[], judged: readonly JudgedClip[]): JudgedClip[] {
  const byKey = new Map(judged.map((clip) => [keyOf(clip), clip]));
  const ordered = clips.flatMap((clip) => byKey.get(keyOf(clip)) ?? []);
  if (ordered.length !== clips.length || byKey.size !== clips.length) {
    throw new Error(
      `There are predictions of ${byKey.size} clips, and ${ordered.length} of them are among the ${clips.length} of the split.`,
    );
  }
  return ordered;
}

/** `predictions.jsonl`, or that of a shard. */
export function fileOf({ index, count }: Shard): string {
  return count === WHOLE.count ? PREDICTIONS_FILE : `predictions-${index}-of-${count}.jsonl`;
}

function headOf(model: ModelToJudge, set: JudgedSet, shard: Shard, engine: string): PredictionsHead {
  const { path, name, sha256, classOrder } = model;
  return {
    schema: 1,
    model: { path: resolve(path), name, sha256, classOrder: classOrder && [...classOrder] },
    data: { root: set.dataset.root, description: set.description, partition: set.partitionPath },
    split: set.split,
    clips: set.clips.length,
    digest: set.digest,
    shard,
    engine,
  };
}
