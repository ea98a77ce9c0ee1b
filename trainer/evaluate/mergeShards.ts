/** Puts the predictions of all shards together, and only then: a figure over some of them would be another figure. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/atomicFile.ts';
import { listed } from '../data/dataset.ts';
import { DataError, messageOf } from '../files/errors.ts';
import type { JudgedClip } from './judge.ts';
import { fileOf, PREDICTIONS_FILE } from './judgeSplit.ts';
import { keyOf, otherEvaluation, predictionsText, readPredictions, type Predictions } from './predictionsFile.ts';

/** Writes `predictions.jsonl` from `predictions-i-of-n.jsonl` and returns what is in it. Throws in a sentence for all that keeps it from being whole. */
export async function mergeShards(folder: string): Promise<Predictions> {
  const count = await shardCount(folder);
  const found = await Promise.all(
    Array.from({ length: count }, (_, shard) => readPredictions(join(folder, fileOf({ index: shard + 1, count })))),
  );
  const missing = found.flatMap((shard, index) => (shard ? [] : [`${index + 1}/${count}`]));
  if (missing.length > 0) throw new Error(`${folder} has no predictions of the shards ${listed(missing)}: judge them first.`);
  const shards = found as Predictions[];
  const merged = { head: headOfAll(folder, shards), clips: interleaved(folder, shards) };
  const path = join(folder, PREDICTIONS_FILE);
  const former = await readPredictions(path);
  const difference = former && otherEvaluation(former.head, merged.head);
  if (difference !== null) throw new Error(`${path} holds predictions ${difference}: remove it, or merge in another folder.`);
  await writeAtomically(path, predictionsText(merged));
  return merged;
}

/** The n of `predictions-i-of-n.jsonl`. */
async function shardCount(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new DataError('unreadable', `${folder} can't be read: ${messageOf(error)}.`, { cause: error });
  });
  const counts = new Set(names.flatMap((name) => /^predictions-\d+-of-(\d+)\.jsonl$/.exec(name)?.[1] ?? []).map(Number));
  const [count, ...others] = counts;
  if (count === undefined) throw new Error(`${folder} holds no shards: \`evaluate --shard i/n --out\` writes them.`);
  if (others.length > 0) {
    throw new Error(
      `${folder} holds shards of ${[...counts].join(' and of ')}: remove those of the evaluation that is not meant.`,
    );
  }
  return count;
}

function headOfAll(folder: string, shards: readonly Predictions[]): Predictions['head'] {
  const [{ head: first }] = shards as [Predictions];
  for (const [index, { head }] of shards.entries()) {
    const where = `${join(folder, fileOf({ index: index + 1, count: shards.length }))} holds predictions`;
    if (head.shard.index !== index + 1 || head.shard.count !== shards.length) {
      throw new Error(`${where} of the shard ${head.shard.index}/${head.shard.count}: it has been renamed.`);
    }
    const difference = otherEvaluation(head, first);
    if (difference !== null) throw new Error(`${where} ${difference} than those of the shard 1/${shards.length}.`);
  }
  const engines = [...new Set(shards.map(({ head }) => head.engine))];
  return { ...first, shard: { index: 1, count: 1 }, engine: engines.join('; ') };
}

/** The clips in the order of the split, which the shards were dealt from one by one. */
function interleaved(folder: string, shards: readonly Predictions[]): JudgedClip[] {
  const [{ head }] = shards as [Predictions];
  const seen = new Map<string, number>();
  for (const [index, { clips }] of shards.entries()) {
    const due = Math.ceil((head.clips - index) / shards.length);
    const name = `${index + 1}/${shards.length}`;
    for (const clip of clips) {
      const before = seen.get(keyOf(clip));
      if (before !== undefined)
        throw new Error(`${keyOf(clip)} is in the shards ${before + 1}/${shards.length} and ${name} of ${folder}.`);
      seen.set(keyOf(clip), index);
    }
    if (clips.length !== due) {
      throw new Error(`The shard ${name} in ${folder} has ${clips.length} of its ${due} clips: judge it to the end first.`);
    }
  }
  return Array.from(
    { length: head.clips },
    (_, place) => shards[place % shards.length]!.clips[Math.floor(place / shards.length)]!,
  );
}
