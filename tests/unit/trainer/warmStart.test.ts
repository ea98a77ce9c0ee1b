/** Where a run's weights come from: fresh, another run's, a model's or a foreign checkpoint's, with the optimiser's state or without. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../../src/formats/safetensors.ts';
import { SCONET_SKELETON, type Architecture } from '../../../src/nets/architecture.ts';
import { saveCheckpoint } from '../../../trainer/train/checkpoint.ts';
import { parseConfig } from '../../../trainer/train/config.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { startingPoint } from '../../../trainer/train/warmStart.ts';

const TINY: Architecture = { ...SCONET_SKELETON, widths: [4, 4, 8, 8], embedding: 8 };
const WEIGHTS = initialParameters(TINY, 9);
const config = (differs: object = {}) => parseConfig({ name: 'x', network: TINY, ...differs });

let folder = '';
let run = '';
let foreign = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  run = folder;
  foreign = join(folder, 'foreign.safetensors');
  const velocity = { dtype: 'float32' as const, shape: [1], data: Float32Array.of(2) };
  await saveCheckpoint(join(run, 'checkpoint.safetensors'), {
    parameters: WEIGHTS,
    optimiserState: new Map([['velocity.x', velocity]]),
    iteration: 70,
    config: JSON.stringify(config()),
    best: '{}',
    evaluated: 0,
  });
  await writeFile(foreign, writeSafetensors(WEIGHTS));
});
afterAll(() => rm(folder, { recursive: true }));

describe('startingPoint', () => {
  it('is fresh weights of the config’s seed', async () => {
    const { parameters, from } = await startingPoint(config({ seed: 4 }), null);
    expect(parameters).toEqual(initialParameters(TINY, 4));
    expect(from).toBeNull();
  });

  it('is a run’s weights, and the optimiser’s state where it is asked for', async () => {
    const without = await startingPoint(config({ warmStart: {} }), run);
    expect(without.parameters.get('FCs.fc_bin')).toEqual(WEIGHTS.get('FCs.fc_bin'));
    expect(without.optimiserState.size).toBe(0);
    expect(without.from).toMatch(/after 70 iterations$/);
    const withState = await startingPoint(config({ warmStart: { optimiserState: true } }), join(run, 'checkpoint.safetensors'));
    expect(withState.optimiserState.get('velocity.x')!.data).toEqual(Float32Array.of(2));
  });

  it('is a foreign checkpoint’s weights', async () => {
    const { parameters, optimiserState } = await startingPoint(config({ warmStart: {} }), foreign);
    expect(parameters.get('BNNecks.fc_bin')).toEqual(WEIGHTS.get('BNNecks.fc_bin'));
    expect(optimiserState.size).toBe(0);
  });

  it('gives a DRF fresh attention over a ScoNet’s weights', async () => {
    const drf = config({ network: { ...TINY, network: 'drf', attention: 'after-fcs' }, warmStart: {}, seed: 4 });
    const { parameters } = await startingPoint(drf, run);
    expect(parameters.get('FCs.fc_bin')).toEqual(WEIGHTS.get('FCs.fc_bin'));
    expect(parameters.get('PGA.channel.weight')).toEqual(initialParameters(drf.network, 4).get('PGA.channel.weight'));
  });

  it('is refused in a sentence where config and checkpoint don’t go together', async () => {
    await expect(startingPoint(config(), run)).rejects.toThrow(/starts from fresh weights: leave --from out/);
    await expect(startingPoint(config({ warmStart: {} }), null)).rejects.toThrow(/name it with --from/);
    await expect(startingPoint(config({ warmStart: { optimiserState: true } }), foreign)).rejects.toThrow(
      /no state of an optimiser/,
    );
    await expect(
      startingPoint(config({ warmStart: { optimiserState: true }, optimiser: { kind: 'adamw' } }), run),
    ).rejects.toThrow(/is that of sgd, and the config trains with adamw/);
    const wider = config({ network: { ...TINY, embedding: 16 }, warmStart: {} });
    await expect(startingPoint(wider, run)).rejects.toThrow(/wants 16×8×16|wants/);
    const silhouettes = config({ network: { ...TINY, inChannels: 1 }, input: { kind: 'silhouette' }, warmStart: {} });
    await expect(startingPoint(silhouettes, run)).rejects.toThrow(/another network, or another input/);
    await expect(startingPoint(config({ warmStart: {} }), join(folder, 'none'))).rejects.toThrow(/there is no such file/);
  });
});
