/**
 * Measures training on one engine, which has the process to itself: the whole step, and the network's share of it. Prints one line of
 * JSON for `train.ts`.
 *
 * `tsx tests/bench/trainOneEngine.ts ENGINE THREADS CLIPS FRAMES REPEATS full|narrow`
 */
import * as tf from '@tensorflow/tfjs-core';
import { INPUT_HEIGHT, INPUT_WIDTH, SCONET_SKELETON, type Architecture } from '../../src/nets/architecture.ts';
import { backboneSpec, type ConvNormSpec } from '../../src/nets/parameters.ts';
import { startEngine, type EngineName } from '../../trainer/engines/engine.ts';
import type { Batch } from '../../trainer/train/batches.ts';
import { parseConfig } from '../../trainer/train/config.ts';
import { initialParameters } from '../../trainer/train/initialise.ts';
import { Sgd } from '../../trainer/train/optimisers.ts';
import { trainOn } from '../../trainer/train/step.ts';
import { TrainableNetwork } from '../../trainer/train/trainableNetwork.ts';

export interface Measured {
  description: string;
  frames: number;
  /** 10⁹ operations of a step: three times those of the forward pass. */
  gigaOperations: number;
  /** The fastest step and the fastest pass through the network and back without losses and optimiser. */
  stepSeconds: number;
  networkSeconds: number;
  /** Time that all cores together spent on the cheapest step: what is left of the speed when others use the machine too. */
  coreSeconds: number;
}

const NARROW: Architecture = { ...SCONET_SKELETON, widths: [4, 4, 8, 8], embedding: 8 };

const [engine, threads, clips, frames, repeats, size] = process.argv.slice(2);
const measured = await measure(engine as EngineName, Number(threads), Number(clips), Number(frames), Number(repeats));
console.log(JSON.stringify(measured));
// Engines keep native threads and devices open.
process.exit(0);

async function measure(name: EngineName, threads: number, clips: number, frames: number, repeats: number): Promise<Measured> {
  const { description } = await startEngine(name, { threads });
  const architecture = size === 'narrow' ? NARROW : SCONET_SKELETON;
  const network = new TrainableNetwork(architecture, initialParameters(architecture, 1));
  const optimiser = new Sgd({ momentum: 0.9, weightDecay: 5e-4 });
  const options = { ...parseConfig({ name: 'bench' }), classWeights: null };
  const batch = randomBatch(clips, frames, architecture.inChannels);
  const input = tf.randomUniform([clips * frames, INPUT_HEIGHT, INPUT_WIDTH, architecture.inChannels]) as tf.Tensor4D;
  let [stepSeconds, networkSeconds, coreSeconds] = [Infinity, Infinity, Infinity];
  // The first round compiles and warms up; it is not counted.
  for (let round = 0; round <= repeats; round++) {
    const step = await timed(() => trainOn(batch, network, optimiser, options, 0.01));
    const alone = await timed(() => throughNetwork(network, input, clips));
    if (round === 0) continue;
    stepSeconds = Math.min(stepSeconds, step.seconds);
    coreSeconds = Math.min(coreSeconds, step.coreSeconds);
    networkSeconds = Math.min(networkSeconds, alone.seconds);
  }
  const gigaOperations = (3 * clips * frames * operationsPerFrame(architecture)) / 1e9;
  return { description, frames: clips * frames, gigaOperations, stepSeconds, networkSeconds, coreSeconds };
}

async function timed(run: () => Promise<unknown>): Promise<{ seconds: number; coreSeconds: number }> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - started) / 1e3, coreSeconds: (user + system) / 1e6 };
}

/** Forward and back, with a loss that costs nothing. */
async function throughNetwork(network: TrainableNetwork, input: tf.Tensor4D, clips: number): Promise<void> {
  const variables = [...network.trainable.values()];
  const { value, grads } = tf.variableGrads(() => {
    const { embedding, logits } = network.forward(input, clips);
    return tf.add(tf.sum(embedding), tf.sum(logits)) as tf.Scalar;
  }, variables);
  await Promise.all([value, ...Object.values(grads)].map((tensor) => tensor.data()));
  tf.dispose([value, grads]);
}

/** Noise: how long a step takes doesn't depend on what is in it. */
function randomBatch(clips: number, frames: number, channels: number): Batch {
  const levels = new Uint8Array(clips * frames * channels * INPUT_HEIGHT * INPUT_WIDTH);
  for (let at = 0; at < levels.length; at++) levels[at] = (at * 2_654_435_761) >>> 24;
  const each = Array.from({ length: clips }, (_, clip) => clip);
  return {
    frames: levels,
    counts: each.map(() => frames),
    labels: each.map((clip) => clip % 3),
    identities: each.map((clip) => clip >> 1),
    asymmetry: null,
  };
}

/** Multiplications and additions of the backbone's convolutions, which are all but a thousandth of the network's. */
function operationsPerFrame(architecture: Architecture): number {
  let pixels = INPUT_HEIGHT * INPUT_WIDTH;
  const ofConvolution = ({ kernel, in: from, out }: ConvNormSpec) => 2 * pixels * kernel ** 2 * from * out;
  const { stem, blocks } = backboneSpec(architecture);
  let total = ofConvolution(stem);
  for (const { first, second, shortcut } of blocks) {
    pixels /= first.stride ** 2;
    total += ofConvolution(first) + ofConvolution(second) + (shortcut ? ofConvolution(shortcut) : 0);
  }
  return total;
}
