/** The processor's own instructions: as fast as it gets without a graphics card. */
import { cpus } from 'node:os';

let registered: Promise<string> | null = null;

/** Registers the backend `native`; returns its description. Rejects where onnxruntime has no library for this machine. */
export function registerNative(threads: number): Promise<string> {
  registered ??= (async () => {
    // Loaded when asked for: a large library, and not there for every processor.
    const [{ openNativeRuntime }, { registerOnnxBackend }] = await Promise.all([
      import('./onnx/nativeRuntime.ts'),
      import('./onnx/engine.ts'),
    ]);
    registerOnnxBackend('native', openNativeRuntime(threads));
    return `${cpus()[0]?.model ?? 'processor'}, ${threads === 1 ? 'one thread' : `${threads} threads`}, onnxruntime`;
  })();
  return registered;
}
