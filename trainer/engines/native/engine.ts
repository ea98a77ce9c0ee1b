/** The native engine: tfjs's CPU backend with its heavy kernels replaced. */
import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { availableParallelism, cpus } from 'node:os';
import { registerNativeBatchNorm } from './batchNorm.ts';
import { registerNativeFirstMaximum } from './firstMaximum.ts';
import { NATIVE, registerNativeKernels } from './kernels.ts';

/** Registers the backend `native`; returns its description. Rejects where onnxruntime can't be loaded. */
export async function registerNative(): Promise<string> {
  if (!tf.findBackend(NATIVE)) {
    const { env } = await import('onnxruntime-node');
    if (!env) throw new Error('onnxruntime-node could not be loaded.');
    tf.copyRegisteredKernels('cpu', NATIVE);
    tf.registerBackend(NATIVE, () => new MathBackendCPU(), 0);
    registerNativeKernels();
    registerNativeBatchNorm();
    registerNativeFirstMaximum();
  }
  return `${cpus()[0]?.model ?? 'processor'}, ${availableParallelism()} cores, onnxruntime`;
}
