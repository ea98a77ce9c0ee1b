/**
 * The neck's batch norm with the statistics of whole walks. Training passes see few frames of each walk, for their cost, and the maximum
 * over a whole walk is systematically larger: with the statistics of training every class is shifted, and most walks come out as the
 * middle one. Nothing else changes; the mean and variance are those of all the walks at once, instead of a running share of batches
 * ("precise batch norm", Wu and Johnson 2021, arXiv 2105.07576).
 */
import * as tf from '@tensorflow/tfjs-core';
import { normaliseAsymmetry } from '../../src/gait/asymmetry.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import { NECK_NORM, type Parameters } from '../../src/nets/parameters.ts';
import { parameterArray } from '../../src/nets/tensors.ts';
import { readClipData } from '../data/clipData.ts';
import type { ClipEntry } from '../data/dataset.ts';
import type { JudgedModel } from '../evaluate/judge.ts';

/** Returns the parameters with new running statistics of the neck, null where `signal` stopped it. Needs at least two walks. */
export async function settleNeck(
  model: JudgedModel,
  clips: readonly ClipEntry[],
  signal: AbortSignal,
): Promise<Parameters | null> {
  if (clips.length < 2) throw new Error('The statistics of the neck need at least two walks.');
  const embeddings = await walkEmbeddings(model, clips, signal);
  if (embeddings === null) return null;
  const { mean, variance } = tf.tidy(() => {
    const { mean, variance } = tf.moments(featureRows(embeddings), 0);
    // PyTorch keeps the unbiased variance.
    return { mean, variance: tf.mul(variance, clips.length / (clips.length - 1)) };
  });
  embeddings.dispose();
  const settled: Parameters = new Map(model.parameters);
  settled.set(`${NECK_NORM}.running_mean`, await parameterArray(mean));
  settled.set(`${NECK_NORM}.running_var`, await parameterArray(variance));
  tf.dispose([mean, variance]);
  return settled;
}

/** [parts, walks, embedding] → [walks, embedding·parts], in the order in which the neck's batch norm counts its features. */
function featureRows(embeddings: tf.Tensor3D): tf.Tensor2D {
  const [parts, walks, embedding] = embeddings.shape;
  return tf.reshape(tf.transpose(embeddings, [1, 2, 0]), [walks, embedding * parts]);
}

/** What the neck is given for each whole walk: [parts, walks, embedding]. */
async function walkEmbeddings(
  { architecture, parameters, input, asymmetryRange }: JudgedModel,
  clips: readonly ClipEntry[],
  signal: AbortSignal,
): Promise<tf.Tensor3D | null> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const embeddings: tf.Tensor3D[] = [];
  for (const clip of clips) {
    if (signal.aborted) break;
    const { frames, asymmetry } = await readClipData(clip, input);
    const walk = classifier.begin();
    walk.push(frames);
    const features = walk.takeFeatures();
    const vector = asymmetryRange && asymmetry && normaliseAsymmetry(asymmetry, asymmetryRange);
    embeddings.push(classifier.walkEmbedding(features, vector));
    features.dispose();
    // Lets timers and signals through between two walks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  classifier.dispose();
  const all = signal.aborted ? null : tf.concat(embeddings, 1);
  tf.dispose(embeddings);
  return all;
}
