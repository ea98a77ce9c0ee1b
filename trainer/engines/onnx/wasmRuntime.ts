/** onnxruntime in WebAssembly. Inputs and outputs of an operation are copied into the module's memory and out of it. */
import { encodeOnnx } from '../../../src/formats/onnx.ts';
import { lengthOf, shapeOf, type Arrays, type Graph, type Operation, type Runtime } from './runtime.ts';
import { openModule, type Module, type Pointer } from './wasmModule.ts';

const FLOAT = 1;
const ON_CPU = 1;
const ALL_OPTIMISATIONS = 99;
const SEQUENTIAL = 0;
const ERRORS_ONLY = 3;
const BYTES = 4;
const NONE: Pointer = 0;

/** Starts the module with so many threads. Rejects where they can't be started. */
export async function openWasmRuntime(threads: number): Promise<Runtime> {
  const module = await openModule(threads);
  check(module, module._OrtInit(threads, ERRORS_ONLY), 'start');
  return { compile: (graph) => wasmOperation(module, graph) };
}

function wasmOperation(module: Module, graph: Graph): Operation {
  const session = createSession(module, encodeOnnx(graph));
  const [inputNames, outputNames] = [Object.keys(graph.inputs), Object.keys(graph.outputs)];
  const names = (all: readonly string[]) => all.map((name) => permanentText(module, name));
  const [inputNamePointers, outputNamePointers] = [names(inputNames), names(outputNames)];
  return {
    run(inputs: Arrays, frames = 1, into: Arrays = {}) {
      const stack = module.stackSave();
      const sources = inputNames.map((name) => toModule(module, shapeOf(graph.inputs[name]!, frames), inputs[name]!));
      const targets = outputNames.map((name) => toModule(module, shapeOf(graph.outputs[name]!, frames), null));
      const pointers = (of: readonly Pointer[]) => stackWords(module, of);
      const code = module._OrtRun(
        session,
        pointers(inputNamePointers),
        pointers(sources.map(({ tensor }) => tensor)),
        sources.length,
        pointers(outputNamePointers),
        targets.length,
        pointers(targets.map(({ tensor }) => tensor)),
        NONE,
      );
      check(module, code, 'run');
      const outputs = targets.map(({ data, length }, index) => {
        const name = outputNames[index]!;
        const to = into[name] ?? new Float32Array(length);
        to.set(new Float32Array(module.HEAPU8.buffer, data, length));
        return [name, to] as const;
      });
      for (const { tensor, data } of [...sources, ...targets]) {
        module._OrtReleaseTensor(tensor);
        module._free(data);
      }
      module.stackRestore(stack);
      return Object.fromEntries(outputs);
    },
  };
}

/** Without an arena of its own: forty of them would fill the module's memory and make nothing faster. */
function createSession(module: Module, model: Uint8Array): Pointer {
  const options = module._OrtCreateSessionOptions(
    ALL_OPTIMISATIONS,
    false,
    false,
    SEQUENTIAL,
    false,
    NONE,
    NONE,
    ERRORS_ONLY,
    0,
    NONE,
  );
  const bytes = module._malloc(model.length);
  module.HEAPU8.set(model, bytes);
  const session = module._OrtCreateSession(bytes, model.length, options);
  check(module, session === NONE ? 1 : 0, 'compile');
  module._OrtReleaseSessionOptions(options);
  module._free(bytes);
  return session;
}

interface ModuleTensor {
  tensor: Pointer;
  data: Pointer;
  length: number;
}

/** A tensor in the module's memory, with a copy of the values or with whatever is there. */
function toModule(module: Module, shape: readonly number[], values: Float32Array | null): ModuleTensor {
  const length = lengthOf(shape);
  const data = module._malloc(length * BYTES);
  if (data === NONE) throw new Error('WebAssembly has no memory left.');
  if (values) new Float32Array(module.HEAPU8.buffer, data, length).set(values);
  const tensor = module._OrtCreateTensor(FLOAT, data, length * BYTES, stackWords(module, shape), shape.length, ON_CPU);
  return { tensor, data, length };
}

/** Integers or pointers on the module's stack. */
function stackWords(module: Module, words: readonly number[]): Pointer {
  const pointer = module.stackAlloc(words.length * BYTES);
  module.HEAP32.set(words, pointer / BYTES);
  return pointer;
}

function permanentText(module: Module, text: string): Pointer {
  const bytes = module.lengthBytesUTF8(text) + 1;
  const pointer = module._malloc(bytes);
  module.stringToUTF8(text, pointer, bytes);
  return pointer;
}

function check(module: Module, code: number, what: string): void {
  if (code === 0) return;
  const stack = module.stackSave();
  const [status, message] = [module.stackAlloc(BYTES), module.stackAlloc(BYTES)];
  module._OrtGetLastError(status, message);
  const text = module.UTF8ToString(module.HEAP32[message / BYTES]! >>> 0);
  module.stackRestore(stack);
  throw new Error(`onnxruntime could not ${what} in WebAssembly: ${text || 'no reason given'}.`);
}
