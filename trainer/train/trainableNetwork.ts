/** A ScoNet that learns: its parameters as variables, and its layers normalised by the batch's own statistics. */
import * as tf from '@tensorflow/tfjs-core';
import type { Architecture } from '../../src/nets/architecture.ts';
import { attentionLayers, type AttentionLayers } from '../../src/nets/attention.ts';
import { NORM_EPSILON } from '../../src/nets/fold.ts';
import { samePadding } from '../../src/nets/foldedLayers.ts';
import {
  checkParameters,
  isTrainable,
  NECK_FCS,
  NECK_NORM,
  PART_FCS,
  parameterShapes,
  type ConvNormSpec,
  type Parameters,
} from '../../src/nets/parameters.ts';
import { frameFeatures, head, poolParts, type HeadOutput, type Layers } from '../../src/nets/sconet.ts';
import { parameterArray, parameterTensor } from '../../src/nets/tensors.ts';
import { batchNorm, type BatchNormResult } from '../kernels/batchNorm.ts';
import { firstMaximum } from '../kernels/firstMaximum.ts';

/** How much of a batch's statistics enters the running ones (PyTorch's default momentum). */
const RUNNING_SHARE = 0.1;

/** What doesn't learn. */
export interface Frozen {
  /** Batch norms use their running statistics and leave them as they are; scales and shifts go on learning. */
  batchNorm: boolean;
  /** Everything before the part FCs. */
  backbone: boolean;
}

export class TrainableNetwork {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly #frozen: Frozen;
  readonly #layers: BatchLayers;

  /** Throws NetError where the parameters don't fit the architecture. */
  constructor(
    readonly architecture: Architecture,
    parameters: Parameters,
    frozen: Frozen = { batchNorm: false, backbone: false },
  ) {
    checkParameters(parameters, architecture);
    const names = [...parameterShapes(architecture).keys()];
    this.variables = new Map(names.map((name) => [name, toVariable(parameters, name)]));
    this.#frozen = frozen;
    this.#layers = new BatchLayers(this.variables, architecture, frozen.batchNorm);
  }

