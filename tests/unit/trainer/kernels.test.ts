/** The trainer's own kernels: what the fast engines compute is what plain JavaScript computes, gradients included. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startEngine, type EngineName } from '../../../trainer/engines/engine.ts';
import { batchNorm } from '../../../trainer/kernels/batchNorm.ts';
import { firstMaximum } from '../../../trainer/kernels/firstMaximum.ts';

interface Case {
  name: string;
  inputs: { shape: number[]; seed: number }[];
  run: (inputs: tf.Tensor[]) => tf.Tensor;
}

const convolution = (kernel: 1 | 3, stride: 1 | 2): Case => ({
  name: `convolution ${kernel}×${kernel}, stride ${stride}`,
  inputs: [
    { shape: [3, 8, 6, 4], seed: 1 },
    { shape: [kernel, kernel, 4, 5], seed: 2 },
  ],
  run: ([x, filter]) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, kernel === 3 ? 1 : 0),
});

const norm = (relu: boolean): Case => ({
  name: `batch norm${relu ? ' with ReLU' : ''}`,
  inputs: [
    { shape: [6, 5, 4, 3], seed: 3 },
    { shape: [3], seed: 4 },
    { shape: [3], seed: 5 },
  ],
  run: ([x, scale, shift]) => batchNorm(x!, scale as tf.Tensor1D, shift as tf.Tensor1D, { epsilon: 1e-5, relu }).y,
});

const CASES: Case[] = [
  convolution(3, 1),
  convolution(3, 2),
  convolution(1, 1),
  convolution(1, 2),
  norm(false),
  norm(true),
  { name: 'first maximum', inputs: [{ shape: [4, 5, 6], seed: 6 }], run: ([x]) => firstMaximum(x as tf.Tensor3D) },
  {
    name: 'matrix products with a side transposed',
    inputs: [
      { shape: [3, 4, 5], seed: 7 },
      { shape: [3, 6, 5], seed: 8 },
    ],
    run: ([a, b]) => tf.matMul(a!, b!, false, true),
  },
];

/** Output and gradients of Σ output², all as plain numbers. */
async function compute(engine: EngineName, { inputs, run }: Case): Promise<number[][]> {
  await startEngine(engine);
  const tensors = inputs.map(({ shape, seed }) => tf.randomNormal(shape, 0, 1, 'float32', seed));
  const gradients = tf.grads((...given: tf.Tensor[]) => tf.sum(tf.square(run(given))))(tensors);
  return Promise.all([run(tensors), ...gradients].map(async (tensor) => [...(await tensor.data())]));
}

describe.each<EngineName>(['native', 'wasm'])('the %s engine', (engine) => {
  it.each(CASES)('computes $name as plain JavaScript does', async (given) => {
    const expected = await compute('cpu', given);
    const got = await compute(engine, given);
    got.forEach((values, index) => {
      const size = Math.max(...expected[index]!.map(Math.abs), 1);
      values.forEach((value, at) => expect(Math.abs(value - expected[index]![at]!) / size).toBeLessThan(1e-5));
    });
  });

  it('gives the gradient of a tie to the first place alone', async () => {
    await startEngine(engine);
    const tied = tf.tensor3d([2, 1, 2, 3, 2, 3], [1, 3, 2]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(firstMaximum(x as tf.Tensor3D)))(tied);
    expect([...(await gradient.data())]).toEqual([1, 0, 0, 1, 0, 0]);
  });
});
