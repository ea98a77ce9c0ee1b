/** The losses and their gradients against OpenGait's and PyTorch's own. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { startEngine, type EngineName } from '../../trainer/engines/engine.ts';
import { crossEntropy, tripletLoss } from '../../trainer/train/losses.ts';
import { absence, readFixture } from '../fixtures.ts';

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
    expect(await scalar(value)).toBeCloseTo(reference[name]!, 4);
    await expectClose(grad, await partsFirst(gradient), 1e-5);
  });

  it('triplet', async () => {
    const reference = await readJson<{ ids: number[]; margin: number; loss: number }>('triplet.json');
    const embeddings = await partsFirst('triplet_embed_ncp.npy');
    const loss = (x: tf.Tensor) => tripletLoss(x as tf.Tensor3D, reference.ids, { margin: reference.margin });
    const { value, grad } = tf.valueAndGrad(loss)(embeddings);
    expect(await scalar(value)).toBeCloseTo(reference.loss, 4);
    await expectClose(grad, await partsFirst('triplet_grad.npy'), 1e-5);
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

async function expectClose(got: tf.Tensor, want: tf.Tensor, tolerance: number): Promise<void> {
  const difference = await scalar(tf.max(tf.abs(tf.sub(got, want))));
  expect(difference).toBeLessThan(tolerance);
}
