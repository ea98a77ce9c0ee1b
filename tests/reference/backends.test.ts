/** Each backend starts, is the one that computes, and computes a product right. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { eachBackend } from '../backends.ts';

eachBackend((name) => {
  it('multiplies matrices', async () => {
    expect(tf.getBackend()).toBe(name);
    const product = tf.tidy(() => {
      const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      const b = tf.tensor2d([7, 8, 9, 10, 11, 12], [3, 2]);
      return tf.matMul(a, b);
    });
    expect([...(await product.data())]).toEqual([58, 64, 139, 154]);
    product.dispose();
  });
});
