/** Between PyTorch's layout of parameters, as files have it, and tfjs's, as the network computes with it. */
import * as tf from '@tensorflow/tfjs-core';
import { toFloat32, type NdArray } from '../formats/ndarray.ts';
import { NetError } from './errors.ts';
import type { Parameters } from './parameters.ts';

/** One parameter as a tensor. Throws {@link NetError} `weights-mismatch` where there is none of that name. */
export function parameterTensor(parameters: Parameters, name: string): tf.Tensor {
  const array = parameters.get(name);
  if (!array) throw new NetError('weights-mismatch', `The weights have no "${name}": they belong to another network.`);
  return arrayTensor(array);
}

/** An array of PyTorch's layout as a tensor: convolutions become [height, width, in, out], everything else keeps its shape. */
export function arrayTensor(array: NdArray): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(toFloat32(array), [...array.shape]);
    return array.shape.length === 4 ? tf.transpose(tensor, [2, 3, 1, 0]) : tensor;
  });
}

/** The way back: a tensor of the network as the array a file holds. */
export async function parameterArray(tensor: tf.Tensor): Promise<NdArray> {
  const pytorch = tensor.rank === 4 ? tf.transpose(tensor, [3, 2, 0, 1]) : tensor;
  const data = Float32Array.from(await pytorch.data());
  if (pytorch !== tensor) pytorch.dispose();
  return { shape: [...pytorch.shape], dtype: 'float32', data };
}
