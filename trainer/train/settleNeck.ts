/**
 * The second stage of training: the neck's batch norm gets the statistics of whole walks. Training passes see few frames of each walk,
 * for their cost, and the maximum over a whole walk is systematically larger: with the statistics of training every class is shifted,
 * and most walks come out as the middle one. Nothing else changes; the mean and variance are those of all the walks at once, instead of
 * a running share of batches ("precise batch norm", Wu and Johnson 2021, arXiv 2105.07576).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import type { Architecture } from '../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import { NECK_NORM, type Parameters } from '../../src/nets/parameters.ts';
import { parameterArray } from '../../src/nets/tensors.ts';
import { drawWalks, mapsOf, type WalkSet } from '../evaluate/walks.ts';

/** Returns the parameters with new running statistics of the neck. `report` hears how many walks are done. */
export async function settleNeck(
  architecture: Architecture,
  parameters: Parameters,
  set: WalkSet,
  recipe: MapRecipe,
  report: (done: number) => void,
): Promise<Parameters> {
  const embeddings = await walkEmbeddings(architecture, parameters, set, recipe, report);
  const { mean, variance } = tf.tidy(() => {
    const { mean, variance } = tf.moments(featureRows(embeddings), 0);
    // PyTorch keeps the unbiased variance.
    return { mean, variance: tf.mul(variance, set.people / (set.people - 1)) };
  });
  embeddings.dispose();
  const settled: Parameters = new Map(parameters);
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
  architecture: Architecture,
  parameters: Parameters,
  set: WalkSet,
  recipe: MapRecipe,
  report: (done: number) => void,
): Promise<tf.Tensor3D> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const embeddings: tf.Tensor3D[] = [];
  for (const drawn of drawWalks(set)) {
    const walk = classifier.begin();
    walk.push(mapsOf(drawn, recipe));
    const features = walk.takeFeatures();
    embeddings.push(classifier.walkEmbedding(features));
    features.dispose();
    report(embeddings.length);
    // Lets timers and signals through between two walks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  classifier.dispose();
  const all = tf.concat(embeddings, 1);
  tf.dispose(embeddings);
  return all;
}
