/** One step: losses, gradients, optimiser. */
import * as tf from '@tensorflow/tfjs-core';
import { ASYMMETRY_METRICS, JOINT_PAIRS } from '../../src/gait/asymmetry.ts';
import { INPUT_HEIGHT, INPUT_WIDTH } from '../../src/nets/architecture.ts';
import type { Batch } from './batches.ts';
import type { TrainingConfig } from './config.ts';
import { crossEntropy, tripletLoss } from './losses.ts';
import type { Optimiser } from './optimisers.ts';
import { splitBatch } from './splitBatch.ts';
import type { TrainableNetwork } from './trainableNetwork.ts';

export interface StepFigures {
  loss: number;
  crossEntropy: number;
  triplet: number;
  /** Share of the batch's clips classified right. */
  accuracy: number;
}

export interface StepOptions extends Pick<TrainingConfig, 'loss' | 'sampler' | 'accumulate'> {
  /** Resolved weights of the classes; null = all equal. */
  classWeights: readonly number[] | null;
}

/**
 * Trains on one batch. With `accumulate` > 1 its gradients are the mean over that many parts, computed one after the other: less memory,
 * and not quite the same, since each part is normalised by its own statistics and its triplets are formed within it.
 */
export async function trainOn(
  batch: Batch,
  network: TrainableNetwork,
  optimiser: Optimiser,
  options: StepOptions,
  learningRate: number,
): Promise<StepFigures> {
  const parts = splitBatch(batch, options.accumulate, options.sampler.kind);
  const variables = network.trainable;
  let total: Record<string, tf.Tensor> | null = null;
  const rows: tf.Tensor[] = [];
  for (const part of parts) {
    const { gradients, row } = gradientsOf(part, network, variables, options);
    rows.push(row);
    network.updateRunningStatistics();
    total = total === null ? gradients : sum(total, gradients);
  }
  const gradients = parts.length === 1 ? total! : divided(total!, parts.length);
  optimiser.step(variables, gradients, learningRate);
  tf.dispose(gradients);
  const means = tf.tidy(() => tf.mean(tf.stack(rows), 0));
  tf.dispose(rows);
  const [loss = NaN, entropy = NaN, triplet = NaN, accuracy = NaN] = await means.data();
  means.dispose();
  return { loss, crossEntropy: entropy, triplet, accuracy };
}

function gradientsOf(
  { frames, counts, labels, identities, asymmetry }: Batch,
  network: TrainableNetwork,
  variables: ReadonlyMap<string, tf.Variable>,
  { loss, classWeights }: StepOptions,
): { gradients: Record<string, tf.Tensor>; row: tf.Tensor } {
  return tf.tidy(() => {
    const input = toFrames(frames, network.architecture.inChannels);
    const vectors = asymmetry && tf.tensor3d(asymmetry, [counts.length, JOINT_PAIRS.length, ASYMMETRY_METRICS.length]);
    let figures: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const { embedding, logits } = network.forward(input, counts, vectors);
      const { smoothing, scale, weight } = loss.crossEntropy;
      const entropy = crossEntropy(logits, labels, { smoothing, scale, classWeights });
      const compared = loss.triplet.labels === 'class' ? labels : identities;
      const triplets = tripletLoss(embedding, compared, { margin: loss.triplet.margin });
      const right = tf.equal(tf.argMax(tf.mean(logits, 0), 1), tf.tensor1d(labels, 'int32'));
      figures = [entropy, triplets, tf.mean(tf.cast(right, 'float32')) as tf.Scalar].map((scalar) => tf.keep(scalar));
      const weighed = tf.mul(entropy, weight);
      // Left out entirely at weight 0, so that a triplet loss that is no number can't spoil the rest.
      return (loss.triplet.weight === 0 ? weighed : tf.add(weighed, tf.mul(triplets, loss.triplet.weight))) as tf.Scalar;
    }, [...variables.values()]);
    const row = tf.stack([value, ...figures]);
    tf.dispose(figures);
    return { gradients: Object.fromEntries([...variables].map(([name, variable]) => [name, grads[variable.name]!])), row };
  });
}

function sum(one: Record<string, tf.Tensor>, other: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  const result = Object.fromEntries(Object.entries(one).map(([name, gradient]) => [name, tf.add(gradient, other[name]!)]));
  tf.dispose([one, other]);
  return result;
}

function divided(gradients: Record<string, tf.Tensor>, parts: number): Record<string, tf.Tensor> {
  const result = Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.div(gradient, parts)]));
  tf.dispose(gradients);
  return result;
}

/** Grey levels [n, channels, 64, 44] → values 0…1 as the network takes them, [n, 64, 44, channels]. */
function toFrames(levels: Uint8Array, channels: number): tf.Tensor4D {
  const planes = tf.tensor4d(
    Float32Array.from(levels, (level) => level / 255),
    [levels.length / (channels * INPUT_HEIGHT * INPUT_WIDTH), channels, INPUT_HEIGHT, INPUT_WIDTH],
  );
  return tf.transpose(planes, [0, 2, 3, 1]);
}
