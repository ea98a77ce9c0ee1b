/** The engines on onnxruntime: same bits every time, values that stay what they were, threads that may not start. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startEngine, type EngineName } from '../../../trainer/engines/engine.ts';
import { ArrayPool } from '../../../trainer/engines/onnx/arrayPool.ts';
import { inChunks } from '../../../trainer/engines/onnx/inChunks.ts';
import type { Runtime } from '../../../trainer/engines/onnx/runtime.ts';
import { openWithThreads } from '../../../trainer/engines/wasm.ts';
import { batchNorm } from '../../../trainer/kernels/batchNorm.ts';

describe.each<EngineName>(['native', 'wasm'])('the %s engine', (engine) => {
  it('computes the same bits every time', async () => {
    await startEngine(engine);
    expect(await blockGradient()).toEqual(await blockGradient());
  });

  it('leaves values that were read as they were, though the memory behind them is used again', async () => {
    await startEngine(engine);
    const filter = tf.ones([1, 1, 4, 4]) as tf.Tensor4D;
    const first = tf.conv2d(tf.ones([2, 8, 8, 4]) as tf.Tensor4D, filter, 1, 0);
    const read = await first.data();
    first.dispose();
    await tf.conv2d(tf.zeros([2, 8, 8, 4]) as tf.Tensor4D, filter, 1, 0).data();
    expect(new Set(read)).toEqual(new Set([4]));
  });

  it('gives what is no number on, also through a maximum', async () => {
    await startEngine(engine);
    expect([...(await tf.max(tf.tensor2d([1, NaN, 3, 2], [2, 2]), 0).data())]).toEqual([3, NaN]);
    expect([...(await tf.max(tf.tensor2d([NaN, 2, 1, 3], [2, 2]), 0).data())]).toEqual([NaN, 3]);
  });

  it('says how many threads it has', async () => {
    const { description } = await startEngine(engine);
    expect(description).toMatch(/\b(one thread|\d+ threads)\b/);
  });
});

/** Gradient of a filter through a convolution, a batch norm and a sum, of several chunks of frames. */
async function blockGradient(): Promise<Float32Array> {
  const x = tf.randomNormal([30, 32, 32, 64], 0, 1, 'float32', 1) as tf.Tensor4D;
  const filter = tf.randomNormal([3, 3, 64, 16], 0, 1, 'float32', 2) as tf.Tensor4D;
  const [scale, shift] = [tf.ones([16]) as tf.Tensor1D, tf.zeros([16]) as tf.Tensor1D];
  const gradient = tf.grad((weights: tf.Tensor) => {
    const y = tf.conv2d(x, weights as tf.Tensor4D, 1, 1);
    return tf.sum(tf.square(tf.sub(batchNorm(y, scale, shift, { epsilon: 1e-5, relu: true }).y, 1)));
  })(filter);
  return (await gradient.data()) as Float32Array;
}

describe('threads of WebAssembly', () => {
  const runtime = {} as Runtime;

  it('are as many as asked for', async () => {
    expect(await openWithThreads(3, () => Promise.resolve(runtime))).toEqual({ runtime, threads: 3, note: '' });
  });

  it('are one where more do not start, and the note says why', async () => {
    const open = (threads: number) => (threads > 1 ? Promise.reject(new Error('no workers here')) : Promise.resolve(runtime));
    const { threads, note } = await openWithThreads(3, open);
    expect(threads).toBe(1);
    expect(note).toContain('3 did not start: no workers here');
  });

  it('are an error where not even one starts', async () => {
    await expect(openWithThreads(2, () => Promise.reject(new Error('no WebAssembly')))).rejects.toThrow('no WebAssembly');
  });
});

describe('inChunks', () => {
  it('covers every frame once and in order, whatever their number and size', () => {
    const sizes = { frames: fc.integer({ min: 1, max: 40 }), valuesPerFrame: fc.constantFrom(7, 100_000, 400_000, 2_000_000) };
    fc.assert(
      fc.property(fc.record(sizes), ({ frames, valuesPerFrame }) => {
        const array = Float32Array.from({ length: frames * 3 }, (_, index) => index);
        const seen: number[] = [];
        inChunks(frames, valuesPerFrame, (chunk) => {
          expect(chunk.of(array)).toHaveLength(chunk.frames * 3);
          seen.push(...chunk.of(array));
        });
        expect(seen).toEqual([...array]);
      }),
    );
  });
});

describe('ArrayPool', () => {
  it('gives an array back to whoever asks for nearly as much', () => {
    const pool = new ArrayPool();
    const first = pool.take(1000);
    pool.give(first);
    expect(pool.take(1001).buffer).toBe(first.buffer);
    expect(pool.take(1001).buffer).not.toBe(first.buffer);
  });

  it('never hands out less than is asked for, nor one array twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 30 }), (lengths) => {
        const pool = new ArrayPool();
        const taken = lengths.map((length) => pool.take(length));
        taken.forEach((array, index) => expect(array).toHaveLength(lengths[index]!));
        expect(new Set(taken.map((array) => array.buffer)).size).toBe(lengths.length);
        taken.forEach((array) => pool.give(array));
      }),
    );
  });
});
