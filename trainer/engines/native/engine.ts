/** The native engine: tfjs's CPU backend with its heavy kernels replaced. */
import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { availableParallelism, cpus } from 'node:os';
import { registerNativeBatchNorm } from './batchNorm.ts';
import { registerNativeFirstMaximum } from './firstMaximum.ts';
import { NATIVE, registerNativeKernels } from './kernels.ts';

let registered = false;

/** Registers the backend `native`; returns its description. Rejects where onnxruntime can't be loaded. */
export async function registerNative(): Promise<string> {
  if (!registered) {
    // Fails here, and not in the first step, where the library has no build for this machine.
    await import('onnxruntime-node');
    registered = true;
    tf.copyRegisteredKernels('cpu', NATIVE);
    tf.registerBackend(NATIVE, () => new MathBackendCPU(), 0);
    registerNativeKernels();
    registerNativeBatchNorm();
    registerNativeFirstMaximum();
  }
  return `${cpus()[0]?.model ?? 'processor'}, ${availableParallelism()} cores, onnxruntime`;
}
