/**
 * ScoNet's layers for evaluation: every batch norm folded into the convolution before it, so that a block is convolutions with
 * a bias and nothing else. Exact up to rounding: y = γ(Wx − μ)/√(σ² + ε) + β = (γ/√(σ² + ε))·W x + (β − γμ/√(σ² + ε)).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { attentionLayers, type AttentionLayers } from './attention.ts';
import { checkParameters, convNorms, NECK_FCS, NECK_NORM, PART_FCS, type ConvNormSpec, type Parameters } from './parameters.ts';
import type { Layers } from './sconet.ts';
import { parameterTensor } from './tensors.ts';

/** PyTorch's default ε of BatchNorm2d and BatchNorm1d. */
export const NORM_EPSILON = 1e-5;

interface FoldedConv {
  filter: tf.Tensor4D;
  bias: tf.Tensor1D;
}

export class FoldedLayers implements Layers {
  readonly #convs: Map<string, FoldedConv>;
  readonly #partFcs: tf.Tensor3D;
  readonly #neckFcs: tf.Tensor3D;
  readonly #neckScale: tf.Tensor3D;
  readonly #neckShift: tf.Tensor3D;
  readonly #attention: AttentionLayers | null;

  /** Uploads the weights to the active backend. Throws NetError where they don't fit the architecture. */
  constructor(parameters: Parameters, architecture: Architecture) {
    checkParameters(parameters, architecture);
    this.#convs = new Map(convNorms(architecture).map((spec) => [spec.conv, foldConv(parameters, spec)]));
    this.#partFcs = parameterTensor(parameters, PART_FCS) as tf.Tensor3D;
    this.#neckFcs = parameterTensor(parameters, NECK_FCS) as tf.Tensor3D;
    const { scale, shift } = foldNorm(parameters, NECK_NORM);
    this.#neckScale = toPartsFirst(scale, architecture);
    this.#neckShift = toPartsFirst(shift, architecture);
    this.#attention = architecture.network === 'drf' ? attentionLayers((name) => parameterTensor(parameters, name)) : null;
  }

  convNorm(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D {
    return this.#fusedConv(x, spec, 'linear');
  }

  convNormRelu(x: tf.Tensor4D, spec: ConvNormSpec): tf.Tensor4D {
    return this.#fusedConv(x, spec, 'relu');
  }

  maximum(x: tf.Tensor3D): tf.Tensor2D {
    return tf.max(x, 1);
  }

  partFcs(x: tf.Tensor3D): tf.Tensor3D {
    return tf.matMul(x, this.#partFcs);
  }

  neckNorm(x: tf.Tensor3D): tf.Tensor3D {
    return tf.add(tf.mul(x, this.#neckScale), this.#neckShift);
  }

  neckFcs(): tf.Tensor3D {
    return this.#neckFcs;
  }

  attention(): AttentionLayers {
    return this.#attention!;
  }

  dispose(): void {
    for (const { filter, bias } of this.#convs.values()) tf.dispose([filter, bias]);
    tf.dispose([this.#partFcs, this.#neckFcs, this.#neckScale, this.#neckShift]);
    if (this.#attention) tf.dispose(Object.values(this.#attention));
  }

  #fusedConv(x: tf.Tensor4D, spec: ConvNormSpec, activation: 'linear' | 'relu'): tf.Tensor4D {
    const { filter, bias } = this.#convs.get(spec.conv)!;
    return tf.fused.conv2d({ x, filter, strides: spec.stride, pad: samePadding(spec), bias, activation });
  }
}

/** PyTorch pads a 3×3 convolution by one on every side, also when it strides; tfjs's 'same' would pad right and bottom only. */
export function samePadding(spec: ConvNormSpec): number {
  return spec.kernel === 3 ? 1 : 0;
}

function foldConv(parameters: Parameters, spec: ConvNormSpec): FoldedConv {
  const { scale, shift } = foldNorm(parameters, spec.norm);
  const filter = parameterTensor(parameters, spec.conv) as tf.Tensor4D;
  const folded = tf.mul(filter, scale) as tf.Tensor4D;
  tf.dispose([filter, scale]);
  return { filter: folded, bias: shift };
}

/** A batch norm in evaluation, as one multiplication and one addition a channel. */
function foldNorm(parameters: Parameters, norm: string): { scale: tf.Tensor1D; shift: tf.Tensor1D } {
  const [scale, shift] = tf.tidy(() => {
    const vector = (name: string) => parameterTensor(parameters, `${norm}.${name}`) as tf.Tensor1D;
    const factor = tf.div(vector('weight'), tf.sqrt(tf.add(vector('running_var'), NORM_EPSILON))) as tf.Tensor1D;
    return [factor, tf.sub(vector('bias'), tf.mul(vector('running_mean'), factor)) as tf.Tensor1D];
  });
  return { scale, shift };
}

/** The neck's batch norm counts its features channel·parts + part; the network computes with parts first: [parts, 1, embedding]. */
export function toPartsFirst(vector: tf.Tensor1D, { embedding, parts }: Architecture): tf.Tensor3D {
  const arranged = tf.tidy(() => tf.reshape(tf.transpose(tf.reshape(vector, [embedding, parts])), [parts, 1, embedding]));
  vector.dispose();
  return arranged as tf.Tensor3D;
}
