/** The same run bit for bit, and a run that was stopped goes on to the very weights it would have had: batches, schedule, optimiser. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../trainer/engines/engine.ts';
import { loadCheckpoint } from '../../../trainer/train/checkpoint.ts';
import { parseConfig, type TrainingConfig } from '../../../trainer/train/config.ts';
import { openRun, train, type Run, type TrainingLog } from '../../../trainer/train/run.ts';
import { CHECKPOINT_FILE } from '../../../trainer/train/runFiles.ts';
import { recordOf } from '../../../trainer/train/runRecord.ts';
import { openTrainingData } from '../../../trainer/train/trainingData.ts';
import { startingPoint } from '../../../trainer/train/warmStart.ts';
import { writeSimulatedSet } from './simulatedSet.ts';

const TINY = { widths: [4, 4, 8, 8], embedding: 8 };
const ITERATIONS = 3;

const base = {
  name: 'tiny',
  network: TINY,
  sampler: { identities: 3, samples: 2 },
  frames: { count: 2 },
  schedule: { peak: 0.05, milestones: [2] },
  iterations: ITERATIONS,
  evaluation: { every: 2, frames: 8 },
};

/** What differs from run to run: every optimiser, sampler and switch that has a state of its own. */
const RUNS: Record<string, object> = {
  'SGD, identities': {},
  'AdamW, class-balanced, DRF': {
    network: { ...TINY, network: 'drf' },
    sampler: { kind: 'class-balanced', clipsPerClass: 2 },
    optimiser: { kind: 'adamw' },
    schedule: { kind: 'cosine', peak: 1e-3 },
    loss: { triplet: { labels: 'class' }, crossEntropy: { classWeights: 'inverse-frequency' } },
  },
  'accumulated, augmented, neck settled': {
    sampler: { identities: 4, samples: 2 },
    accumulate: 2,
    augmentation: { flip: 0.5, rotate: 0.5 },
    evaluation: { every: 2, frames: 8, settleClips: 3 },
  },
};

let folder = '';
beforeAll(async () => {
  await startEngine('native');
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  await writeSimulatedSet(join(folder, 'data'), { splits: { train: 9, validation: 3, test: 0 }, clipsPerPerson: 1, frames: 9 });
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.entries(RUNS))('%s', (name, differs) => {
  const config = parseConfig({ ...base, ...differs });

  it('ends with the same files twice, and stopped after any iteration', async () => {
    const whole = await runUntil(join(folder, `${name} whole`), config, ITERATIONS);
    expect(await runUntil(join(folder, `${name} again`), config, ITERATIONS)).toEqual(whole);
    const stopped = join(folder, `${name} stopped`);
    for (let until = 1; until < ITERATIONS; until++) await runUntil(stopped, config, until);
    expect(await runUntil(stopped, config, ITERATIONS)).toEqual(whole);
    const files = await readdir(stopped);
    expect(files.filter((file) => file.endsWith('.safetensors')).sort()).toEqual([
      'best-accuracy.safetensors',
      'best-macro-f1.safetensors',
      'best-macro-precision.safetensors',
      'best-macro-recall.safetensors',
      'checkpoint.safetensors',
    ]);
    for (const file of files) {
      const [one, other] = await Promise.all(
        [`${name} whole`, `${name} stopped`].map((run) => readFile(join(folder, run, file))),
      );
      expect(one!.equals(other!), file).toBe(true);
    }
  });
});

describe('what is refused', () => {
  it('another config in the folder of a run, naming the key', async () => {
    const config = parseConfig(base);
    const run = join(folder, 'other');
    await runUntil(run, config, 1);
    await expect(runUntil(run, parseConfig({ ...base, loss: { triplet: { margin: 0.3 } } }), 2)).rejects.toThrow(
      /another one: its config had another "loss.triplet.margin"/,
    );
  });

  it('a loss that is no number, and the last checkpoint stays', async () => {
    const run = join(folder, 'lost');
    await runUntil(run, parseConfig({ ...base, schedule: { peak: 1e30, milestones: [] } }), 1);
    const before = await readFile(join(run, CHECKPOINT_FILE));
    await expect(runUntil(run, parseConfig({ ...base, schedule: { peak: 1e30, milestones: [] } }), 3)).rejects.toThrow(
      /is no number; the last checkpoint is kept/,
    );
    expect((await readFile(join(run, CHECKPOINT_FILE))).equals(before)).toBe(true);
  });
});

/** Runs, or goes on, until so many iterations are done; returns what the log heard and the checkpoint. */
async function runUntil(out: string, config: TrainingConfig, until: number) {
  const data = await openTrainingData(join(folder, 'data'), null, config, () => undefined);
  const start = await startingPoint(config, null);
  const run: Run = { folder: out, config, data, record: recordOf(config, data, start.from, 'cpu') };
  const stop = new AbortController();
  const first = await openRun(run);
  const log: TrainingLog = {
    step({ iteration }) {
      if (iteration + 1 === until) stop.abort();
      return Promise.resolve();
    },
    evaluation: () => Promise.resolve(),
    maps: () => Promise.resolve(),
  };
  expect(first).toBeLessThanOrEqual(until);
  expect(await train(run, start, log, stop.signal)).toBe(until);
  return loadCheckpoint(join(out, CHECKPOINT_FILE));
}
