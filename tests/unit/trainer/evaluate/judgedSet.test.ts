/** What a model is judged on, and against what: the split, the baselines, and what has to be known beside the figures. */
import { rm, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIGMA15_JOINT8_BODY_ONLY, UPSTREAM_ALIGNED } from '../../../../src/gait/recipes.ts';
import { rawAsymmetry } from '../../../../src/gait/asymmetry.ts';
import { writeAbout } from '../../../../trainer/data/about.ts';
import { readClipData } from '../../../../trainer/data/clipData.ts';
import { readPartition, writePartition } from '../../../../trainer/data/partition.ts';
import { baselinesFor } from '../../../../trainer/evaluate/baselines.ts';
import { readClipAsymmetry } from '../../../../trainer/evaluate/clipAsymmetry.ts';
import { checkCardable } from '../../../../trainer/evaluate/intoCard.ts';
import { caveats, isSameSplit, openJudgedSet } from '../../../../trainer/evaluate/judgedSet.ts';
import { openModelToJudge, type ModelToJudge } from '../../../../trainer/evaluate/modelToJudge.ts';
import { drawClip } from '../../../../trainer/simulate/population.ts';
import { probe } from '../../../../trainer/simulate/probe.ts';
import { fixturePath } from '../../../fixtures.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';
import { writeSimulatedSet } from '../simulatedSet.ts';
import { writeModelFolder } from './madeUp.ts';

const at = temporaryFolder();
let model: ModelToJudge;

beforeAll(async () => {
  await writeSimulatedSet(at('maps'), { splits: { train: 40, validation: 10, test: 8 }, frames: 2 });
  await writeModelFolder(at('model'));
  model = await openModelToJudge(at('model'), null);
});

