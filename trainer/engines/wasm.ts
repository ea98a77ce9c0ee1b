/** tfjs's wasm backend in Node: one thread, its binaries read from the package. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Registers the backend `wasm`; returns its description. */
export function registerWasm(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(main), '/'));
  return Promise.resolve('WebAssembly, one thread');
}
