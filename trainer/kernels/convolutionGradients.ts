/**
 * The gradients of a convolution for tfjs's wasm backend, which has no `Conv2DBackpropFilter` and only a slow loop for
 * `Conv2DBackpropInput`. Both are composed of kernels it runs fast: conv2d and matMul.
 */
import * as tf from '@tensorflow/tfjs-core';

interface ConvAttributes {
  /** tfjs hands on what the caller of conv2d wrote: one number, or one for each direction. */
  strides: number | [number, number];
  pad: number;
}

/** Replaces both kernels on the given backend; tensors are [n, h, w, channels], filters [h, w, in, out], padding a number. */
export function registerComposedConvolutionGradients(backendName: string): void {
  const register = (kernelName: string, kernelFunc: tf.KernelFunc) => {
    const present = tf.getKernelsForBackend(backendName).some((kernel) => kernel.kernelName === kernelName);
    if (present) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  };
  register(tf.Conv2DBackpropInput, ({ inputs, attrs }) => {
    const { dy, filter } = inputs as unknown as Record<'dy' | 'filter', tf.Tensor4D>;
    const { strides, pad } = attrs as unknown as ConvAttributes;
    const inputShape = attrs!['inputShape'] as [number, number, number, number];
    return tf.tidy(() => inputGradient(dy, filter, inputShape, strideOf(strides), pad));
  });
  register(tf.Conv2DBackpropFilter, ({ inputs, attrs }) => {
    const { x, dy } = inputs as unknown as Record<'x' | 'dy', tf.Tensor4D>;
    const { strides, pad } = attrs as unknown as ConvAttributes;
    const [height, width] = attrs!['filterShape'] as [number, number, number, number];
    return tf.tidy(() => filterGradient(x, dy, height, width, strideOf(strides), pad));
  });
}

function strideOf(strides: ConvAttributes['strides']): number {
  return typeof strides === 'number' ? strides : strides[0];
}

/** dx = dy (with zeros between its pixels where the convolution strides) ∗ the filter turned by 180° with channels swapped. */
function inputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  [, height, width]: readonly [number, number, number, number],
  stride: number,
  pad: number,
): tf.Tensor4D {
  const [filterHeight, filterWidth] = filter.shape;
  const spread = stride === 1 ? dy : spreadPixels(dy, stride);
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
  const top = filterHeight - 1 - pad;
  const left = filterWidth - 1 - pad;
  const padded = tf.pad(spread, [
    [0, 0],
    [top, height + filterHeight - 1 - top - spread.shape[1]],
    [left, width + filterWidth - 1 - left - spread.shape[2]],
    [0, 0],
  ]) as tf.Tensor4D;
  return tf.conv2d(padded, turned, 1, 'valid');
}

/** Puts stride − 1 zeros between the pixels. */
function spreadPixels(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  const [frames, height, width, channels] = x.shape;
  const cells = tf.reshape(x, [frames, height, 1, width, 1, channels]);
  const grid = tf.pad(cells, [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const full = tf.reshape(grid, [frames, height * stride, width * stride, channels]) as tf.Tensor4D;
  return tf.slice(full, [0, 0, 0, 0], [frames, (height - 1) * stride + 1, (width - 1) * stride + 1, channels]);
}

/** dFilter as a convolution: x's channels become the batch, and dy is the filter, dilated where the forward pass strides. */
function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  height: number,
  width: number,
  stride: number,
  pad: number,
): tf.Tensor4D {
  const asFilter = tf.transpose(stride === 1 ? dy : spreadPixels(dy, stride), [1, 2, 0, 3]) as tf.Tensor4D;
  const channelsFirst = tf.transpose(x, [3, 1, 2, 0]) as tf.Tensor4D;
  const padded = tf.pad(channelsFirst, [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ]) as tf.Tensor4D;
  const all = tf.conv2d(padded, asFilter, 1, 'valid');
  return tf.transpose(tf.slice(all, [0, 0, 0, 0], [-1, height, width, -1]), [1, 2, 0, 3]) as tf.Tensor4D;
}
