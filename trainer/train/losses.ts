/** The two losses of ScoNet-MT: cross-entropy on cosine logits, and a batch-all triplet loss on the embeddings, part by part. */
import * as tf from '@tensorflow/tfjs-core';
import { LOGIT_SCALE } from '../../src/nets/sconet.ts';

export interface CrossEntropyOptions {
  /** Share of the target spread over all classes; OpenGait smooths by 0.1 unless told otherwise. */
  smoothing: number;
  /** One weight a class; null = all equal. */
  classWeights: readonly number[] | null;
  /** What the cosines are multiplied by; the networks' own scale unless told otherwise. */
  scale?: number;
}

/**
 * Mean over clips and parts of the smoothed cross-entropy, as PyTorch's CrossEntropyLoss computes it: with class weights, both
 * sums are weighted and divided by the total weight of the targets.
 * @param logits cosines [parts, clips, classes]
 */
export function crossEntropy(logits: tf.Tensor3D, labels: readonly number[], options: CrossEntropyOptions): tf.Scalar {
  const classes = logits.shape[2];
  const weights = options.classWeights ?? new Array<number>(classes).fill(1);
  const { smoothing } = options;
  // Target and smoothing share one matrix of weights [clips, classes], so the loss is one product with the log-probabilities.
  const targets = labels.flatMap((label) =>
    weights.map((weight, k) => weight * ((k === label ? 1 - smoothing : 0) + smoothing / classes)),
  );
  const total = labels.reduce((sum, label) => sum + (weights[label] ?? 0), 0) * logits.shape[0];
  const logProbabilities = tf.logSoftmax(tf.mul(logits, options.scale ?? LOGIT_SCALE));
  return tf.neg(tf.div(tf.sum(tf.mul(logProbabilities, tf.tensor2d(targets, [labels.length, classes]))), total)) as tf.Scalar;
}

export interface TripletOptions {
  margin: number;
}

/**
 * Batch-all triplet loss on Euclidean distances: every anchor with every clip of the same label (itself included) and every clip of
 * another; per part the mean over the terms that are not zero, then the mean over parts (OpenGait's TripletLoss).
 * @param embeddings [parts, clips, embedding]
 * @param labels what counts as the same: identities or classes, one a clip
 */
export function tripletLoss(embeddings: tf.Tensor3D, labels: readonly number[], { margin }: TripletOptions): tf.Scalar {
  const clips = labels.length;
  const distances = pairwiseDistances(embeddings);
  const same = labels.flatMap((a) => labels.map((b) => (a === b ? 1 : 0)));
  const positives = tf.tensor4d(same, [1, clips, clips, 1]);
  const negatives = tf.sub(1, tf.tensor4d(same, [1, clips, 1, clips]));
  const gaps = tf.add(tf.sub(tf.expandDims(distances, 3), tf.expandDims(distances, 2)), margin);
  const terms = tf.mul(tf.relu(gaps), tf.mul(positives, negatives));
  const counts = tf.sum(tf.step(terms), [1, 2, 3]);
  return tf.mean(tf.div(tf.sum(terms, [1, 2, 3]), tf.maximum(counts, 1))) as tf.Scalar;
}

/** |x − y| for all pairs, [parts, clips, clips]; the gradient at distance 0 is 0, where the square root has none. */
function pairwiseDistances(x: tf.Tensor3D): tf.Tensor3D {
  const squares = tf.sum(tf.square(x), 2, true);
  const squared = tf.sub(tf.add(squares, tf.transpose(squares, [0, 2, 1])), tf.mul(tf.matMul(x, x, false, true), 2));
  const apart = tf.step(squared);
  return tf.mul(tf.sqrt(tf.add(tf.mul(squared, apart), tf.sub(1, apart))), apart) as tf.Tensor3D;
}
