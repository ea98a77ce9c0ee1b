/** An engine on onnxruntime: tfjs's CPU backend with its heavy kernels replaced. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { OnnxBackend } from './backend.ts';
import { registerBatchNorm } from './batchNorm.ts';
import { registerConvolutions } from './convolutions.ts';
import { registerElementwise } from './elementwise.ts';
import { registerMatrixProduct } from './matrixProduct.ts';
import { registerReductions } from './reductions.ts';
import { registrar } from './register.ts';
import type { Runtime } from './runtime.ts';

/** Registers a tfjs backend of that name, which computes with the runtime. */
export function registerOnnxBackend(name: string, runtime: Runtime): void {
  tf.copyRegisteredKernels('cpu', name);
  tf.registerBackend(name, () => new OnnxBackend(runtime), 0);
  const register = registrar(name);
  registerConvolutions(register);
  registerMatrixProduct(register);
  registerElementwise(register);
  registerReductions(register);
  registerBatchNorm(register);
}