  /** The variables that learn, by name. */
  get trainable(): Map<string, tf.Variable> {
    const learns = (name: string) => isTrainable(name) && !(this.#frozen.backbone && isBackbone(name));
    return new Map([...this.variables].filter(([name]) => learns(name)));
  }

  /**
   * The training pass: [all frames, 64, 44, channels], for a DRF also the normalised asymmetry vectors [clips, 8, 3], → embeddings
   * and logits, parts first. The batch's statistics are remembered until {@link updateRunningStatistics}.
   * @param clips how many clips of equal length, or the number of frames of each
   */
  forward(frames: tf.Tensor4D, clips: number | readonly number[], asymmetry: tf.Tensor3D | null = null): HeadOutput {
    const features = frameFeatures(frames, this.#layers, this.architecture);
    const [count, height, width, channels] = features.shape;
    const rows = tf.reshape(features, [count, height * width * channels]) as tf.Tensor2D;
    const walks = tf.reshape(this.#maximaOverTime(rows, clips), [-1, height, width, channels]) as tf.Tensor4D;
    return head(poolParts(walks, this.#layers, this.architecture), this.#layers, this.architecture, asymmetry);
  }

  /** [frames, features] → [clips, features]. */
  #maximaOverTime(rows: tf.Tensor2D, clips: number | readonly number[]): tf.Tensor2D {
    const [count, features] = rows.shape;
    if (typeof clips === 'number') return this.#layers.maximum(tf.reshape(rows, [clips, count / clips, features]));
    if (clips.every((length) => length === clips[0])) return this.#maximaOverTime(rows, clips.length);
    let from = 0;
    const maxima = clips.map((length) => {
      const walk = tf.slice(rows, [from, 0], [length, features]);
      from += length;
      return this.#layers.maximum(tf.reshape(walk, [1, length, features]));
    });
    return tf.concat(maxima, 0);
  }

  /** Moves the running mean and (unbiased) variance of every batch norm towards those of the last training pass. */
  updateRunningStatistics(): void {
    this.#layers.updateRunningStatistics();
  }

  /** All parameters and running statistics, in PyTorch's layout. */
  async parameters(): Promise<Parameters> {
    const parameters: Parameters = new Map();
    for (const [name, variable] of this.variables) parameters.set(name, await parameterArray(variable));
    return parameters;
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
  }
}

class BatchLayers implements Layers {
  readonly #variables: ReadonlyMap<string, tf.Variable>;
  readonly #architecture: Architecture;
  readonly #seen = new Map<string, { mean: tf.Tensor1D; variance: tf.Tensor1D; rows: number }>();

  constructor(
    variables: ReadonlyMap<string, tf.Variable>,
    architecture: Architecture,
    private readonly frozen: boolean,
  ) {
    this.#variables = variables;
    this.#architecture = architecture;
  }

  convNorm(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D {
    return this.#norm(this.#conv(x, spec), spec.norm, false);
  }

  convNormRelu(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D {
    return this.#norm(this.#conv(x, spec), spec.norm, true);
  }

  maximum(x: tf.Tensor3D): tf.Tensor2D {
    return firstMaximum(x);
  }

  partFcs(x: tf.Tensor3D): tf.Tensor3D {
    return tf.matMul(x, this.#get(PART_FCS) as tf.Tensor3D);
  }

  neckNorm(x: tf.Tensor3D): tf.Tensor3D {
    const { parts, embedding } = this.#architecture;
    const clips = x.shape[1];
    // The neck's features are counted channel·parts + part, over the clips of the batch.
    const rows = tf.reshape(tf.transpose(x, [1, 2, 0]), [clips, embedding * parts]);
    const normalised = this.#norm(rows, NECK_NORM, false);
    return tf.transpose(tf.reshape(normalised, [clips, embedding, parts]), [2, 0, 1]) as tf.Tensor3D;
  }

  neckFcs(): tf.Tensor3D {
    return this.#get(NECK_FCS) as tf.Tensor3D;
  }

  attention(): AttentionLayers {
    return attentionLayers((name) => this.#get(name));
  }

  updateRunningStatistics(): void {
    for (const [norm, { mean, variance, rows }] of this.#seen) {
      const unbiased = rows / Math.max(1, rows - 1);
      moveTowards(this.#get(`${norm}.running_mean`), mean, 1);
      moveTowards(this.#get(`${norm}.running_var`), variance, unbiased);
      tf.dispose([mean, variance]);
    }
    this.#seen.clear();
  }

  #conv(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D {
    return tf.conv2d(x, this.#get(spec.conv) as tf.Tensor4D, spec.stride, samePadding(spec));
  }

  #norm<T extends tf.Tensor>(x: T, norm: string, relu: boolean): T {
    const [scale, shift] = [this.#get(`${norm}.weight`), this.#get(`${norm}.bias`)] as [tf.Tensor1D, tf.Tensor1D];
    if (this.frozen) return this.#normByRunningStatistics(x, norm, relu);
    const result: BatchNormResult<T> = batchNorm(x, scale, shift, { epsilon: NORM_EPSILON, relu });
    const before = this.#seen.get(norm);
    if (before) tf.dispose([before.mean, before.variance]);
    this.#seen.set(norm, { mean: result.mean, variance: result.variance, rows: x.size / result.mean.size });
    return result.y;
  }

  #normByRunningStatistics<T extends tf.Tensor>(x: T, norm: string, relu: boolean): T {
    const deviation = tf.sqrt(tf.add(this.#get(`${norm}.running_var`), NORM_EPSILON));
    const factor = tf.div(this.#get(`${norm}.weight`), deviation);
    const level = tf.sub(this.#get(`${norm}.bias`), tf.mul(this.#get(`${norm}.running_mean`), factor));
    const y = tf.add(tf.mul(x, factor), level) as T;
    return relu ? tf.relu(y) : y;
  }

  #get(name: string): tf.Variable {
    return this.#variables.get(name)!;
  }
}

function isBackbone(name: string): boolean {
  return name.startsWith('Backbone.');
}

function moveTowards(running: tf.Variable, batch: tf.Tensor1D, factor: number): void {
  tf.tidy(() => running.assign(tf.add(tf.mul(running, 1 - RUNNING_SHARE), tf.mul(batch, RUNNING_SHARE * factor))));
}

function toVariable(parameters: Parameters, name: string): tf.Variable {
  const tensor = parameterTensor(parameters, name);
  const variable = tf.variable(tensor, isTrainable(name));
  tensor.dispose();
  return variable;
}
