/**
 * ScoNet (MICCAI 2024), written once for the app and the trainer: a ResNet9 on every frame, the maximum over the frames,
 * 16 horizontal parts, a linear layer for each part, and a batch-norm neck whose logits are cosines. DRF (2025) is the same with
 * attention before or after the part layers (`attention.ts`).
 *
 * What differs between evaluation and training is how a convolution is normalised (folded into the weights, or by the batch's
 * own statistics); that is handed in as {@link Layers}. tfjs's layout is used throughout: [frames, height, width, channels].
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { attentionWeights, type AttentionLayers } from './attention.ts';
import { backboneSpec, type ConvNormSpec } from './parameters.ts';

/** What the cosines are multiplied by before the softmax in training (OpenGait). */
export const LOGIT_SCALE = 16;

/** The learned operations. Each is linear up to its normalisation; the activations are the network's own. */
export interface Layers {
  /** Convolution and batch norm. */
  convNorm(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D;
  /** Convolution, batch norm and ReLU. */
  convNormRelu(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D;
  /** The maximum over the places of [groups, places, values]; training has an opinion on its gradient. */
  maximum(x: tf.Tensor3D): tf.Tensor2D;
  /** [parts, clips, features] → [parts, clips, embedding], a matrix for each part. */
  partFcs(x: tf.Tensor3D): tf.Tensor3D;
  /** Batch norm over every (part, channel) of [parts, clips, embedding]. */
  neckNorm(x: tf.Tensor3D): tf.Tensor3D;
  /** The neck's matrices [parts, embedding, classes]. */
  neckFcs(): tf.Tensor3D;
  /** PGA's two encoders; asked for only where the architecture has them. */
  attention(): AttentionLayers;
}

/** The backbone: [frames, 64, 44, channels] → [frames, 16, 11, widths[3]]. */
export function frameFeatures(x: tf.Tensor4D, layers: Layers, architecture: Architecture): tf.Tensor4D {
  const { stem, blocks } = backboneSpec(architecture);
  return blocks.reduce(
    (input, { first, second, shortcut }) => {
      const residual = layers.convNorm(layers.convNormRelu(input, first), second);
      return tf.relu(tf.add(residual, shortcut ? layers.convNorm(input, shortcut) : input));
    },
    layers.convNormRelu(x, stem),
  );
}

/**
 * Horizontal pooling: [clips, 16, 11, features], already the maximum over the frames, → [parts, clips, features],
 * mean plus maximum over each strip.
 */
export function poolParts(walk: tf.Tensor4D, layers: Layers, { parts }: Architecture): tf.Tensor3D {
  const [clips, height, width, features] = walk.shape;
  const strips: tf.Tensor3D = tf.reshape(walk, [clips * parts, (height / parts) * width, features]);
  const pooled = tf.add(tf.mean(strips, 1), layers.maximum(strips));
  return tf.transpose(tf.reshape(pooled, [clips, parts, features]), [1, 0, 2]);
}

export interface HeadOutput {
  /** `embed_1` of OpenGait, what the triplet loss sees: [parts, clips, embedding]; with attention where it comes after the part FCs. */
  embedding: tf.Tensor3D;
  /** Cosines in [−1, 1]: [parts, clips, classes]. */
  logits: tf.Tensor3D;
}

/**
 * [parts, clips, features] → embeddings and logits.
 * @param asymmetry the normalised asymmetry vectors [clips, 8, 3], which a DRF needs and a ScoNet doesn't look at. Throws a RangeError
 * where a DRF gets none.
 */
export function head(
  pooled: tf.Tensor3D,
  layers: Layers,
  architecture: Architecture,
  asymmetry: tf.Tensor3D | null = null,
): HeadOutput {
  const attend = (x: tf.Tensor3D, place: 'before-fcs' | 'after-fcs') => {
    if (architecture.network !== 'drf' || architecture.attention !== place) return x;
    if (!asymmetry) throw new RangeError('A DRF needs the postural asymmetry vector of each walk.');
    return tf.mul(x, attentionWeights(asymmetry, layers.attention(), architecture.parts)) as tf.Tensor3D;
  };
  const embedding = attend(layers.partFcs(attend(pooled, 'before-fcs')), 'after-fcs');
  const logits = tf.matMul(unitLength(layers.neckNorm(embedding), 2), unitLength(layers.neckFcs(), 1));
  return { embedding, logits: logits as tf.Tensor3D };
}

/** Divides by the Euclidean length along an axis, floored as PyTorch's `normalize` does. */
function unitLength(x: tf.Tensor3D, axis: number): tf.Tensor3D {
  const length = tf.sqrt(tf.sum(tf.square(x), axis, true));
  return tf.div(x, tf.maximum(length, 1e-12));
}
