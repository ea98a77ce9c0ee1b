/** A step in parts, with frozen parts, with clips of several lengths. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCONET_SKELETON, type Architecture } from '../../../src/nets/architecture.ts';
import type { Parameters } from '../../../src/nets/parameters.ts';
import { startEngine } from '../../../trainer/engines/engine.ts';
import type { Batch } from '../../../trainer/train/batches.ts';
import { parseConfig, type ConfigInput } from '../../../trainer/train/config.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { Sgd } from '../../../trainer/train/optimisers.ts';
import { trainOn, type StepOptions } from '../../../trainer/train/step.ts';
import { TrainableNetwork, type Frozen } from '../../../trainer/train/trainableNetwork.ts';
import { randomNumbers } from '../../tinyModel.ts';

const TINY: Architecture = { ...SCONET_SKELETON, widths: [4, 4, 8, 8], embedding: 8 };
const FRAME = 2 * 64 * 44;

beforeAll(() => startEngine('native'));

/** Four clips of two identities. */
function batch(counts = [2, 2, 2, 2]): Batch {
  const random = randomNumbers(3);
  const frames = counts.reduce((sum, count) => sum + count, 0);
  return {
    frames: Uint8Array.from({ length: frames * FRAME }, () => Math.floor(256 * random())),
    counts,
    labels: [0, 0, 2, 2],
    identities: [0, 0, 1, 1],
    asymmetry: null,
  };
}

function options(differs: Partial<ConfigInput> = {}): StepOptions {
  return { ...parseConfig({ name: 'x', network: TINY, ...differs }), classWeights: null };
}

/** The weights after one step, and its figures. */
async function after(given: Batch, differs: Partial<ConfigInput> = {}, frozen?: Frozen) {
  const network = new TrainableNetwork(TINY, initialParameters(TINY, 1), frozen);
  const optimiser = new Sgd({ momentum: 0.9, weightDecay: 0 });
  const figures = await trainOn(given, network, optimiser, options(differs), 0.1);
  const parameters = await network.parameters();
  network.dispose();
  optimiser.dispose();
  return { parameters, figures };
}

function changed(parameters: Parameters): string[] {
  const before = initialParameters(TINY, 1);
  return [...parameters].filter(([name, { data }]) => !sameValues(data, before.get(name)!.data)).map(([name]) => name);
}

function sameValues(one: ArrayLike<number | bigint>, other: ArrayLike<number | bigint>): boolean {
  return Array.from(one).every((value, index) => value === other[index]);
}

describe('trainOn', () => {
  it('leaves no tensor behind, and moves every weight', async () => {
    await after(batch());
    const { numTensors } = tf.memory();
    const { parameters } = await after(batch(), { accumulate: 2 });
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(changed(parameters)).toHaveLength(parameters.size);
  });

  it('takes the mean of the gradients of the parts: equal parts give what one of them gives', async () => {
    const half = batch();
    const pair = (values: number[]) => [...values.slice(0, 2), ...values.slice(0, 2)];
    const first = half.frames.subarray(0, 4 * FRAME);
    const twice: Batch = {
      ...half,
      frames: Uint8Array.from([...first, ...first]),
      labels: pair(half.labels),
      identities: pair(half.identities),
    };
    const alone: Batch = { ...half, frames: first.slice(), counts: [2, 2], labels: [0, 0], identities: [0, 0] };
    const [whole, part] = [await after(twice, { accumulate: 2 }), await after(alone)];
    expect(whole.figures.loss).toBeCloseTo(part.figures.loss, 5);
    for (const [name, { data }] of part.parameters) {
      if (name.includes('running')) continue;
      data.forEach((value, index) => expect(Number(whole.parameters.get(name)!.data[index])).toBeCloseTo(Number(value), 5));
    }
  });

  it('takes clips of several lengths, each by its own frames', async () => {
    // Normalised by the running statistics, a frame that is there twice changes nothing.
    const network = new TrainableNetwork(TINY, initialParameters(TINY, 1), { batchNorm: true, backbone: false });
    const levels = tf.randomUniform([5, 64, 44, 2], 0, 1, 'float32', 4) as tf.Tensor4D;
    const repeated = tf.concat([levels.slice([0], [2]), levels.slice([1], [1]), levels.slice([2], [3])]) as tf.Tensor4D;
    const [own, equal] = [network.forward(levels, [2, 3]), network.forward(repeated, [3, 3])];
    const [first, second] = await Promise.all([own, equal].map(({ logits }) => logits.data()));
    first!.forEach((value, index) => expect(value).toBeCloseTo(second![index]!, 5));
    const other = await network.forward(levels, [3, 2]).logits.data();
    expect(other.some((value, index) => Math.abs(value - first![index]!) > 1e-3)).toBe(true);
    expect(own.logits.shape).toEqual([16, 2, 3]);
    network.dispose();
  });

  it('leaves the triplet loss out at weight 0', async () => {
    const { figures } = await after(batch(), { loss: { triplet: { weight: 0 } } });
    expect(figures.loss).toBeCloseTo(figures.crossEntropy, 6);
    expect(figures.triplet).toBeGreaterThan(0);
  });

  it('counts what is the same by identity or by class', async () => {
    const mixed = { ...batch(), labels: [0, 1, 2, 1] };
    const [identity, byClass] = [await after(mixed), await after(mixed, { loss: { triplet: { labels: 'class' } } })];
    expect(byClass.figures.triplet).not.toBeCloseTo(identity.figures.triplet, 4);
    expect(byClass.figures.crossEntropy).toBeCloseTo(identity.figures.crossEntropy, 5);
  });
});

describe('what is frozen', () => {
  it('batch norm: the running statistics stay and are what normalises; scales and shifts learn', async () => {
    const { parameters } = await after(batch(), {}, { batchNorm: true, backbone: false });
    const names = changed(parameters);
    expect(names.some((name) => name.includes('running'))).toBe(false);
    expect(names).toContain('Backbone.forward_block.bn1.weight');
    // With mean 0 and variance 1, normalising is nearly nothing: a constant added to all frames doesn't cancel.
    const network = new TrainableNetwork(TINY, initialParameters(TINY, 1), { batchNorm: true, backbone: false });
    const one = tf.randomUniform([1, 64, 44, 2], 0, 1, 'float32', 5) as tf.Tensor4D;
    const alone = await network.forward(one, 1).logits.data();
    const among = await network
      .forward(tf.concat([one, tf.zeros([1, 64, 44, 2])]) as tf.Tensor4D, 2)
      .logits.slice([0, 0, 0], [16, 1, 3])
      .data();
    alone.forEach((value, index) => expect(value).toBeCloseTo(among[index]!, 5));
    network.dispose();
  });

  it('the backbone: only part FCs, neck and statistics change', async () => {
    const { parameters } = await after(batch(), {}, { batchNorm: true, backbone: true });
    const names = changed(parameters);
    expect(names.some((name) => name.startsWith('Backbone.'))).toBe(false);
    expect(names).toContain('FCs.fc_bin');
    expect(names).toContain('BNNecks.fc_bin');
  });
});
