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

/** A product with a side that is broadcast. */
const product = (name: string, a: number[], b: number[]): Case => ({
  name: `product, ${name}`,
  inputs: [
    { shape: a, seed: 9 },
    { shape: b, seed: 10 },
  ],
  run: ([x, y]) => tf.mul(x!, y!),
});

/** What follows a convolution sees its output in planes. */
const behindConvolution = (name: string, run: (y: tf.Tensor4D, vector: tf.Tensor1D) => tf.Tensor): Case => ({
  name: `behind a convolution: ${name}`,
  inputs: [
    { shape: [6, 5, 4, 3], seed: 11 },
    { shape: [3, 3, 3, 3], seed: 12 },
    { shape: [3], seed: 13 },
  ],
  run: ([x, filter, vector]) =>
    tf.add(run(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 1), vector as tf.Tensor1D), tf.sum(vector!)),
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
  product('same shapes', [2, 3, 4], [2, 3, 4]),
  product('a scalar', [2, 3, 4], []),
  product('a vector along the last axis', [2, 3, 4], [4]),
  product('both broadcast', [2, 3, 1, 5], [2, 1, 4, 1]),
  product('an axis in the middle', [2, 1, 4], [2, 3, 4]),
  { name: 'mean over two axes', inputs: [{ shape: [3, 4, 5, 2], seed: 14 }], run: ([x]) => tf.mean(x!, [1, 2]) },
  { name: 'sum over axes apart', inputs: [{ shape: [3, 4, 5, 2], seed: 15 }], run: ([x]) => tf.sum(x!, [0, 2]) },
  behindConvolution('residual and ReLU', (y) => tf.relu(tf.add(y, tf.square(y)))),
  behindConvolution('a scale and a shift for each channel', (y, vector) => tf.add(tf.mul(y, vector), vector)),
  behindConvolution('batch norm and a second convolution', (y, vector) => {
    const { y: normalised } = batchNorm(y, vector, vector, { epsilon: 1e-5, relu: true });
    return tf.conv2d(normalised, tf.ones([1, 1, 3, 2]) as tf.Tensor4D, 2, 0);
  }),
  behindConvolution('the maximum over frames', (y) => firstMaximum(tf.reshape(y, [2, 3, 60]))),
  behindConvolution('the maximum over pixels', (y) => firstMaximum(tf.reshape(y, [6, 20, 3]))),
  behindConvolution('another order of axes', (y) => tf.transpose(y, [3, 0, 1, 2])),
  {
    name: 'a convolution of more frames than are computed at once',
    inputs: [
      { shape: [21, 40, 40, 32], seed: 16 },
      { shape: [3, 3, 32, 8], seed: 17 },
    ],
    run: ([x, filter]) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 1),
  },
];

/** Output and gradients of Σ output², all as plain numbers. */
async function compute(engine: EngineName, { inputs, run }: Case): Promise<number[][]> {
  await startEngine(engine);
  const tensors = inputs.map(({ shape, seed }) => tf.randomNormal(shape, 0, 1, 'float32', seed));
  const gradients = tf.grads((...given: tf.Tensor[]) => tf.sum(tf.square(run(given))))(tensors);
  return Promise.all([run(tensors), ...gradients].map(async (tensor) => [...(await tensor.data())]));
}

/** What plain JavaScript computes of each case, once for both engines: it takes its time. */
const expectations = new Map<Case, number[][]>();

describe.each<EngineName>(['native', 'wasm'])('the %s engine', (engine) => {
  it.each(CASES)('computes $name as plain JavaScript does', async (given) => {
    const expected = expectations.get(given) ?? (await compute('cpu', given));
    expectations.set(given, expected);
    const got = await compute(engine, given);
    got.forEach((values, index) => {
      const largest = (all: number[]) => all.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const differences = values.map((value, at) => value - expected[index]![at]!);
      expect(largest(differences) / Math.max(largest(expected[index]!), 1)).toBeLessThan(1e-5);
    });
  });

  it('gives the gradient of a tie to the first place alone', async () => {
    await startEngine(engine);
    const tied = tf.tensor3d([2, 1, 2, 3, 2, 3], [1, 3, 2]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(firstMaximum(x as tf.Tensor3D)))(tied);
    expect([...(await gradient.data())]).toEqual([1, 0, 0, 1, 0, 0]);
  });
});
