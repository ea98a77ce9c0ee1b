/** What a training run is made of, apart from the computing: batches, schedules, configs, fresh weights, checkpoints. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import { SCONET_SKELETON, type Architecture } from '../../../src/nets/architecture.ts';
import { checkParameters, countTrainable } from '../../../src/nets/parameters.ts';
import { fitScale } from '../../../trainer/evaluate/calibrate.ts';
import { asStored } from '../../../trainer/package/roundWeights.ts';
import { CUT_MAP_LENGTH, drawBatch } from '../../../trainer/train/batches.ts';
import { loadCheckpoint, saveCheckpoint } from '../../../trainer/train/checkpoint.ts';
import { parseConfig } from '../../../trainer/train/config.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { cosine, multiStep } from '../../../trainer/train/schedules.ts';
import config from '../../../trainer/configs/sconet-mt-ske-simulated.json' with { type: 'json' };

const TINY: Architecture = { ...SCONET_SKELETON, widths: [4, 4, 8, 8], embedding: 8 };

describe('drawBatch', () => {
  const options = {
    seed: 5,
    clips: 6,
    frames: 2,
    classShares: { negative: 1, neutral: 1, positive: 1 },
    recipe: SIGMA15_JOINT8_BODY_ONLY,
  };

  it('is the same batch for the same iteration and another for the next', () => {
    expect(drawBatch(3, options)).toEqual(drawBatch(3, options));
    expect(drawBatch(3, options).maps).not.toEqual(drawBatch(4, options).maps);
  });

  it('holds every frame of every clip, and the classes in their shares', () => {
    const { maps, labels } = drawBatch(0, options);
    expect(maps).toHaveLength(6 * 2 * CUT_MAP_LENGTH);
    for (let at = 0; at < maps.length; at += CUT_MAP_LENGTH) {
      expect(Math.max(...maps.subarray(at, at + CUT_MAP_LENGTH))).toBeGreaterThan(100);
    }
    expect(labels).toHaveLength(6);
    const many = drawBatch(0, { ...options, clips: 60, frames: 1 }).labels;
    for (const label of [0, 1, 2]) expect(Math.abs(many.filter((found) => found === label).length - 20)).toBeLessThan(3);
  });
});

describe('schedules', () => {
  it('warms up, then falls along a cosine to its floor', () => {
    const options = { peak: 1, floor: 0.1, iterations: 110, warmUp: 10 };
    expect(cosine(0, options)).toBeCloseTo(0.1);
    expect(cosine(10, options)).toBeCloseTo(1);
    expect(cosine(60, options)).toBeCloseTo(0.55);
    expect(cosine(110, options)).toBeCloseTo(0.1);
  });

  it('divides at every milestone', () => {
    const rates = [0, 9, 10, 20].map((iteration) => multiStep(iteration, { peak: 0.1, milestones: [10, 20], factor: 0.1 }));
    [0.1, 0.1, 0.01, 0.001].forEach((rate, index) => expect(rates[index]).toBeCloseTo(rate));
  });
});

describe('parseConfig', () => {
  it('takes the config of the shipped model', () => {
    expect(parseConfig(config).architecture).toEqual(SCONET_SKELETON);
  });

  it('names the key that is wrong, missing or unknown', () => {
    expect(() => parseConfig({ ...config, clips: 'many' })).toThrow(/clips/);
    expect(() => parseConfig({ ...config, frames: undefined })).toThrow(/frames/);
    expect(() => parseConfig({ ...config, clipz: 3 })).toThrow(/clipz/);
  });
});

describe('initialParameters', () => {
  it('has the paper’s number of parameters, fits the architecture and depends on the seed alone', () => {
    expect(countTrainable(SCONET_SKELETON)).toBe(7_015_168);
    expect(countTrainable({ ...SCONET_SKELETON, inChannels: 1 })).toBe(7_014_592);
    const parameters = initialParameters(TINY, 1);
    expect(() => checkParameters(parameters, TINY)).not.toThrow();
    expect(initialParameters(TINY, 1)).toEqual(parameters);
    expect(initialParameters(TINY, 2)).not.toEqual(parameters);
  });
});

describe('checkpoints', () => {
  it('come back as they were saved, and leave no part behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
    try {
      const parameters = initialParameters(TINY, 3);
      const optimiserState = new Map([['first.x', { shape: [2], dtype: 'float32' as const, data: Float32Array.of(1, 2) }]]);
      const path = join(folder, 'checkpoint.safetensors');
      await saveCheckpoint(path, { parameters, optimiserState, iteration: 7, config: '{"a":1}' });
      const loaded = await loadCheckpoint(path);
      expect(loaded.iteration).toBe(7);
      expect(loaded.config).toBe('{"a":1}');
      expect([...loaded.parameters.keys()].sort()).toEqual([...parameters.keys()].sort());
      for (const [name, array] of parameters) expect(loaded.parameters.get(name)).toEqual(array);
      expect(loaded.optimiserState).toEqual(optimiserState);
      expect(await readdir(folder)).toEqual(['checkpoint.safetensors']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('packaging', () => {
  it('rounds weights to what float16 holds: a thousandth of each', () => {
    const parameters = initialParameters(TINY, 4);
    for (const [name, { data }] of asStored(parameters)) {
      const before = parameters.get(name)!.data as Float32Array;
      (data as Float32Array).forEach((value, index) => {
        expect(Math.abs(value - before[index]!)).toBeLessThanOrEqual(Math.abs(before[index]!) / 1000 + 1e-7);
      });
    }
  });

  it('finds the scale that made the labels', () => {
    // Two walks in three agree with a logit lead of 0.1: odds of 2 against one other class need scale·0.1 = ln 2.
    const logits = [0.1, 0, -9];
    const { scale, loss } = fitScale([logits, logits, logits], [0, 0, 1]);
    expect(scale).toBeCloseTo(Math.log(2) / 0.1, 3);
    expect(loss).toBeCloseTo(-(2 * Math.log(2 / 3) + Math.log(1 / 3)) / 3, 4);
  });
});
