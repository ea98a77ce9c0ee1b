import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPickledArrays } from '../../../../src/formats/pickle.ts';
import { rawAsymmetry } from '../../../../src/gait/asymmetry.ts';
import { CLASSES } from '../../../../src/gait/labels.ts';
import { SIGMA15_JOINT8_BODY_ONLY, UPSTREAM_ALIGNED } from '../../../../src/gait/recipes.ts';
import { renderSkeletonMaps } from '../../../../src/gait/skeletonMap.ts';
import { command } from '../../../../trainer/commands/prepare.ts';
import { writeAbout } from '../../../../trainer/data/about.ts';
import { readClipData } from '../../../../trainer/data/clipData.ts';
import { openDataset } from '../../../../trainer/data/dataset.ts';
import { writePartition } from '../../../../trainer/data/partition.ts';
import { prepareDataset, type PrepareOptions } from '../../../../trainer/data/prepare.ts';
import { parseShard, WHOLE } from '../../../../trainer/data/shard.ts';
import { expectDataError, poses, put, temporaryFolder, vectors, VIEW } from './madeUpDataset.ts';

const at = temporaryFolder();
const FULL = '/dev/full';
const notFull = existsSync(FULL) ? '' : ` (skipped: no ${FULL} on this machine)`;

/** Poses with the ids 00000, 00001, …; each clip a frame longer than the one before. */
async function source(name: string, clips: number): Promise<string> {
  for (let id = 0; id < clips; id++)
    await put(at(name), String(id).padStart(5, '0'), CLASSES[id % 3]!, `${VIEW}.pkl`, poses(3 + id));
  return at(name);
}

const prepare = (root: string, out: string, options: Partial<PrepareOptions> = {}) =>
  prepareDataset(root, out, {
    recipe: SIGMA15_JOINT8_BODY_ONLY,
    asymmetry: true,
    partition: null,
    shard: WHOLE,
    threads: 1,
    signal: new AbortController().signal,
    report: () => undefined,
    ...options,
  });

const arrayIn = async (...path: string[]) => readPickledArrays(new Uint8Array(await readFile(at(...path))))[0];

/** When each file of a folder was written last. */
async function times(folder: string): Promise<Record<string, number>> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pkl')).sort();
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, (await stat(`${folder}/${name}`)).mtimeMs] as const)),
  );
}

afterEach(() => vi.restoreAllMocks());

