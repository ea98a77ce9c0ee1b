/**
 * The second stage of training: the head on whole walks, with the backbone frozen. Training passes see few frames of each walk, for
 * their cost; the maximum over a whole walk is systematically larger, and the head has to learn it as it will meet it. Features
 * are computed once, so the many small steps cost next to nothing.
 */
import * as tf from '@tensorflow/tfjs-core';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ScoNetArchitecture } from '../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { drawWalks, type WalkSet } from '../evaluate/walks.ts';
import { crossEntropy, tripletLoss } from './losses.ts';
import { AdamW } from './optimisers.ts';
import { cosine } from './schedules.ts';
import { TrainableNetwork } from './trainableNetwork.ts';

export interface HeadOptions {
  walks: WalkSet;
  clips: number;
  iterations: number;
  learningRate: { peak: number; floor: number; warmUp: number };
  weightDecay: number;
  labelSmoothing: number;
  triplet: { weight: number; margin: number };
  seed: number;
}

/** Returns the parameters with a new head; the backbone's are those given. */
export async function tuneHead(
  architecture: ScoNetArchitecture,
  parameters: Parameters,
  options: HeadOptions,
  report: (stage: 'features' | 'steps', done: number, of: number, loss?: number) => void,
): Promise<Parameters> {
  const { features, labels } = await walkFeatures(architecture, parameters, options.walks, (done) =>
    report('features', done, options.walks.people),
  );
  const network = new TrainableNetwork(architecture, parameters);
  const variables = network.trainableHead;
  const optimiser = new AdamW({ betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: options.weightDecay });
  const generator = xoroshiro128plus(options.seed);
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const chosen = Array.from({ length: options.clips }, () => uniformInt(generator, 0, labels.length - 1));
    const chosenLabels = chosen.map((index) => labels[index]!);
    const loss = tf.tidy(() => {
      const pooled = tf.gather(features, tf.tensor1d(chosen, 'int32'), 1);
      const { value, grads } = tf.variableGrads(() => {
        const { embedding, logits } = network.forwardPooled(pooled);
        const entropy = crossEntropy(logits, chosenLabels, { smoothing: options.labelSmoothing, classWeights: null });
        const triplets = tripletLoss(embedding, chosenLabels, { margin: options.triplet.margin });
        return tf.add(entropy, tf.mul(triplets, options.triplet.weight)) as tf.Scalar;
      }, [...variables.values()]);
      const gradients = Object.fromEntries([...variables].map(([name, variable]) => [name, grads[variable.name]!]));
      optimiser.step(variables, gradients, cosine(iteration, { ...options.learningRate, iterations: options.iterations }));
      return value;
    });
    network.updateRunningStatistics();
    const [value = NaN] = await loss.data();
    loss.dispose();
    if (!Number.isFinite(value)) throw new Error(`The loss of the head's iteration ${iteration} is no number.`);
    report('steps', iteration + 1, options.iterations, value);
  }
  const tuned = await network.parameters();
  network.dispose();
  features.dispose();
  return tuned;
}

/** Pooled features of whole walks, [parts, walks, features], through the frozen backbone. */
async function walkFeatures(
  architecture: ScoNetArchitecture,
  parameters: Parameters,
  set: WalkSet,
  report: (done: number) => void,
): Promise<{ features: tf.Tensor3D; labels: number[] }> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const pooled: tf.Tensor3D[] = [];
  const labels: number[] = [];
  for (const { maps, label } of drawWalks(set)) {
    const walk = classifier.begin();
    walk.push(maps);
    const features = walk.takeFeatures();
    pooled.push(tf.tidy(() => classifier.pooledFeatures(features)));
    features.dispose();
    labels.push(label);
    report(labels.length);
    // Lets timers and signals through between two walks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  classifier.dispose();
  const features = tf.concat(pooled, 1);
  tf.dispose(pooled);
  return { features, labels };
}
