/** Configs: defaults, small files over them, and a sentence for everything that is wrong. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SCONET_SKELETON } from '../../../src/nets/architecture.ts';
import { parseConfig } from '../../../trainer/train/config.ts';
import { merge, readConfig } from '../../../trainer/train/readConfig.ts';

const CONFIGS = fileURLToPath(new URL('../../../trainer/configs', import.meta.url));

describe('parseConfig', () => {
  it('fills in OpenGait’s recipe for ScoNet', () => {
    const config = parseConfig({ name: 'x' });
    expect(config.network).toEqual(SCONET_SKELETON);
    expect(config.sampler).toEqual({ kind: 'triplet', identities: 8, samples: 8 });
    expect(config.frames).toEqual({ kind: 'fixed-unordered', count: 30 });
    expect(config.loss).toEqual({
      crossEntropy: { weight: 1, scale: 16, smoothing: 0.1, classWeights: 'none' },
      triplet: { weight: 1, margin: 0.2, labels: 'identity' },
    });
    expect(config.optimiser).toEqual({ kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 });
    expect(config.schedule).toMatchObject({ kind: 'multi-step', peak: 0.1, milestones: [10_000, 14_000, 18_000], factor: 0.1 });
    expect(config.iterations).toBe(20_000);
    expect(Object.values(config.augmentation)).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives a section of another kind the defaults of that kind', () => {
    const config = parseConfig({ name: 'x', optimiser: { kind: 'adamw' }, network: { network: 'drf' } });
    expect(config.optimiser).toEqual({ kind: 'adamw', betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 });
    expect(config.network).toMatchObject({ network: 'drf', attention: 'after-fcs' });
  });

  it('gives back what it made', () => {
    const config = parseConfig({ name: 'x', sampler: { kind: 'class-balanced' }, warmStart: {} });
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each([
    [{}, /name/],
    [{ name: 'x', optimizer: {} }, /no key "optimizer"; the nearest known one is "optimiser"/],
    [
      { name: 'x', loss: { crossEntropy: { smothing: 0 } } },
      /"loss\.crossEntropy\.smothing"; the nearest known one is "smoothing"/,
    ],
    [{ name: 'x', optimiser: { kind: 'adamw', momentum: 0.9 } }, /"momentum" belongs to another section or another kind/],
    [{ name: 'x', optimiser: { kind: 'adam' } }, /optimiser\.kind: .*"sgd" \| "adamw"/],
    [{ name: 'x', input: { recipe: 'sigma9' } }, /no map recipe "sigma9"; there are .*sigma15_joint8-bodyonly/],
    [{ name: 'x', iterations: 1.5 }, /iterations: /],
    [{ name: 'x', augmentation: { flip: 2 } }, /augmentation\.flip: /],
    [{ name: 'x', loss: { crossEntropy: { classWeights: [1, 2] } } }, /three weights above 0/],
    [{ name: 'x', input: { kind: 'silhouette' } }, /takes 2 channels and a silhouette has 1; set network\.inChannels to 1/],
    [{ name: 'x', accumulate: 3 }, /8 identities can't be computed in 3 equal parts/],
    [{ name: 'x', schedule: { warmUp: 20_000 } }, /warm-up .* leaves none/],
    [7, /the file/],
  ])('says what is wrong with %j', (value, sentence) => expect(() => parseConfig(value)).toThrow(sentence));
});

describe('readConfig', () => {
  it('reads every config of the project', async () => {
    const folders = readdirSync(CONFIGS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
    expect(folders.length).toBeGreaterThan(15);
    for (const path of folders) expect((await readConfig(join(CONFIGS, path))).name, path).not.toBe('');
  });

  it('extends: sections key by key, other kinds and lists as a whole', async () => {
    await inFolder(async (folder) => {
      await writeFile(
        join(folder, 'base.json'),
        JSON.stringify({ name: 'base', schedule: { peak: 0.2, milestones: [1, 2] }, iterations: 9 }),
      );
      await writeFile(
        join(folder, 'own.json'),
        JSON.stringify({ extends: 'base.json', name: 'own', schedule: { milestones: [3] } }),
      );
      expect(await readConfig(join(folder, 'own.json'))).toMatchObject({
        name: 'own',
        iterations: 9,
        schedule: { peak: 0.2, milestones: [3] },
      });
    });
    expect(merge({ a: { kind: 'x', b: 1 } }, { a: { kind: 'y' } })).toEqual({ a: { kind: 'y' } });
    expect(merge({ a: { b: 1, c: 2 } }, { a: { c: 3 } })).toEqual({ a: { b: 1, c: 3 } });
  });

  it('names the file that is missing, no JSON, wrong, or goes round in circles', async () => {
    await inFolder(async (folder) => {
      const path = (name: string) => join(folder, name);
      await writeFile(path('broken.json'), '{');
      await writeFile(path('round.json'), JSON.stringify({ extends: 'round.json' }));
      await writeFile(path('wrong.json'), JSON.stringify({ name: 'x', iteration: 1 }));
      await expect(readConfig(path('none.json'))).rejects.toThrow(/no config .*none\.json/);
      await expect(readConfig(path('broken.json'))).rejects.toThrow(/broken\.json is no JSON/);
      await expect(readConfig(path('round.json'))).rejects.toThrow(/extends itself/);
      await expect(readConfig(path('wrong.json'))).rejects.toThrow(/wrong\.json: .*nearest known one is "iterations"/);
    });
  });
});

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
