/**
 * A maximum with PyTorch's gradient: all of it goes to the first place that holds the maximum. tfjs's own gradient of `max` gives it
 * in full to every place that ties, and ties are common: a frame drawn twice from a short clip, the empty columns beside a person.
 */
import * as tf from '@tensorflow/tfjs-core';

export const FIRST_MAXIMUM = 'PlumblineFirstMaximum';
export const FIRST_MAXIMUM_GRADIENT = 'PlumblineFirstMaximumGradient';

/** [groups, places, values] → [groups, values]. */
export function firstMaximum(x: tf.Tensor3D): tf.Tensor2D {
  const operation = tf.customGrad((...given: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const value = tf.engine().runKernel(FIRST_MAXIMUM, { x }) as tf.Tensor;
    save([x, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, y] = saved as [tf.Tensor, tf.Tensor];
      return tf.engine().runKernel(FIRST_MAXIMUM_GRADIENT, { dy, x, y }) as tf.Tensor;
    };
    return { value, gradFunc };
  });
  return operation(x) as tf.Tensor2D;
}

/** Registers both kernels for a backend as compositions of tfjs operations. */
export function registerComposedFirstMaximum(backendName: string): void {
  tf.registerKernel({
    kernelName: FIRST_MAXIMUM,
    backendName,
    kernelFunc: ({ inputs }) => tf.max(inputs['x'] as tf.Tensor, 1),
  });
  tf.registerKernel({
    kernelName: FIRST_MAXIMUM_GRADIENT,
    backendName,
    kernelFunc: ({ inputs }) => {
      const { dy, x } = inputs as unknown as Record<'dy' | 'x', tf.Tensor>;
      return tf.tidy(() => {
        const first = tf.oneHot(tf.argMax(x, 1), x.shape[1] ?? 1); // [groups, values, places]
        return tf.transpose(tf.mul(tf.cast(first, 'float32'), tf.expandDims(dy, 2)), [0, 2, 1]);
      });
    },
  });
}
