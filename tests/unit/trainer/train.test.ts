/** What a training run is made of, apart from the computing: batches and their parts, schedules, fresh weights, checkpoints. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parameters } from '../../../src/nets/parameters.ts';
import { SCONET_SKELETON, type Architecture } from '../../../src/nets/architecture.ts';
import { checkParameters, countTrainable } from '../../../src/nets/parameters.ts';
import { openDataset, type ClipEntry } from '../../../trainer/data/dataset.ts';
import { asStored } from '../../../trainer/package/roundWeights.ts';
import { drawBatch, type Batch, type BatchOptions } from '../../../trainer/train/batches.ts';
import { BatchSource } from '../../../trainer/train/batchSource.ts';
import { loadCheckpoint, saveCheckpoint } from '../../../trainer/train/checkpoint.ts';
import { DivergenceGuard } from '../../../trainer/train/divergence.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { retain } from '../../../trainer/train/retention.ts';
import { learningRateAt, type Schedule } from '../../../trainer/train/schedules.ts';
import { splitBatch } from '../../../trainer/train/splitBatch.ts';
import { writeSimulatedSet } from './simulatedSet.ts';

const TINY: Architecture = { ...SCONET_SKELETON, widths: [4, 4, 8, 8], embedding: 8 };
const CUT_MAP_LENGTH = 2 * 64 * 44;

let folder = '';
let clips: ClipEntry[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  await writeSimulatedSet(join(folder, 'data'), { splits: { train: 6, validation: 0, test: 0 }, clipsPerPerson: 1, frames: 6 });
  clips = (await openDataset(join(folder, 'data'))).clips;
});
afterAll(() => rm(folder, { recursive: true }));

const batchOptions = (): BatchOptions => ({
  clips,
  input: 'skeleton-map',
  asymmetryRange: null,
  seed: 5,
  sampler: { kind: 'triplet', identities: 3, samples: 2 },
  frames: { kind: 'fixed-unordered', count: 4 },
  augmentation: { flip: 0, erase: 0, rotate: 0, perspective: 0, affine: 0 },
});

describe('drawBatch', () => {
  it('is the same batch for the same iteration and another for the next', async () => {
    const batch = await drawBatch(3, batchOptions());
    expect(await drawBatch(3, batchOptions())).toEqual(batch);
    expect((await drawBatch(4, batchOptions())).frames).not.toEqual(batch.frames);
    expect((await drawBatch(3, { ...batchOptions(), seed: 6 })).frames).not.toEqual(batch.frames);
  });

  it('holds whole frames of the clips it names, different ones of each', async () => {
    const { frames, counts, labels, identities } = await drawBatch(0, batchOptions());
    expect(frames).toHaveLength(6 * 4 * CUT_MAP_LENGTH);
    expect(counts).toEqual([4, 4, 4, 4, 4, 4]);
    expect(identities.filter((identity, place) => identity === identities[place - (place % 2)])).toHaveLength(6);
    identities.forEach((identity, place) => expect(labels[place]).toBe(clips[identity]!.label));
    for (let at = 0; at < frames.length; at += CUT_MAP_LENGTH) {
      expect(Math.max(...frames.subarray(at, at + CUT_MAP_LENGTH))).toBeGreaterThan(100);
    }
    // The two clips of an identity are the same walk, seen in other frames.
    expect(frames.subarray(0, 4 * CUT_MAP_LENGTH)).not.toEqual(frames.subarray(4 * CUT_MAP_LENGTH, 8 * CUT_MAP_LENGTH));
  });

  it('normalises the asymmetry vectors by the range it is given', async () => {
    const range = { min: new Float32Array(24), max: new Float32Array(24).fill(1000) };
    const { asymmetry } = await drawBatch(0, { ...batchOptions(), asymmetryRange: range });
    expect(asymmetry).toHaveLength(6 * 24);
    expect(Math.max(...asymmetry!)).toBeLessThan(0.5);
    expect(Math.max(...asymmetry!)).toBeGreaterThan(0);
  });

  it('comes from a thread in order, from any iteration on', async () => {
    const source = new BatchSource(batchOptions(), 7);
    try {
      for (const iteration of [7, 8, 9]) expect(await source.next()).toEqual(await drawBatch(iteration, batchOptions()));
    } finally {
      await source.close();
    }
  });

  it('tells whoever waits why a batch can’t be drawn', async () => {
    const gone = clips.map((clip) => ({ ...clip, folder: join(folder, 'gone') }));
    const source = new BatchSource({ ...batchOptions(), clips: gone }, 0);
    try {
      await expect(source.next()).rejects.toThrow(/gone/);
    } finally {
      await source.close();
    }
  });
});

describe('splitBatch', () => {
  it('keeps the clips of an identity together', async () => {
    const batch = await drawBatch(0, batchOptions());
    const parts = splitBatch(batch, 3, 'triplet');
    expect(parts.map(({ identities }) => new Set(identities).size)).toEqual([1, 1, 1]);
    expectWhole(batch, parts);
  });

  it('deals every class out to every part', async () => {
    const sampler = { kind: 'class-balanced', clipsPerClass: 2 } as const;
    const range = { min: new Float32Array(24), max: new Float32Array(24).fill(100) };
    const batch = await drawBatch(0, { ...batchOptions(), sampler, asymmetryRange: range });
    const parts = splitBatch(batch, 2, 'class-balanced');
    for (const { labels, asymmetry } of parts) {
      expect([...labels].sort()).toEqual([0, 1, 2]);
      expect(asymmetry).toHaveLength(3 * 24);
    }
  });

  function expectWhole(batch: Batch, parts: Batch[]): void {
    expect(parts.flatMap(({ labels }) => labels)).toEqual(batch.labels);
    expect(parts.flatMap(({ identities }) => identities)).toEqual(batch.identities);
    expect(Buffer.concat(parts.map(({ frames }) => frames)).equals(batch.frames)).toBe(true);
  }
});

describe('learningRateAt', () => {
  it('warms up, then falls along a cosine to its floor', () => {
    const schedule: Schedule = { kind: 'cosine', peak: 1, floor: 0.1, warmUp: 10 };
    const at = (iteration: number) => learningRateAt(iteration, schedule, 110);
    expect(at(0)).toBeCloseTo(0.1);
    expect(at(10)).toBeCloseTo(1);
    expect(at(60)).toBeCloseTo(0.55);
    expect(at(110)).toBeCloseTo(0.1);
  });

  it('divides at every milestone', () => {
    const schedule: Schedule = { kind: 'multi-step', peak: 0.1, milestones: [10, 20], factor: 0.1, warmUp: 2 };
    const rates = [0, 2, 9, 10, 20].map((iteration) => learningRateAt(iteration, schedule, 30));
    [0.05, 0.1, 0.1, 0.01, 0.001].forEach((rate, index) => expect(rates[index]).toBeCloseTo(rate));
  });
});

describe('DivergenceGuard', () => {
  it('stops at a loss that is no number', () => {
    expect(() => new DivergenceGuard().check(3, NaN)).toThrow(/iteration 3 is no number; the last checkpoint is kept/);
    expect(() => new DivergenceGuard().check(3, Infinity)).toThrow(/no number/);
  });

  it('stops where the loss has grown to three times the first, and bears single spikes', () => {
    const guard = new DivergenceGuard();
    for (let iteration = 0; iteration < 100; iteration++) guard.check(iteration, iteration === 70 ? 40 : 1);
    expect(() => {
      for (let iteration = 100; iteration < 200; iteration++) guard.check(iteration, 4);
    }).toThrow(/diverges.* it began with 1\.00/);
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
  const checkpoint = (parameters: Parameters) => ({
    parameters,
    optimiserState: new Map([['first.x', { shape: [2], dtype: 'float32' as const, data: Float32Array.of(1, 2) }]]),
    iteration: 7,
    config: '{"a":1}',
    best: '{}',
    evaluated: 5,
  });

  it('come back as they were saved, and leave no part behind', async () => {
    const own = await mkdtemp(join(folder, 'run-'));
    const saved = checkpoint(initialParameters(TINY, 3));
    await saveCheckpoint(join(own, 'checkpoint.safetensors'), saved);
    const loaded = await loadCheckpoint(join(own, 'checkpoint.safetensors'));
    expect({ ...loaded, parameters: new Map([...loaded.parameters].sort()) }).toEqual({
      ...saved,
      parameters: new Map([...saved.parameters].sort()),
    });
    expect(await readdir(own)).toEqual(['checkpoint.safetensors']);
  });

  it('with weights that are no numbers never replace good ones', async () => {
    const own = await mkdtemp(join(folder, 'run-'));
    const path = join(own, 'checkpoint.safetensors');
    await saveCheckpoint(path, checkpoint(initialParameters(TINY, 3)));
    const before = await readFile(path);
    const broken = initialParameters(TINY, 3);
    broken.get('FCs.fc_bin')!.data[5] = NaN;
    await expect(saveCheckpoint(path, checkpoint(broken))).rejects.toThrow(/FCs\.fc_bin/);
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('are retained by each figure on its own, the earlier of two equals', async () => {
    const own = await mkdtemp(join(folder, 'run-'));
    const figures = { accuracy: 0.5, macroF1: 0.4, macroPrecision: 0.4, macroRecall: 0.4 };
    const at = (iteration: number) => ({ parameters: initialParameters(TINY, iteration), iteration, config: '{}' });
    const first = await retain(own, at(1), figures, {});
    const best = await retain(own, at(2), { ...figures, macroF1: 0.6, accuracy: 0.5, macroRecall: 0.3 }, first);
    expect(best).toEqual({
      accuracy: { value: 0.5, iteration: 1 },
      'macro-f1': { value: 0.6, iteration: 2 },
      'macro-precision': { value: 0.4, iteration: 1 },
      'macro-recall': { value: 0.4, iteration: 1 },
    });
    expect((await loadCheckpoint(join(own, 'best-macro-f1.safetensors'))).iteration).toBe(2);
    expect((await loadCheckpoint(join(own, 'best-accuracy.safetensors'))).iteration).toBe(1);
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
});
