/** One training run, top to bottom: config, network, optimiser, batches, loop, checkpoint. */
import * as tf from '@tensorflow/tfjs-core';
import { appendFile, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRecipe } from '../../src/gait/recipes.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { INPUT_HEIGHT, INPUT_WIDTH } from '../../src/nets/architecture.ts';
import { BatchSource } from './batchSource.ts';
import type { Batch } from './batches.ts';
import { loadCheckpoint, saveCheckpoint, stateArrays, stateTensors } from './checkpoint.ts';
import type { TrainingConfig } from './config.ts';
import { initialParameters } from './initialise.ts';
import { crossEntropy, tripletLoss } from './losses.ts';
import { AdamW } from './optimisers.ts';
import { cosine } from './schedules.ts';
import { TrainableNetwork } from './trainableNetwork.ts';

export const CHECKPOINT_FILE = 'checkpoint.safetensors';
/** The checkpoint with the neck's statistics of whole walks. */
export const SETTLED_FILE = 'settled.safetensors';
const LOG_FILE = 'log.jsonl';
/** Minutes between two checkpoints. */
const SAVE_EVERY = 5;

export interface StepReport {
  iteration: number;
  loss: number;
  crossEntropy: number;
  triplet: number;
  /** Share of the batch's clips classified right. */
  accuracy: number;
  learningRate: number;
  seconds: number;
}

/**
 * Trains until the config's iterations are done or `signal` asks to stop; resumes from the folder's checkpoint where there is one.
 * Returns the iterations done. Throws where a loss is no longer a number, leaving the last checkpoint as it was.
 */
export async function train(
  folder: string,
  config: TrainingConfig,
  signal: AbortSignal,
  report: (step: StepReport) => void,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const recipe = requireRecipe(config.recipe);
  const path = join(folder, CHECKPOINT_FILE);
  const resumed = existsSync(path) ? await loadCheckpoint(path) : null;
  const network = new TrainableNetwork(
    config.architecture,
    resumed?.parameters ?? initialParameters(config.architecture, config.weightsSeed),
  );
  const optimiser = new AdamW({ betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: config.weightDecay });
  if (resumed) optimiser.restore(stateTensors(resumed.optimiserState), resumed.iteration);
  let iteration = resumed?.iteration ?? 0;
  const save = async () =>
    saveCheckpoint(path, {
      parameters: await network.parameters(),
      optimiserState: await stateArrays(optimiser.state()),
      iteration,
      config: JSON.stringify(config),
    });

  const { clips, frames, classShares } = config;
  const batches = new BatchSource({ seed: config.trainSeed, clips, frames, classShares, recipe }, iteration);
  try {
    let saved = Date.now();
    while (iteration < config.iterations && !signal.aborted) {
      const started = performance.now();
      const learningRate = cosine(iteration, { ...config.learningRate, iterations: config.iterations });
      const figures = await step(network, optimiser, await batches.next(), config, learningRate);
      if (!Number.isFinite(figures.loss)) {
        throw new Error(
          `The loss of iteration ${iteration} is no number; the last checkpoint is kept. Try a lower learning rate.`,
        );
      }
      const seconds = (performance.now() - started) / 1000;
      const line: StepReport = { iteration, ...figures, learningRate, seconds };
      report(line);
      await appendFile(join(folder, LOG_FILE), `${JSON.stringify(line)}\n`);
      iteration += 1;
      if (Date.now() - saved > SAVE_EVERY * 60_000) {
        await save();
        saved = Date.now();
      }
    }
    await save();
  } finally {
    await batches.close();
    network.dispose();
  }
  return iteration;
}

async function step(
  network: TrainableNetwork,
  optimiser: AdamW,
  { maps, labels }: Batch,
  { triplet, labelSmoothing, architecture }: TrainingConfig,
  learningRate: number,
): Promise<Pick<StepReport, 'loss' | 'crossEntropy' | 'triplet' | 'accuracy'>> {
  const figures = tf.tidy(() => {
    const frames = mapsToFrames(maps, architecture.inChannels);
    const variables = network.trainable;
    let parts: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const { embedding, logits } = network.forward(frames, labels.length);
      const entropy = crossEntropy(logits, labels, { smoothing: labelSmoothing, classWeights: null });
      const triplets = tripletLoss(embedding, labels, { margin: triplet.margin });
      const predicted = tf.argMax(tf.mean(logits, 0), 1);
      parts = [
        entropy,
        triplets,
        tf.mean(tf.cast(tf.equal(predicted, tf.tensor1d(labels, 'int32')), 'float32')) as tf.Scalar,
      ].map((scalar) => tf.keep(scalar));
      return tf.add(entropy, tf.mul(triplets, triplet.weight)) as tf.Scalar;
    }, [...variables.values()]);
    const gradients = Object.fromEntries([...variables].map(([name, variable]) => [name, grads[variable.name]!]));
    optimiser.step(variables, gradients, learningRate);
    const row = tf.stack([value, ...parts]);
    tf.dispose(parts);
    return row;
  });
  network.updateRunningStatistics();
  const [loss = NaN, entropy = NaN, triplets = NaN, accuracy = NaN] = await figures.data();
  figures.dispose();
  return { loss, crossEntropy: entropy, triplet: triplets, accuracy };
}

/** Grey levels [n, channels, 64, 44] → values 0…1 as the network takes them, [n, 64, 44, channels]. */
export function mapsToFrames(maps: Uint8Array, channels: number): tf.Tensor4D {
  const planes = tf.tensor4d(
    Float32Array.from(maps, (level) => level / 255),
    [maps.length / (channels * INPUT_HEIGHT * INPUT_WIDTH), channels, INPUT_HEIGHT, INPUT_WIDTH],
  );
  return tf.transpose(planes, [0, 2, 3, 1]);
}

export function requireRecipe(name: string): MapRecipe {
  const recipe = findRecipe(name);
  if (!recipe) throw new Error(`There is no map recipe called "${name}".`);
  return recipe;
}
