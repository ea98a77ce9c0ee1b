/**
 * onnxruntime's library for this processor. onnxruntime-node's public `run` only defers its binding's to the next turn of the event
 * loop, and a tfjs kernel must be synchronous; the binding is reached directly, so the package is pinned to an exact version and
 * {@link openBinding} checks what it gets.
 */
import { createRequire } from 'node:module';
import { Tensor } from 'onnxruntime-node';
import { encodeOnnx } from '../../../src/formats/onnx.ts';
import { lengthOf, shapeOf, type Arrays, type Graph, type Operation, type Runtime } from './runtime.ts';

interface Session {
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: object): void;
  run(feeds: Record<string, Tensor>, fetches: Record<string, Tensor>, options: object): Record<string, Tensor>;
}

interface Binding {
  binding: { InferenceSession: new () => Session };
  initOrt(): void;
}

const OPTIONS = {
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
  // Every session would keep an arena of its own for good, and forty of them make nothing faster.
  enableCpuMemArena: false,
  enableMemPattern: false,
  // Idle worker threads would otherwise spin and take the cores from the JavaScript between two operations.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** Throws where the library has no synchronous binding. */
export function openNativeRuntime(threads: number): Runtime {
  const { InferenceSession } = openBinding();
  return {
    compile(graph) {
      const bytes = encodeOnnx(graph);
      const session = new InferenceSession();
      session.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, { ...OPTIONS, intraOpNumThreads: threads });
      return nativeOperation(graph, session);
    },
  };
}

function openBinding(): Binding['binding'] {
  const module = createRequire(import.meta.url)('onnxruntime-node/dist/binding.js') as Partial<Binding>;
  if (!module.binding || !module.initOrt) throw new Error('This version of onnxruntime-node has no synchronous binding.');
  module.initOrt();
  return module.binding;
}

/** The library reads and writes the arrays where they lie. */
function nativeOperation(graph: Graph, session: Session): Operation {
  return {
    run(inputs: Arrays, frames = 1, into: Arrays = {}) {
      const tensors = (axes: Graph['inputs'], array: (name: string, length: number) => Float32Array) =>
        Object.fromEntries(
          Object.entries(axes).map(([name, all]) => {
            const shape = shapeOf(all, frames);
            return [name, new Tensor('float32', array(name, lengthOf(shape)), shape)];
          }),
        );
      const feeds = tensors(graph.inputs, (name) => inputs[name]!);
      const fetches = tensors(graph.outputs, (name, length) => into[name] ?? new Float32Array(length));
      session.run(feeds, fetches, {});
      return Object.fromEntries(Object.entries(fetches).map(([name, { data }]) => [name, data as Float32Array]));
    },
  };
}
