/**
 * tfjs on WebAssembly. Where the page is cross-origin isolated it computes on several threads; tfjs then takes at most half of
 * `navigator.hardwareConcurrency`, so the number it reads in this worker is set to twice the threads we want, before it starts.
 *
 * A thread whose script can't be loaded makes tfjs wait for ever (`src/build/wasmThreads.ts` tells how that comes about), so the
 * threads get a time limit, and are done without where they miss it.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendCandidate } from './backends.ts';
import { activateBackend, forgetBackend } from './backendsActivate.ts';
import { NetError } from './errors.ts';

export interface WasmEnvironment {
  /** Where the three binaries are, ending in a slash; null in Node, where the package finds its own. */
  wasmBase: string | null;
  /** Whether SharedArrayBuffer may cross to other threads. */
  crossOriginIsolated: boolean;
  /** Processors of the device, as the browser tells. */
  processors: number;
  /** Makes `navigator.hardwareConcurrency` answer this number in this scope. */
  pretendProcessors(count: number): void;
}

/** tfjs's own limit. */
const MOST_THREADS = 4;
const THREADS_START_LIMIT_MS = 8_000;

let factory: ReturnType<typeof tf.findBackendFactory> | null = null;

/** All processors up to four: the pose model shares them, but ends before the network does. */
export function wantedThreads(environment: Pick<WasmEnvironment, 'crossOriginIsolated' | 'processors'>): number {
  return environment.crossOriginIsolated ? Math.max(1, Math.min(MOST_THREADS, environment.processors)) : 1;
}

export function wasmCandidate(environment: WasmEnvironment): BackendCandidate {
  return {
    name: 'wasm',
    async open() {
      if (!('WebAssembly' in globalThis)) throw new NetError('backend-missing', 'This browser has no WebAssembly.');
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      if (environment.wasmBase !== null) {
        const base = environment.wasmBase;
        wasm.setWasmPaths({
          'tfjs-backend-wasm.wasm': `${base}tfjs-backend-wasm.wasm`,
          'tfjs-backend-wasm-simd.wasm': `${base}tfjs-backend-wasm-simd.wasm`,
          'tfjs-backend-wasm-threaded-simd.wasm': `${base}tfjs-backend-wasm-threaded-simd.wasm`,
        });
      }
      // tfjs registers its factory once, and forgets it with the backend.
      factory ??= tf.findBackendFactory('wasm');
      const start = async (threads: number): Promise<void> => {
        forgetBackend('wasm');
        tf.registerBackend('wasm', factory!);
        if (threads > 1) environment.pretendProcessors(2 * threads);
        else tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
        wasm.setThreadsCount(threads);
        await activateBackend('wasm');
      };
      const wanted = wantedThreads(environment);
      let note = environment.crossOriginIsolated ? '' : 'One thread, because the page is not cross-origin isolated.';
      if (wanted > 1) {
        const started = await inTime(start(wanted), THREADS_START_LIMIT_MS);
        if (!started) note = `One thread, because ${wanted} threads did not start.`;
        if (!started) await start(1);
      } else {
        await start(1);
      }
      return {
        threads: Math.max(1, wasm.getThreadsCount()),
        adapter: null,
        note,
        lost: null,
        activate: () => activateBackend('wasm'),
        compile: () => Promise.resolve(),
        settle: () => Promise.resolve(),
        close: () => forgetBackend('wasm'),
      };
    },
  };
}

/** Whether the work ended well within the limit. */
async function inTime(work: Promise<void>, limitMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([done, limit]);
  clearTimeout(timer);
  return result;
}
