/**
 * The layers for evaluation: every batch norm folded into the convolution before it (`fold.ts`), so that a block is convolutions with
 * a bias and nothing else.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { attentionLayers, type AttentionLayers } from './attention.ts';
import { foldConvNorm, foldNeckNorm } from './fold.ts';
import { checkParameters, convNorms, NECK_FCS, PART_FCS, type ConvNormSpec, type Parameters } from './parameters.ts';
import type { Layers } from './sconet.ts';
import { arrayTensor, parameterTensor } from './tensors.ts';

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
    this.#convs = new Map(convNorms(architecture).map((spec) => [spec.conv, foldedConv(parameters, spec)]));
    this.#partFcs = parameterTensor(parameters, PART_FCS) as tf.Tensor3D;
    this.#neckFcs = parameterTensor(parameters, NECK_FCS) as tf.Tensor3D;
    const { scale, shift } = foldNeckNorm(parameters, architecture);
    this.#neckScale = arrayTensor(scale) as tf.Tensor3D;
    this.#neckShift = arrayTensor(shift) as tf.Tensor3D;
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

function foldedConv(parameters: Parameters, spec: ConvNormSpec): FoldedConv {
  const { weight, bias } = foldConvNorm(parameters, spec);
  return { filter: arrayTensor(weight) as tf.Tensor4D, bias: arrayTensor(bias) as tf.Tensor1D };
}
