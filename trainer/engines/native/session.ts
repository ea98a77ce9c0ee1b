/**
 * Runs single operations through onnxruntime's CPU library, synchronously, which is what a tfjs kernel must be.
 * onnxruntime-node's public `run` only defers this same call to the next turn of the event loop; its binding is reached directly,
 * so the package is pinned to an exact version and {@link openBinding} checks what it gets.
 *
 * Why onnxruntime: measured on two AVX-512 cores, its convolutions run at 90-220 GFLOP/s where tfjs's wasm kernels reach 20-30 a
 * thread (`npm run bench`).
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Tensor } from 'onnxruntime-node';
import { encodeOnnx, type GraphSpec } from '../../../src/formats/onnx.ts';

interface NativeSession {
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: object): void;
  run(feeds: Record<string, Tensor>, fetches: Record<string, Tensor>, options: object): Record<string, Tensor>;
}

interface Binding {
  binding: { InferenceSession: new () => NativeSession };
  initOrt(): void;
}

let opened: Binding['binding'] | null = null;

function openBinding(): Binding['binding'] {
  if (!opened) {
    const module = createRequire(import.meta.url)('onnxruntime-node/dist/binding.js') as Partial<Binding>;
    if (!module.binding || !module.initOrt) throw new Error('This version of onnxruntime-node has no synchronous binding.');
    module.initOrt();
    opened = module.binding;
  }
  return opened;
}

/** One compiled operation with fixed shapes. */
export class NativeOperation {
  readonly #session: NativeSession;
  readonly #graph: GraphSpec;

  constructor(graph: GraphSpec, threads = availableParallelism()) {
    const bytes = encodeOnnx(graph);
    this.#graph = graph;
    this.#session = new (openBinding().InferenceSession)();
    this.#session.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Idle worker threads would otherwise spin and take the cores from the JavaScript between two operations.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  }

  /** Runs on the arrays as they lie in memory; the shapes are those of the graph. Gives the outputs in the graph's order. */
  run(inputs: Readonly<Record<string, Float32Array>>): Float32Array[] {
    const feeds = Object.fromEntries(
      Object.entries(this.#graph.inputs).map(([name, shape]) => [name, new Tensor('float32', inputs[name]!, shape)]),
    );
    const outputs = Object.entries(this.#graph.outputs).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return { name, data, tensor: new Tensor('float32', data, shape) };
    });
    this.#session.run(feeds, Object.fromEntries(outputs.map(({ name, tensor }) => [name, tensor])), {});
    return outputs.map(({ data }) => data);
  }
}

/** Compiled operations by what they compute and on which shapes; a training run has a few dozen. */
const operations = new Map<string, NativeOperation>();

export function operation(key: string, graph: () => GraphSpec): NativeOperation {
  let found = operations.get(key);
  if (!found) {
    found = new NativeOperation(graph());
    operations.set(key, found);
  }
  return found;
}
