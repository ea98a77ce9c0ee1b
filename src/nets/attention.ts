/**
 * PAV-guided attention (PGA), what a DRF adds to a ScoNet: the walk's postural asymmetry vector says how much each channel and each
 * horizontal part counts. Two encoders: a linear layer from all 24 numbers to the channels, and one over the three measures of each pair
 * (a convolution of width 1), whose eight values, from head to feet, are stretched to the parts. Each goes through a sigmoid, and features
 * are multiplied with both; there is no residual.
 *
 * The authors' code is not public; this form is that of the DRF figure and of the one public re-implementation (domain facts §5.2).
 */
import * as tf from '@tensorflow/tfjs-core';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS } from '../gait/asymmetry.ts';
import { PGA_CHANNEL, PGA_SPATIAL } from './parameters.ts';

export interface AttentionLayers {
  /** [channels, 24] and [channels]. */
  channelWeight: tf.Tensor2D;
  channelBias: tf.Tensor1D;
  /** [1, 3, 1] and [1]. */
  spatialWeight: tf.Tensor3D;
  spatialBias: tf.Tensor1D;
}

/** PGA's layers out of a network's parameters by name. */
export function attentionLayers(parameter: (name: string) => tf.Tensor): AttentionLayers {
  return {
    channelWeight: parameter(`${PGA_CHANNEL}.weight`) as tf.Tensor2D,
    channelBias: parameter(`${PGA_CHANNEL}.bias`) as tf.Tensor1D,
    spatialWeight: parameter(`${PGA_SPATIAL}.weight`) as tf.Tensor3D,
    spatialBias: parameter(`${PGA_SPATIAL}.bias`) as tf.Tensor1D,
  };
}

/** Normalised vectors [clips, 8, 3] → the factor of every feature, [parts, clips, channels]. */
export function attentionWeights(asymmetry: tf.Tensor3D, layers: AttentionLayers, parts: number): tf.Tensor3D {
  const [clips] = asymmetry.shape;
  const all = tf.reshape(asymmetry, [clips, ASYMMETRY_LENGTH]);
  const channel = tf.sigmoid(tf.add(tf.matMul(all, layers.channelWeight, false, true), layers.channelBias)); // [clips, channels]
  const measures = tf.reshape(asymmetry, [clips * JOINT_PAIRS.length, ASYMMETRY_METRICS.length]);
  const weight = tf.reshape(layers.spatialWeight, [ASYMMETRY_METRICS.length, 1]);
  const pairs = tf.reshape(tf.add(tf.matMul(measures, weight), layers.spatialBias), [clips, JOINT_PAIRS.length]);
  const spatial = tf.sigmoid(tf.matMul(stretch(JOINT_PAIRS.length, parts), pairs, false, true)); // [parts, clips]
  return tf.mul(tf.expandDims(spatial, 2), tf.expandDims(channel, 0)) as tf.Tensor3D;
}

/** Linear interpolation of `from` values to `to`, as PyTorch's `interpolate(mode='linear', align_corners=False)`: a matrix [to, from]. */
export function stretchMatrix(from: number, to: number): number[][] {
  return Array.from({ length: to }, (_, index) => {
    const place = Math.max(0, ((index + 0.5) * from) / to - 0.5);
    const low = Math.min(Math.floor(place), from - 1);
    const high = Math.min(low + 1, from - 1);
    const share = place - low;
    const row = new Array<number>(from).fill(0);
    row[low]! += 1 - share;
    row[high]! += share;
    return row;
  });
}

function stretch(from: number, to: number): tf.Tensor2D {
  return tf.tensor2d(stretchMatrix(from, to));
}
