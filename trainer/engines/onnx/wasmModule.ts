/**
 * onnxruntime's module compiled to WebAssembly. onnxruntime-web's public `run` is asynchronous because some of its builds are; the plain
 * build's functions return their results at once, which is what a tfjs kernel needs, so they are called directly, as its own
 * `lib/wasm/wasm-core-impl.ts` calls them. The package keeps their types to itself and is pinned to an exact version.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A place in the module's memory. */
export type Pointer = number;

/** What is used of it. Pointers are 4 bytes, and a code of 0 is success. */
export interface Module {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): Pointer;
  _free(pointer: Pointer): void;
  stackSave(): Pointer;
  stackAlloc(bytes: number): Pointer;
  stackRestore(stack: Pointer): void;
  stringToUTF8(text: string, to: Pointer, bytes: number): void;
  lengthBytesUTF8(text: string): number;
  UTF8ToString(pointer: Pointer): string;
  _OrtInit(threads: number, logLevel: number): number;
  _OrtGetLastError(code: Pointer, message: Pointer): number;
  _OrtCreateSessionOptions(
    optimisation: number,
    memoryArena: boolean,
    memoryPattern: boolean,
    executionMode: number,
    profiling: boolean,
    profilePrefix: Pointer,
    logId: Pointer,
    logSeverity: number,
    logVerbosity: number,
    optimisedModelPath: Pointer,
  ): Pointer;
  _OrtReleaseSessionOptions(options: Pointer): number;
  _OrtCreateSession(model: Pointer, bytes: number, options: Pointer): Pointer;
  _OrtCreateTensor(type: number, data: Pointer, bytes: number, shape: Pointer, axes: number, location: number): Pointer;
  _OrtReleaseTensor(tensor: Pointer): number;
  _OrtRun(
    session: Pointer,
    inputNames: Pointer,
    inputs: Pointer,
    inputCount: number,
    outputNames: Pointer,
    outputCount: number,
    outputs: Pointer,
    options: Pointer,
  ): number;
}

/** Starts the module and so many threads less one, this being the other. Rejects where they can't be started. */
export async function openModule(threads: number): Promise<Module> {
  const path = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.mjs');
  const { default: create } = (await import(pathToFileURL(path).href)) as {
    default: (options: { numThreads: number }) => Promise<Module>;
  };
  return create({ numThreads: threads });
}
