/** What is wrong with the data of a run is found before it starts, in one sentence; and who is kept for validation. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePartition } from '../../../trainer/data/partition.ts';
import { writeSubjects } from '../../../trainer/data/subjects.ts';
import { writeClipFile } from '../../../trainer/data/writeClip.ts';
import { parseConfig } from '../../../trainer/train/config.ts';
import { openTrainingData } from '../../../trainer/train/trainingData.ts';
import { writeSimulatedSet } from './simulatedSet.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  await writeSimulatedSet(join(folder, 'whole'), { splits: { train: 9, validation: 3, test: 3 }, clipsPerPerson: 1, frames: 4 });
});
afterAll(() => rm(folder, { recursive: true }));

const config = (differs: object = {}) => parseConfig({ name: 'x', ...differs });
const open = (root: string, given = config(), partition: string | null = null) =>
  openTrainingData(root, partition, given, () => undefined);

/** A copy of the set, to be spoilt. */
async function copy(): Promise<string> {
  const root = await mkdtemp(join(folder, 'copy-'));
  await cp(join(folder, 'whole'), root, { recursive: true });
  return root;
}

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => String(from + at).padStart(5, '0'));

describe('openTrainingData', () => {
  it('takes the training and validation people of the partition, and nobody of the test set', async () => {
    const data = await open(join(folder, 'whole'));
    expect(data.train.map(({ id }) => id)).toEqual(ids(0, 9));
    expect(data.validation.map(({ id }) => id)).toEqual(ids(9, 12));
    expect(data.validationFrom).toBe('partition');
    expect(data.asymmetryRange).toBeNull();
    expect(data.warnings).toEqual([]);
  });

  it('holds whole people out of training where the partition names no validation people', async () => {
    const root = await copy();
    await writePartition(join(root, 'partition.json'), { train: ids(0, 10), validation: [], test: ids(10, 15) });
    // Two clips a person.
    await writeSubjects(root, new Map(ids(0, 15).map((id) => [id, `person ${Math.floor(Number(id) / 2)}`])));
    const data = await open(root, config({ evaluation: { holdOut: 0.4 } }));
    expect(data.validationFrom).toBe('held out of training');
    expect([data.train.length, data.validation.length]).toEqual([6, 4]);
    const people = new Set(data.validation.map(({ subject }) => subject));
    expect(data.train.some(({ subject }) => people.has(subject))).toBe(false);
    expect((await open(root, config({ evaluation: { holdOut: 0.4 } }))).validation).toEqual(data.validation);
    expect((await open(root, config({ evaluation: { holdOut: 0 } }))).validationFrom).toBe('none');
  });

  it('draws a proxy subset once and for all, fits the range on the training clips, weighs the classes', async () => {
    const drf = {
      network: { network: 'drf' },
      evaluation: { proxyClips: 1 },
      loss: { crossEntropy: { classWeights: 'inverse-frequency' } },
    };
    const data = await open(join(folder, 'whole'), config(drf));
    expect(data.validation).toHaveLength(1);
    expect(data.asymmetryRange!.max.some((value) => value > 0)).toBe(true);
    const counts = [0, 1, 2].map((label) => data.train.filter((clip) => clip.label === label).length);
    const products = data.classWeights!.map((weight, label) => weight * counts[label]!);
    expect(Math.max(...products) - Math.min(...products)).toBeLessThan(1e-9);
    expect(data.classWeights!.reduce((sum, weight) => sum + weight, 0) / 3).toBeCloseTo(1);
  });

  it('warns that leakage can’t be excluded where nobody says who the clips are of', async () => {
    const root = await copy();
    await rm(join(root, 'subjects.json'));
    expect((await open(root)).warnings.join(' ')).toMatch(/leakage .*can't be excluded/);
  });

  it('names what is wrong', async () => {
    const root = await copy();
    await expect(open(root, config({ input: { recipe: 'upstream-aligned' } }))).rejects.toThrow(
      /drawn by the recipe sigma15_joint8-bodyonly and the config wants upstream-aligned/,
    );
    await expect(open(root, config({ network: { inChannels: 1 }, input: { kind: 'silhouette' } }))).rejects.toThrow(/silhouette/);
    await rm(join(root, '00003'), { recursive: true });
    await expect(open(root)).rejects.toThrow(/names an id that has no clip .*00003/);
  });

  it('finds a clip of another length, a damaged one and a missing vector before training starts', async () => {
    const lengths = await copy();
    const place = { id: '00000', className: 'neutral', view: '000_180' } as const;
    const { train } = await open(lengths);
    const own = { ...place, className: (['negative', 'neutral', 'positive'] as const)[train[0]!.label]! };
    await writeClipFile(lengths, own, '1_pav.pkl', { dtype: 'float32', shape: [3, 8, 3], data: new Float32Array(72) });
    await expect(open(lengths)).rejects.toThrow(/00000/);

    const without = await copy();
    await rm(join(without, '00000', own.className, own.view, '1_pav.pkl'));
    await expect(open(without, config({ network: { network: 'drf' } }))).rejects.toThrow(/no asymmetry vector, which a DRF/);
    await expect(open(without)).resolves.toBeDefined();

    const strange = await copy();
    await rename(join(strange, '00001'), join(strange, 'x'));
    await expect(open(strange)).rejects.toThrow(/00001/);
  });
});
