/**
 * Which part of a walk moved its result: the walk without each of a dozen stretches, compared with the whole. The network takes the maximum
 * over the frames, so leaving a stretch out is exact and costs no pass through the backbone: the maxima of the others are there already.
 *
 * A DRF's asymmetry vector is the whole walk's and stays: what is left out are pictures of the body, not measurements of it.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Stretches of a walk: of ten seconds, less than a second each. Always as many, so that a graphics card keeps one set of shaders. */
export const STRETCHES = 12;

/** Some consecutive frames. */
export interface Stretch {
  /** Index of the first frame, and of the first one after the stretch. */
  from: number;
  to: number;
}

/**
 * Divides chunks of frames among at most {@link STRETCHES} stretches of about the same length; fewer where there are fewer chunks. Each
 * stretch with its chunks, by index from `first` to before `last`.
 */
export function divide(chunks: number, chunkFrames: number, frames: number): (Stretch & { first: number; last: number })[] {
  const count = Math.min(STRETCHES, chunks);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * chunks) / count);
    const last = Math.floor(((index + 1) * chunks) / count);
    return { first, last, from: first * chunkFrames, to: Math.min(last * chunkFrames, frames) };
  });
}

/**
 * The maximum over all stretches but one, for each of them: [n, height, width, features] from n tensors [1, height, width, features], filled
 * up to {@link STRETCHES} with the maximum over all. A single stretch can't be left out, and gives the whole. The caller's to dispose of.
 */
export function maximaWithoutEach(stretches: readonly tf.Tensor4D[]): tf.Tensor4D {
  return tf.tidy(() => {
    const n = stretches.length;
    const before = running(stretches);
    const after = running([...stretches].reverse()).reverse();
    const all = before[n - 1]!;
    const without = stretches.map((_, index) => {
      const [left, right] = [before[index - 1], after[index + 1]];
      return left && right ? tf.maximum(left, right) : (left ?? right ?? all);
    });
    const filled = [...without, ...Array<tf.Tensor>(STRETCHES - n).fill(all)];
    return tf.concat(filled as tf.Tensor4D[], 0);
  });
}

/** The maximum over the first, the first two, and so on. */
function running(stretches: readonly tf.Tensor4D[]): tf.Tensor[] {
  const maxima: tf.Tensor[] = [];
  for (const stretch of stretches) {
    const before = maxima.at(-1);
    maxima.push(before ? tf.maximum(before, stretch) : stretch);
  }
  return maxima;
}
