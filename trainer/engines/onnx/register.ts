/** How these kernels are registered: each replaces the one of tfjs's CPU backend. */
import * as tf from '@tensorflow/tfjs-core';
import type { OnnxBackend } from './backend.ts';

export type OnnxKernel = (
  inputs: tf.NamedTensorInfoMap,
  backend: OnnxBackend,
  attrs: tf.NamedAttrMap,
) => tf.TensorInfo | tf.TensorInfo[];

/** Registers a kernel on one backend. It is handed the kernel it replaces, for the cases that it leaves to it. */
export type Register = (kernelName: string, kernel: OnnxKernel) => void;

export function registrar(backendName: string): Register {
  return (kernelName, kernel) => {
    const present = tf.getKernelsForBackend(backendName).some((registered) => registered.kernelName === kernelName);
    if (present) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, backend, attrs }) => kernel(inputs as tf.NamedTensorInfoMap, backend as OnnxBackend, attrs ?? {}),
    });
  };
}

/** tfjs's own kernel, for what ours doesn't cover. */
export function generalKernel(kernelName: string): OnnxKernel {
  const { kernelFunc } = tf.getKernel(kernelName, 'cpu');
  return (inputs, backend, attrs) => kernelFunc({ inputs, backend, attrs });
}
