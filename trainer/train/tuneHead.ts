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
import { fitScale } from '../evaluate/calibrate.ts';
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

/** Share of the walks (and so of the people) that are kept out of the steps and say when to stop. */
const HELD_OUT = 0.2;
const LOOK_EVERY = 10;
/** After this many passes less than a hundredth of the former running statistics is left. */
const SETTLING_PASSES = 60;

export interface HeadProgress {
  /** `start`: as given; `settled`: with the neck's statistics of whole walks; `steps`: after gradient steps. */
  stage: 'features' | 'start' | 'settled' | 'steps';
  done: number;
  of: number;
  /** Cross-entropy on the people kept out; null between two looks at it. */
  heldOutLoss: number | null;
}

/**
 * First gives the neck's batch norm the statistics of whole walks (without them every class is shifted, and most walks come out as
 * the middle one), then trains the head. Returns the parameters that did best on the people kept out of the steps; the backbone's
 * are those given.
 */
export async function tuneHead(
  architecture: ScoNetArchitecture,
  parameters: Parameters,
  options: HeadOptions,
  report: (progress: HeadProgress) => void,
): Promise<Parameters> {
  const { people } = options.walks;
  const walks = await walkFeatures(architecture, parameters, options.walks, (done) =>
    report({ stage: 'features', done, of: people, heldOutLoss: null }),
  );
  const learners = Math.round(people * (1 - HELD_OUT));
  const network = new TrainableNetwork(architecture, parameters);
  const optimiser = new AdamW({ betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: options.weightDecay });
  const generator = xoroshiro128plus(options.seed);
  const draw = () => Array.from({ length: options.clips }, () => uniformInt(generator, 0, learners - 1));
  let best = { parameters, loss: await heldOutLoss(architecture, parameters, walks, learners) };
  report({ stage: 'start', done: 0, of: options.iterations, heldOutLoss: best.loss });
  for (let pass = 0; pass < SETTLING_PASSES; pass++) settleStatistics(network, walks, draw());
  const settled = await network.parameters();
  best = { parameters: settled, loss: await heldOutLoss(architecture, settled, walks, learners) };
  report({ stage: 'settled', done: 0, of: options.iterations, heldOutLoss: best.loss });
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    await step(network, optimiser, walks, draw(), options, iteration);
    const done = iteration + 1;
    if (done % LOOK_EVERY !== 0) continue;
    const candidate = await network.parameters();
    const loss = await heldOutLoss(architecture, candidate, walks, learners);
    report({ stage: 'steps', done, of: options.iterations, heldOutLoss: loss });
    if (loss < best.loss) best = { parameters: candidate, loss };
  }
  network.dispose();
  walks.features.dispose();
  return best.parameters;
}

/** A training pass without a step: only the running statistics move. */
function settleStatistics(network: TrainableNetwork, { features }: WalkFeatures, chosen: number[]): void {
  tf.tidy(() => {
    network.forwardPooled(tf.gather(features, tf.tensor1d(chosen, 'int32'), 1));
  });
  network.updateRunningStatistics();
}

interface WalkFeatures {
  /** Pooled, [parts, walks, features]. */
  features: tf.Tensor3D;
  labels: number[];
}

async function step(
  network: TrainableNetwork,
  optimiser: AdamW,
  { features, labels }: WalkFeatures,
  chosen: number[],
  options: HeadOptions,
  iteration: number,
): Promise<void> {
  const variables = network.trainableHead;
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
}

/**
 * Cross-entropy, in evaluation mode, on the walks from `first` on, at the scale that suits them best: how sure the logits sound is
 * settled afterwards, by calibration.
 */
async function heldOutLoss(
  architecture: ScoNetArchitecture,
  parameters: Parameters,
  { features, labels }: WalkFeatures,
  first: number,
): Promise<number> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const means = tf.tidy(() => {
    const pooled = tf.slice(features, [0, first, 0], [-1, -1, -1]);
    return tf.mean(classifier.pooledLogits(pooled), 0);
  });
  const scores = (await means.array()) as number[][];
  means.dispose();
  classifier.dispose();
  return fitScale(scores, labels.slice(first)).loss;
}

/** Pooled features of whole walks, [parts, walks, features], through the frozen backbone. */
async function walkFeatures(
  architecture: ScoNetArchitecture,
  parameters: Parameters,
  set: WalkSet,
  report: (done: number) => void,
): Promise<WalkFeatures> {
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
