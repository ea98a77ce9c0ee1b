/** Predictions on disk: a stopped evaluation goes on from them, shards of one become one, and nothing else is let in. */
import { appendFile, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mergeShards } from '../../../../trainer/evaluate/mergeShards.ts';
import type { JudgedClip } from '../../../../trainer/evaluate/judge.ts';
import { fileOf, inOrder } from '../../../../trainer/evaluate/judgeSplit.ts';
import { PredictionsFile, readPredictions, type PredictionsHead } from '../../../../trainer/evaluate/predictionsFile.ts';
import { takeShard } from '../../../../trainer/data/shard.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';
import { clipOf } from './madeUp.ts';

const at = temporaryFolder();

const head: PredictionsHead = {
  schema: 1,
  model: { path: '/model', name: 'a model', sha256: 'a'.repeat(64), classOrder: null },
  data: { root: '/data', description: 'made up', partition: '/data/partition.json' },
  split: 'test',
  clips: 7,
  digest: 'd'.repeat(64),
  shard: { index: 1, count: 1 },
  engine: 'cpu: JavaScript',
};
const clips = Array.from({ length: 7 }, (_, index) =>
  clipOf(index, index % 3, [0.1 * index, 1 / 3, -0.25], { early: [{ frames: 15, scores: [0.1, 0.2, 0.3] }] }),
);

async function write(path: string, predictions: readonly JudgedClip[], own: PredictionsHead = head): Promise<void> {
  const file = await PredictionsFile.open(path, own);
  for (const clip of predictions) await file.add(clip);
  await file.close();
}