describe('the judged set', () => {
  it('is the clips of the split, with its people, and has no fault where they are kept apart', async () => {
    const set = await openJudgedSet(at('maps'), null, 'test');
    expect(set.clips.map(({ id }) => id)).toEqual((await readPartition(at('maps/partition.json'))).ids.test);
    expect(set).toMatchObject({ peopleKnown: true, description: 'simulated walks for tests', faults: [], warnings: [] });
    expect(set.digest).toBe((await openJudgedSet(at('maps'), at('maps/partition.json'), 'test')).digest);
    expect(set.digest).not.toBe((await openJudgedSet(at('maps'), null, 'validation')).digest);
  });

  it('says so where people are in two splits, or nobody says who is who', async () => {
    const folder = at('leaky');
    await writeSimulatedSet(folder, { splits: { train: 3, validation: 0, test: 3 }, frames: 1 });
    const leaky = await openJudgedSet(folder, null, 'test');
    expect(leaky.faults.join()).toMatch(/people in more than one split: p1/);
    await rm(`${folder}/subjects.json`);
    const unknown = await openJudgedSet(folder, null, 'test');
    expect(unknown).toMatchObject({ peopleKnown: false, faults: [] });
    expect(caveats(model, unknown).join()).toMatch(/leakage between splits can't be excluded/);
    const majority = { what: 'always', predicted: [] };
    expect(() => checkCardable(leaky, { majority, posture: majority })).toThrow(/card stays as it is/);
    expect(() => checkCardable(unknown, { majority, posture: majority })).not.toThrow();
    const posture = { what: 'posture alone', skipped: 'there is none' };
    expect(() => checkCardable(unknown, { majority, posture })).not.toThrow();
    expect(() => checkCardable(unknown, { majority: posture, posture })).toThrow(
      /compares with posture alone, and there is none/,
    );
  });

  it('refuses a split that has an id without a folder, or none at all', async () => {
    const folder = at('short');
    await writeSimulatedSet(folder, { splits: { train: 1, validation: 0, test: 1 }, frames: 1 });
    await expect(openJudgedSet(folder, null, 'validation')).rejects.toThrow(/VALIDATION_SET of partition names no id/);
    await writePartition(`${folder}/other.json`, { train: ['00000'], validation: [], test: ['00001', '00777'] });
    await expect(openJudgedSet(folder, `${folder}/other.json`, 'test')).rejects.toThrow(/00777/);
    await expect(openJudgedSet(folder, `${folder}/nowhere.json`, 'test')).rejects.toThrow(/no partition file/);
  });
});

describe('what has to be known', () => {
  const trainedOn = (split: string | null): ModelToJudge => {
    const manifest = model.manifest!;
    return { ...model, manifest: { ...manifest, training: { ...manifest.training, split } } };
  };

  it('is whether the model may have seen these clips', async () => {
    const test = await openJudgedSet(at('maps'), null, 'test');
    expect(caveats(trainedOn('partition'), test)).toEqual([]);
    expect(caveats(trainedOn('Scoliosis1K 1:1:8 (118)'), test).join()).toMatch(
      /trained on the split Scoliosis1K 1:1:8 \(118\).*judged on partition/,
    );
    expect(caveats(trainedOn(null), test).join()).toMatch(/Nobody says which split/);
    const train = await openJudgedSet(at('maps'), null, 'train');
    expect(caveats(trainedOn('partition'), train).join()).toMatch(/these very clips/);
  });

  it.each([
    ['Scoliosis1K 1:1:8 (118)', 'Scoliosis1K_118', true],
    ['118', 'Scoliosis1K_118', true],
    ['1:1:16', 'Scoliosis1K_1116', true],
    ['partition', 'partition', true],
    ['118', 'Scoliosis1K_112', false],
    ['11', 'Scoliosis1K_118', false],
    ['Scoliosis1K 1:1:8 (118)', 'Scoliosis1K_112', false],
    ['', 'partition', false],
  ])('takes the split %s and the partition %s for the same: %s', (split, partition, same) => {
    expect(isSameSplit(split, partition)).toBe(same);
    expect(isSameSplit(partition, split)).toBe(same);
  });

  it('is whether the maps are such as it was trained on; others are refused', async () => {
    const folder = at('drawn');
    await writeSimulatedSet(folder, { splits: { train: 2, validation: 0, test: 2 }, frames: 1 });
    const about = { schema: 1, data: 'tests', simulated: true } as const;
    await writeAbout(folder, { ...about, recipe: UPSTREAM_ALIGNED });
    const other = await openJudgedSet(folder, null, 'test');
    expect(() => caveats(model, other)).toThrow(
      /trained on maps by the recipe sigma15_joint8-bodyonly and those in .* by upstream-aligned/,
    );
    // A name is not what is drawn.
    await writeAbout(folder, { ...about, recipe: { ...SIGMA15_JOINT8_BODY_ONLY, name: 'mine' } });
    expect(caveats(trainedOn('partition'), await openJudgedSet(folder, null, 'test'))).toEqual([]);
    await writeAbout(folder, { ...about, recipe: null });
    expect(caveats(trainedOn('partition'), await openJudgedSet(folder, null, 'test')).join()).toMatch(
      /Nobody says by which recipe/,
    );
  });
});

describe('the baselines', () => {
  it('are the most common class of the training split, and a probe that has learned from nothing else', async () => {
    const set = await openJudgedSet(at('maps'), null, 'test');
    const { majority, posture } = await baselinesFor(set, null);
    const train = (await openJudgedSet(at('maps'), null, 'train')).clips;
    const counts = [0, 1, 2].map((label) => train.filter((clip) => clip.label === label).length);
    expect(majority).toHaveProperty('predicted', new Array(8).fill(counts.indexOf(Math.max(...counts))));

    const samples = async (split: 'train' | 'validation' | 'test') => {
      const { clips } = await openJudgedSet(at('maps'), null, split);
      return Promise.all(
        clips.map(async (clip) => ({ measures: (await readClipData(clip, 'skeleton-map')).asymmetry!, label: clip.label })),
      );
    };
    const expected = probe({
      train: await samples('train'),
      validation: await samples('validation'),
      test: await samples('test'),
    });
    expect(posture).toHaveProperty('predicted', expected);
  });

  it('choose the penalty on people held out of training where there is no validation split', async () => {
    const { ids } = await readPartition(at('maps/partition.json'));
    await writePartition(at('maps/two.json'), { ...ids, validation: [] });
    const { posture } = await baselinesFor(await openJudgedSet(at('maps'), at('maps/two.json'), 'test'), null);
    expect(posture).toHaveProperty('predicted.length', 8);
    // One person can't be both.
    await writePartition(at('maps/one.json'), { train: ids.train.slice(0, 2), validation: [], test: ids.test });
    const alone = await baselinesFor(await openJudgedSet(at('maps'), at('maps/one.json'), 'test'), null);
    expect(alone.posture).toHaveProperty('skipped', expect.stringMatching(/too few people/));
  });

  it('skip posture where the data has none, and take it from another data set of the same ids', async () => {
    await writeSimulatedSet(at('outlines'), {
      splits: { train: 40, validation: 10, test: 8 },
      frames: 2,
      modality: 'silhouettes',
      asymmetry: false,
    });
    const set = await openJudgedSet(at('outlines'), null, 'test');
    expect((await baselinesFor(set, null)).posture).toHaveProperty(
      'skipped',
      expect.stringMatching(/neither vectors nor poses \(--pav-from/),
    );
    const { posture } = await baselinesFor(set, at('maps'));
    expect(posture).toEqual((await baselinesFor(await openJudgedSet(at('maps'), null, 'test'), null)).posture);
    await writeSimulatedSet(at('few'), { splits: { train: 40, validation: 10, test: 1 }, frames: 1 });
    expect((await baselinesFor(set, at('few'))).posture).toHaveProperty('skipped', expect.stringMatching(/no clip 00051/));
  });

  it('measure poses where there is no vector', async () => {
    await writeSimulatedSet(at('poses'), {
      splits: { train: 1, validation: 0, test: 1 },
      frames: 8,
      modality: 'poses',
      asymmetry: false,
    });
    const [clip] = (await openJudgedSet(at('poses'), null, 'train')).clips;
    const { sequence } = drawClip(5, 0, 0, { negative: 1, neutral: 1, positive: 1 });
    expect(await readClipAsymmetry(clip!)).toEqual(rawAsymmetry(sequence.keypoints.slice(0, 8 * 51)));
  });
});

it('a bare checkpoint says what is taken for granted', async () => {
  const bare = await openModelToJudge(fixturePath('sconet-tiny-skeleton/ScoNet-00100.pt')!, null);
  expect(bare).toMatchObject({ manifest: null, scale: 16, calibrated: false, recipe: null });
  expect(bare.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(bare.assumed.join(' ')).toMatch(/order of its classes.*which maps it was trained on/);
  await writeFile(at('no.pt'), 'x');
  await expect(openModelToJudge(at('no.pt'), null)).rejects.toThrow(/not a PyTorch checkpoint/);
});