describe('prepare', () => {
  it('writes the maps and the vector of every clip, with what lies beside the poses', async () => {
    const root = await source('poses', 4);
    await writeAbout(root, { schema: 1, data: 'made up', simulated: true, recipe: null });
    await writePartition(at('poses', 'partition.json'), { train: ['00000'], validation: [], test: ['00001'] });
    await writeFile(at('poses', 'subjects.json'), '{"00000":"a","00001":"b","00002":"c","00003":"d"}');
    await writeFile(at('poses', 'severities.json'), '{}');
    const seen: [number, number][] = [];
    const result = await prepare(root, at('maps'), { threads: 2, report: (done, total) => seen.push([done, total]) });
    expect(result).toEqual({ total: 4, written: 4, skipped: 0, failures: [] });
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));

    const dataset = await openDataset(at('maps'));
    expect(dataset).toMatchObject({
      subjectsKnown: true,
      about: { data: 'made up', simulated: true, recipe: SIGMA15_JOINT8_BODY_ONLY },
    });
    expect(dataset.clips.map(({ id, label, files }) => [id, label, files])).toEqual(
      [0, 1, 2, 3].map((id) => [`0000${id}`, id % 3, ['0_heatmap.pkl', '1_pav.pkl']]),
    );
    for (const name of ['partition.json', 'severities.json']) {
      expect(await readFile(at('maps', name), 'utf8')).toBe(await readFile(at('poses', name), 'utf8'));
    }
    const walk = poses(4).data as Float32Array;
    expect(await arrayIn('maps', '00001', 'neutral', VIEW, '0_heatmap.pkl')).toEqual({
      dtype: 'uint8',
      shape: [4, 2, 64, 64],
      data: renderSkeletonMaps(walk, SIGMA15_JOINT8_BODY_ONLY),
    });
    const repeated = Float32Array.from({ length: 4 * 24 }, (_, index) => rawAsymmetry(walk)[index % 24]!);
    expect(await arrayIn('maps', '00001', 'neutral', VIEW, '1_pav.pkl')).toEqual({
      dtype: 'float32',
      shape: [4, 8, 3],
      data: repeated,
    });
    expect((await readClipData(dataset.clips[1]!, 'skeleton-map')).asymmetry).toEqual(rawAsymmetry(walk));
  });

  it('goes on where it stopped: only what is missing or damaged is written', async () => {
    const root = await source('resumed', 3);
    const out = at('resumed-maps');
    expect(await prepare(root, out, { asymmetry: false })).toMatchObject({ written: 3, skipped: 0 });
    const before = await times(out);
    const map = (id: string, className: string) => `${id}/${className}/${VIEW}/0_heatmap.pkl`;
    await rm(`${out}/${map('00000', 'negative')}`);
    await writeFile(`${out}/${map('00001', 'neutral')}`, (await readFile(`${out}/${map('00001', 'neutral')}`)).subarray(0, 5000));
    expect(await prepare(root, out, { asymmetry: false })).toMatchObject({ written: 2, skipped: 1 });
    const after = await times(out);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after[map('00002', 'positive')]).toBe(before[map('00002', 'positive')]);
    // The vectors are added to maps that stay as they are.
    expect(await prepare(root, out)).toMatchObject({ written: 3, skipped: 0 });
    const added = await times(out);
    expect(Object.keys(added)).toHaveLength(6);
    for (const name of Object.keys(after)) expect(added[name]).toBe(after[name]);
    expect(await prepare(root, out)).toMatchObject({ written: 0, skipped: 3 });
  });

  it('takes in another number of frames where a clip of poses has changed', async () => {
    const root = await source('changed', 1);
    await prepare(root, at('changed-maps'));
    await put(root, '00000', 'negative', `${VIEW}.pkl`, poses(9));
    expect(await prepare(root, at('changed-maps'))).toMatchObject({ written: 1 });
    expect((await arrayIn('changed-maps', '00000', 'negative', VIEW, '0_heatmap.pkl'))?.shape).toEqual([9, 2, 64, 64]);
  });

  it('comes to the same in shards', async () => {
    const root = await source('shards', 5);
    const whole = await prepare(root, at('whole'));
    const shards = await Promise.all(['1/2', '2/2'].map((text) => prepare(root, at('parts'), { shard: parseShard(text) })));
    expect(shards.map(({ written }) => written)).toEqual([3, 2]);
    expect(whole.written).toBe(5);
    const files = (await readdir(at('whole'), { recursive: true })).sort();
    expect((await readdir(at('parts'), { recursive: true })).sort()).toEqual(files);
    for (const name of files.filter((file) => /\.\w+$/.test(file))) {
      expect((await readFile(at('parts', name))).equals(await readFile(at('whole', name)))).toBe(true);
    }
  });

  it('prepares the ids of a partition, which becomes the new dataset’s own', async () => {
    const root = await source('some', 4);
    await writePartition(at('some.json'), { train: ['00001'], validation: [], test: ['00003'] });
    expect(await prepare(root, at('some-maps'), { partition: at('some.json') })).toMatchObject({ total: 2, written: 2 });
    expect((await openDataset(at('some-maps'))).clips.map(({ id }) => id)).toEqual(['00001', '00003']);
    expect(await readFile(at('some-maps', 'partition.json'), 'utf8')).toBe(await readFile(at('some.json'), 'utf8'));
    await writePartition(at('more.json'), { train: ['00009'], validation: [], test: ['00003'] });
    await expectDataError(prepare(root, at('more'), { partition: at('more.json') }), 'partition', 'no folder', '00009');
    expect(existsSync(at('more'))).toBe(false);
  });

  it('goes on after a clip that can’t be read, and tells of each at the end', async () => {
    const root = await source('broken', 4);
    await writeFile(at('broken', '00001', 'neutral', VIEW, `${VIEW}.pkl`), 'cos\nsystem\n.');
    await put(root, '00002', 'positive', 'more.pkl', vectors(7));
    await mkdir(at('broken', '00007', 'maybe'), { recursive: true });
    const { written, failures } = await prepare(root, at('broken-maps'));
    expect(written).toBe(2);
    expect(failures.map((failure) => failure.split(root)[1])).toEqual([
      expect.stringMatching(/^\/00001.*"os\.system"/),
      expect.stringMatching(/^\/00002.* has 5 frames and /),
      expect.stringMatching(/^\/00007\/maybe is the folder of a class that nobody knows/),
    ]);
    const out = at('broken-maps');
    const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await expect(command.run([root, '--out', out, '--recipe', SIGMA15_JOINT8_BODY_ONLY.name, '--threads', '1'])).rejects.toThrow(
      '3 could not be prepared',
    );
    expect(complained.mock.calls.flat()).toEqual(failures);
    expect(said.mock.calls.flat()).toEqual([expect.stringContaining('2 were there already')]);
  });

  it('keeps a folder to one recipe and one dataset', async () => {
    const root = await source('one', 1);
    await prepare(root, at('one-maps'));
    const again = (options: Partial<PrepareOptions>, from = root) => prepare(from, at('one-maps'), options);
    await expectDataError(again({ recipe: UPSTREAM_ALIGNED }), 'other-recipe', 'sigma15_joint8-bodyonly', 'upstream-aligned');
    const changed = { ...SIGMA15_JOINT8_BODY_ONLY, limbSigma: 2 };
    await expectDataError(again({ recipe: changed }), 'other-recipe', 'another recipe of that name');
    await expectDataError(again({}, await source('two', 1)), 'other-recipe', 'holds maps of one, not of two');
    await expectDataError(prepare(root, at('two')), 'other-recipe', 'holds folders and no dataset.json');
    await expectDataError(prepare(root, at('one', 'maps')), 'layout', 'in one another');
    await expectDataError(prepare(root, root), 'layout', 'in one another');
  });

  it('begins nothing more once it is stopped', async () => {
    const root = await source('stopped', 6);
    const stop = new AbortController();
    const result = await prepare(root, at('stopped-maps'), { signal: stop.signal, report: () => stop.abort() });
    expect(result.written).toBeGreaterThan(0);
    expect(result.written).toBeLessThan(6);
    const left = await prepare(root, at('stopped-maps'));
    expect([left.written, left.skipped]).toEqual([6 - result.written, result.written]);
  });

  it.skipIf(notFull)(`ends where the disk is full${notFull}`, async () => {
    const root = await source('full', 1);
    await prepare(root, at('full-maps'));
    const file = at('full-maps', '00000', 'negative', VIEW, '0_heatmap.pkl');
    await rm(file);
    await symlink(FULL, `${file}.part`);
    await expectDataError(prepare(root, at('full-maps')), 'disk-full', 'The disk is full');
    expect(await readdir(at('full-maps', '00000', 'negative', VIEW))).toEqual(['1_pav.pkl']);
  });
});
