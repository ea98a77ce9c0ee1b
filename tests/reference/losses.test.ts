/**
 * The losses and their gradients against OpenGait's and PyTorch's own. A loss near 8 is rounded to 5e-7 in single precision, and the
 * engines' sums and exponentials come to 3e-6; the gradients are within 2e-7 of their length.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { startEngine, type EngineName } from '../../trainer/engines/engine.ts';
import { crossEntropy, tripletLoss } from '../../trainer/train/losses.ts';
import { absence, readFixture } from '../fixtures.ts';

const LOSS_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-6;

const FILES = ['ce.json', 'triplet.json', 'ce_logits_ncp.npy', 'triplet_embed_ncp.npy'].map((file) => `losses/${file}`);
const absent = absence(...FILES);

describe.skipIf(absent).each<EngineName>(['cpu', 'native', 'wasm'])(`losses on the %s engine${absent}`, (engine) => {
  beforeAll(() => startEngine(engine));

  it.each([
    { name: 'plain', smoothing: 0, weighted: false, gradient: 'ce_grad_plain.npy' },
    { name: 'smooth', smoothing: 0.1, weighted: false, gradient: 'ce_grad_smooth.npy' },
    { name: 'weighted_smooth', smoothing: 0.1, weighted: true, gradient: 'ce_grad_weighted_smooth.npy' },
  ])('cross-entropy, $name', async ({ name, smoothing, weighted, gradient }) => {
    const reference = await readJson<{ labels: number[]; class_weights: number[] } & Record<string, number>>('ce.json');
    const logits = await partsFirst('ce_logits_ncp.npy');
    const options = { smoothing, classWeights: weighted ? reference.class_weights : null };
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => crossEntropy(x as tf.Tensor3D, reference.labels, options))(logits);
    expect(Math.abs((await scalar(value)) - reference[name]!)).toBeLessThan(LOSS_TOLERANCE);
    await expectClose(grad, await partsFirst(gradient));
  });

  it('triplet', async () => {
    const reference = await readJson<{ ids: number[]; margin: number; loss: number }>('triplet.json');
    const embeddings = await partsFirst('triplet_embed_ncp.npy');
    const loss = (x: tf.Tensor) => tripletLoss(x as tf.Tensor3D, reference.ids, { margin: reference.margin });
    const { value, grad } = tf.valueAndGrad(loss)(embeddings);
    expect(Math.abs((await scalar(value)) - reference.loss)).toBeLessThan(LOSS_TOLERANCE);
    await expectClose(grad, await partsFirst('triplet_grad.npy'));
  });
});

describe.each<EngineName>(['cpu', 'native', 'wasm'])('triplet loss on the %s engine', (engine) => {
  beforeAll(() => startEngine(engine));

  it('has PyTorch’s gradient where two clips coincide and every anchor is its own positive', async () => {
    // The references' clips lie so far apart that neither a distance of 0 nor an anchor with itself counts. Every square here is exact.
    const embeddings = tf.tensor3d([0, 0, 0, 0, 0.125, 0, 0, 0.5], [1, 4, 2]);
    const loss = (x: tf.Tensor) => tripletLoss(x as tf.Tensor3D, [0, 0, 1, 1], { margin: 0.2 });
    const { value, grad } = tf.valueAndGrad(loss)(embeddings);
    expect(Math.abs((await scalar(value)) - 0.20615528)).toBeLessThan(1e-6);
    const expected = [0.4, 0.1, 0.4, 0.1, -0.70298575, -0.388057, -0.09701425, 0.188057];
    await expectClose(grad, tf.tensor3d(expected, [1, 4, 2]));
  });
});

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await readFixture(`losses/${file}`))) as T;
}

/** OpenGait's [clips, features, parts] as the network has it: [parts, clips, features]. */
async function partsFirst(file: string): Promise<tf.Tensor3D> {
  const array = readNpy(await readFixture(`losses/${file}`));
  return tf.transpose(tf.tensor3d(toFloat32(array), array.shape as [number, number, number]), [2, 0, 1]);
}

async function scalar(tensor: tf.Tensor): Promise<number> {
  return (await tensor.data())[0]!;
}

/** The gradients' Euclidean distance, relative to the length of what is expected. */
async function expectClose(got: tf.Tensor, want: tf.Tensor): Promise<void> {
  const distance = tf.div(tf.norm(tf.sub(got, want)), tf.norm(want));
  expect(await scalar(distance)).toBeLessThan(GRADIENT_TOLERANCE);
}
