/** WebAssembly, for machines that onnxruntime has no library for: a quarter as fast as `native`, and on any processor. */
import { registerOnnxBackend } from './onnx/engine.ts';
import type { Runtime } from './onnx/runtime.ts';
import { openWasmRuntime } from './onnx/wasmRuntime.ts';

let registered: Promise<string> | null = null;

/** Registers the backend `wasm`; returns its description. */
export function registerWasm(threads: number): Promise<string> {
  registered ??= (async () => {
    const { runtime, threads: started, note } = await openWithThreads(threads);
    registerOnnxBackend('wasm', runtime);
    return `WebAssembly, ${started === 1 ? 'one thread' : `${started} threads`}${note}, onnxruntime`;
  })();
  return registered;
}

/** Where threads don't start, one does the work, and the note says why. Rejects where not even that can. */
export async function openWithThreads(
  wanted: number,
  open: (threads: number) => Promise<Runtime> = openWasmRuntime,
): Promise<{ runtime: Runtime; threads: number; note: string }> {
  try {
    return { runtime: await open(wanted), threads: wanted, note: '' };
  } catch (error) {
    if (wanted === 1) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { runtime: await open(1), threads: 1, note: ` (${wanted} did not start: ${reason})` };
  }
}
