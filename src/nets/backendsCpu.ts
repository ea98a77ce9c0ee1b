/**
 * The plain JavaScript backend of tfjs: always there, and two orders of magnitude slower than wasm. It is the last resort and
 * the reference that the others are held against.
 */
import type { BackendCandidate } from './backends.ts';
import { activateBackend } from './backendsActivate.ts';

export function cpuCandidate(): BackendCandidate {
  return {
    name: 'cpu',
    async open() {
      await import('@tensorflow/tfjs-backend-cpu');
      return {
        threads: 1,
        adapter: null,
        note: 'Without a GPU and without wasm this is slow.',
        lost: null,
        activate: () => activateBackend('cpu'),
        compile: () => Promise.resolve(),
        settle: () => Promise.resolve(),
        // tfjs keeps its cpu backend for the kernels that others hand back to it: there is nothing to give back.
        close: () => undefined,
      };
    },
  };
}
