/** A run that was stopped goes on to the very weights it would have had: batches, schedule and the optimiser's state all come back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '../../../trainer/engines/engine.ts';
import { loadCheckpoint } from '../../../trainer/train/checkpoint.ts';
import { parseConfig } from '../../../trainer/train/config.ts';
import { CHECKPOINT_FILE, train } from '../../../trainer/train/run.ts';
import shipped from '../../../trainer/configs/sconet-mt-ske-simulated.json' with { type: 'json' };

const config = parseConfig({
  ...shipped,
  architecture: { ...shipped.architecture, widths: [4, 4, 8, 8], embedding: 8 },
  clips: 4,
  frames: 2,
  iterations: 2,
});

let folder = '';
beforeAll(async () => {
  await startEngine('cpu');
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('ends with the same weights and optimiser state, stopped halfway or not', async () => {
  const [whole, halved] = [join(folder, 'whole'), join(folder, 'halved')];
  expect(await train(whole, config, new AbortController().signal, () => undefined)).toBe(2);

  const stop = new AbortController();
  expect(await train(halved, config, stop.signal, ({ iteration }) => iteration === 0 && stop.abort())).toBe(1);
  const seen: number[] = [];
  expect(await train(halved, config, new AbortController().signal, ({ iteration }) => seen.push(iteration))).toBe(2);
  expect(seen).toEqual([1]);

  const [one, other] = await Promise.all([whole, halved].map((run) => loadCheckpoint(join(run, CHECKPOINT_FILE))));
  expect(other).toEqual(one);
});