describe('a predictions file', () => {
  it('gives back what was added, to the last digit, and is gone on with', async () => {
    await write(at('whole.jsonl'), clips.slice(0, 3));
    const file = await PredictionsFile.open(at('whole.jsonl'), { ...head, engine: 'another' });
    expect([file.earlier, file.head.engine]).toEqual([clips.slice(0, 3), head.engine]);
    await file.add(clips[3]!);
    await file.close();
    expect(await readPredictions(at('whole.jsonl'))).toEqual({ head, clips: clips.slice(0, 4) });
    expect(await readPredictions(at('nowhere.jsonl'))).toBeNull();
  });

  it('forgets a line that was cut off, wherever that was', async () => {
    await write(at('source.jsonl'), clips.slice(0, 2));
    const content = await readFile(at('source.jsonl'));
    const ends = content.reduce<number[]>((found, byte, index) => (byte === 10 ? [...found, index + 1] : found), []);
    for (let length = 0; length < content.length; length += 41) {
      await writeFile(at('cut.jsonl'), content.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length;
      await write(at('cut.jsonl'), clips.slice(Math.max(whole - 1, 0), 3));
      expect(await readPredictions(at('cut.jsonl'))).toEqual({ head, clips: clips.slice(0, 3) });
      await rm(at('cut.jsonl'));
    }
  });

  const others: [string, Partial<PredictionsHead>, RegExp][] = [
    [
      'another model',
      { model: { ...head.model, sha256: 'b'.repeat(64) } },
      /of another model \(a model, SHA-256 aaaaaaaaaaaa…\)/,
    ],
    [
      'another order of classes',
      { model: { ...head.model, classOrder: ['negative', 'positive', 'neutral'] } },
      /order of the classes/,
    ],
    ['another split', { split: 'validation' }, /of the test split/],
    ['other clips', { digest: 'e'.repeat(64) }, /of other clips/],
    ['another shard', { shard: { index: 2, count: 3 } }, /of the shard 1\/1/],
  ];
  it.each(others)('refuses %s', async (_, change, sentence) => {
    await write(at('other.jsonl'), clips.slice(0, 1));
    await expect(PredictionsFile.open(at('other.jsonl'), { ...head, ...change })).rejects.toThrow(sentence);
    await rm(at('other.jsonl'));
  });

  it.each([
    ['a line that is no JSON', '{"id":\n', /damaged in line 3/],
    ['a logit that is no number', `${JSON.stringify({ ...clips[1], logits: [null, 0, 0] })}\n`, /line 3: logits\.0/],
    ['logits of two classes', `${JSON.stringify({ ...clips[1], logits: [1, 0] })}\n`, /line 3: logits/],
    ['a class beyond the three', `${JSON.stringify({ ...clips[1], label: 3 })}\n`, /line 3: label/],
    ['a clip twice', `${JSON.stringify(clips[0])}\n`, /00000\/000_180 twice/],
  ])('refuses %s', async (_, line, sentence) => {
    await write(at('bad.jsonl'), clips.slice(0, 1));
    await appendFile(at('bad.jsonl'), line);
    await expect(readPredictions(at('bad.jsonl'))).rejects.toThrow(sentence);
    await rm(at('bad.jsonl'));
  });
});

describe('mergeShards', () => {
  const shards = [1, 2, 3].map((index) => ({ index, count: 3 }));

  async function writeShards(name: string): Promise<string> {
    await rm(at(name), { recursive: true, force: true });
    await mkdir(at(name));
    for (const shard of shards) await write(at(name, fileOf(shard)), takeShard(clips, shard), { ...head, shard });
    return at(name);
  }

  it('makes of them the file that one evaluation would have written', async () => {
    const folder = await writeShards('shards');
    expect(await mergeShards(folder)).toEqual({ head, clips });
    expect(await readPredictions(at('shards/predictions.jsonl'))).toEqual({ head, clips });
    // And again, over what it has written.
    expect((await mergeShards(folder)).clips).toHaveLength(7);
  });

  const spoiled: [string, (folder: string) => Promise<unknown>, RegExp][] = [
    ['a shard that is missing', (folder) => rm(`${folder}/predictions-2-of-3.jsonl`), /no predictions of the shards 2\/3/],
    ['no shard', (folder) => rm(folder, { recursive: true }).then(() => mkdir(folder)), /holds no shards/],
    ['no folder', (folder) => rm(folder, { recursive: true }), /can't be read/],
    [
      'a shard that is not done',
      async (folder) => {
        await rm(`${folder}/predictions-1-of-3.jsonl`);
        await write(`${folder}/predictions-1-of-3.jsonl`, clips.slice(0, 1), { ...head, shard: shards[0]! });
      },
      /shard 1\/3 in .* has 1 of its 3 clips/,
    ],
    [
      'a shard of another model',
      async (folder) => {
        await rm(`${folder}/predictions-3-of-3.jsonl`);
        const model = { ...head.model, sha256: 'b'.repeat(64) };
        await write(`${folder}/predictions-3-of-3.jsonl`, takeShard(clips, shards[2]!), { ...head, model, shard: shards[2]! });
      },
      /predictions-3-of-3\.jsonl holds predictions of another model/,
    ],
    [
      'a clip in two shards',
      async (folder) => {
        await rm(`${folder}/predictions-3-of-3.jsonl`);
        await write(`${folder}/predictions-3-of-3.jsonl`, [clips[2]!, clips[1]!], { ...head, shard: shards[2]! });
      },
      /00001\/000_180 is in the shards 2\/3 and 3\/3/,
    ],
    [
      'a shard under the name of another',
      async (folder) => {
        await copyFile(`${folder}/predictions-1-of-3.jsonl`, `${folder}/copy`);
        await rename(`${folder}/copy`, `${folder}/predictions-2-of-3.jsonl`);
      },
      /of the shard 1\/3: it has been renamed/,
    ],
    [
      'shards of two evaluations',
      (folder) => write(`${folder}/predictions-1-of-2.jsonl`, [], { ...head, shard: { index: 1, count: 2 } }),
      /holds shards of 2 and of 3|holds shards of 3 and of 2/,
    ],
    [
      'a whole that is of another model',
      (folder) => write(`${folder}/predictions.jsonl`, [], { ...head, model: { ...head.model, sha256: 'b'.repeat(64) } }),
      /predictions\.jsonl holds predictions of another model/,
    ],
  ];
  it.each(spoiled)('refuses %s', async (_, spoil, sentence) => {
    const folder = await writeShards('spoiled');
    await spoil(folder);
    await expect(mergeShards(folder)).rejects.toThrow(sentence);
  });
});

describe('inOrder', () => {
  it('puts judgements in the order of the clips, and refuses those of others', () => {
    expect(inOrder(clips, clips.toReversed())).toEqual(clips);
    expect(() => inOrder(clips, clips.slice(1))).toThrow(/6 clips, and 6 of them are among the 7/);
    expect(() => inOrder(clips.slice(1), clips)).toThrow(/7 clips, and 6 of them are among the 6/);
  });
});
