/**
 * What a network is trained and evaluated on in Node. Every engine is a tfjs backend with the trainer's kernels, so the network,
 * the losses and the optimisers are the same code on all of them.
 *
 * - `webgpu`: a graphics card through Dawn, the implementation of WebGPU in Chromium
 * - `native`: the processor through onnxruntime's library, all cores
 * - `wasm`: the processor through WebAssembly, all cores, nothing native
 * - `cpu`: plain JavaScript, for tiny networks and as the reference
 */
// The umbrella package registers the gradients of all operations, which tfjs-core alone leaves out in Node.
import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { availableParallelism } from 'node:os';
import { registerComposedBatchNorm } from '../kernels/batchNorm.ts';
import { registerComposedFirstMaximum } from '../kernels/firstMaximum.ts';
import { hasVulkan } from './vulkan.ts';

// Without this tfjs greets every process with an advertisement of its own binding, on the stream that errors belong to.
tf.enableProdMode();

export const ENGINES = ['webgpu', 'native', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface Engine {
  name: EngineName;
  /** For logs and model cards: what it ran on. */
  description: string;
}

export interface EngineOptions {
  /** Whether a graphics card may be a program: right for whoever asks for `webgpu` by name, far too slow to be chosen. */
  acceptSoftware?: boolean;
  /** Threads of `native` and `wasm`, which keep those they were first started with; all cores where it is left out. */
  threads?: number;
}

/** Starts an engine and makes it tfjs's active backend. Rejects with the reason where this machine hasn't got it. */
export async function startEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  const description = await starters[name]({ acceptSoftware: true, threads: availableParallelism(), ...options });
  if (!(await tf.setBackend(name)) || tf.getBackend() !== name) throw new Error(`tfjs did not accept the ${name} backend.`);
  return { name, description };
}

/** Tries the engines from the fastest down and starts the first that this machine has. */
export async function startBestEngine(): Promise<Engine> {
  for (const name of ENGINES.slice(0, -1)) {
    if (name === 'webgpu' && !hasVulkan()) continue;
    try {
      return await startEngine(name, { acceptSoftware: false });
    } catch {
      // The next one: which engines a machine has is no error.
    }
  }
  return startEngine('cpu');
}

const started = new Set<EngineName>();

/** Loads an engine's code when it is asked for: Dawn and onnxruntime are large native libraries. */
const starters: Record<EngineName, (options: Required<EngineOptions>) => Promise<string>> = {
  webgpu: async (options) => {
    const { registerDawn } = await import('./dawn.ts');
    const description = await registerDawn(options);
    registerOnce('webgpu');
    return description;
  },
  native: async ({ threads }) => (await import('./native.ts')).registerNative(threads),
  wasm: async ({ threads }) => (await import('./wasm.ts')).registerWasm(threads),
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    registerOnce('cpu');
    return 'JavaScript';
  },
};

function registerOnce(name: EngineName): void {
  if (started.has(name)) return;
  started.add(name);
  registerComposedBatchNorm(name);
  registerComposedFirstMaximum(name);
}
