/**
 * Elementwise kernels. Activations in planes stay in planes, and those of a residual block go through onnxruntime; everything else is
 * small and goes through plain loops, where tfjs's own kernels have a function call and a modulo for every element.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../../src/formats/onnx.ts';
import { sameGeometry, type Geometry, type OnnxBackend } from './backend.ts';
import { inChunks } from './inChunks.ts';
import { generalKernel, type Register } from './register.ts';
import { FRAMES } from './runtime.ts';

/** A run of neighbouring results; an operand is walked along with them (step 1) or stands still (step 0). */
interface Run {
  length: number;
  out: number;
  a: number;
  aStep: number;
  b: number;
  bStep: number;
}

type BinaryLoop = (a: Float32Array, b: Float32Array, out: Float32Array, run: Run) => void;
type UnaryLoop = (x: Float32Array, out: Float32Array) => void;

// One loop for each, written out: handed the operation as a function, a loop is several times slower.
const BINARY: Record<string, BinaryLoop> = {
  [tf.Add]: (a, b, out, run) => {
    for (let i = 0; i < run.length; i++) out[run.out + i] = a[run.a + i * run.aStep]! + b[run.b + i * run.bStep]!;
  },
  [tf.Sub]: (a, b, out, run) => {
    for (let i = 0; i < run.length; i++) out[run.out + i] = a[run.a + i * run.aStep]! - b[run.b + i * run.bStep]!;
  },
  [tf.Multiply]: (a, b, out, run) => {
    for (let i = 0; i < run.length; i++) out[run.out + i] = a[run.a + i * run.aStep]! * b[run.b + i * run.bStep]!;
  },
  [tf.RealDiv]: (a, b, out, run) => {
    for (let i = 0; i < run.length; i++) out[run.out + i] = a[run.a + i * run.aStep]! / b[run.b + i * run.bStep]!;
  },
};

const UNARY: Record<string, UnaryLoop> = {
  [tf.Relu]: (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i]!);
  },
  [tf.Step]: (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! > 0 ? 1 : 0;
  },
  [tf.Square]: (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * x[i]!;
  },
  [tf.Sqrt]: (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]!);
  },
};

/** TensorProto.DataType. */
const FLOAT = 1;

/** What a residual block and its gradient are made of, on all cores: a and b → out. */
const NODES: Record<string, GraphNode[]> = {
  [tf.Add]: [{ op: 'Add', inputs: ['a', 'b'], outputs: ['out'] }],
  [tf.Multiply]: [{ op: 'Mul', inputs: ['a', 'b'], outputs: ['out'] }],
  [tf.Relu]: [{ op: 'Relu', inputs: ['a'], outputs: ['out'] }],
  [tf.Step]: [
    { op: 'Greater', inputs: ['a', 'zero'], outputs: ['positive'] },
    { op: 'Cast', inputs: ['positive'], outputs: ['out'], attributes: { to: FLOAT } },
  ],
};

export function registerElementwise(register: Register): void {
  for (const [name, loop] of Object.entries(BINARY)) registerBinary(register, name, loop);
  for (const [name, loop] of Object.entries(UNARY)) registerUnary(register, name, loop);
}

function registerUnary(register: Register, name: string, loop: UnaryLoop): void {
  const general = generalKernel(name);
  register(name, (inputs, backend, attrs) => {
    const x = inputs['x']!;
    if (x.dtype !== 'float32') return general(inputs, backend, attrs);
    const geometry = backend.geometry(x);
    if (geometry) {
      const planes = backend.planes(x, geometry);
      const out = backend.takePlanes(geometry);
      if (NODES[name]) runNodes(backend, name, NODES[name], geometry, [planes], out);
      else loop(planes, out);
      return backend.fromPlanes(x.shape, out, geometry);
    }
    const out = new Float32Array(tf.util.sizeFromShape(x.shape));
    loop(backend.values(x), out);
    return backend.makeTensorInfo(x.shape, 'float32', out);
  });
}

function registerBinary(register: Register, name: string, loop: BinaryLoop): void {
  const general = generalKernel(name);
  register(name, (inputs, backend, attrs) => {
    const [a, b] = [inputs['a']!, inputs['b']!];
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return general(inputs, backend, attrs);
    const geometry = backend.geometry(a);
    if (geometry && tf.util.arraysEqual(a.shape, b.shape) && sameGeometry(geometry, backend.geometry(b))) {
      const out = backend.takePlanes(geometry);
      const [left, right] = [backend.planes(a, geometry), backend.planes(b, geometry)];
      if (NODES[name]) runNodes(backend, name, NODES[name], geometry, [left, right], out);
      else loop(left, right, out, { length: out.length, out: 0, a: 0, aStep: 1, b: 0, bStep: 1 });
      return backend.fromPlanes(a.shape, out, geometry);
    }
    if (geometry && a.shape.at(-1) === geometry.channels && isVector(b, geometry.channels)) {
      const out = backend.takePlanes(geometry);
      forEachPlane(geometry, out.length, (run) => loop(backend.planes(a, geometry), backend.values(b), out, run));
      return backend.fromPlanes(a.shape, out, geometry);
    }
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const out = new Float32Array(tf.util.sizeFromShape(shape));
    const [left, right] = [backend.values(a), backend.values(b)];
    forEachRun(shape, a.shape, b.shape, (run) => loop(left, right, out, run));
    return backend.makeTensorInfo(shape, 'float32', out);
  });
}

/** A value for each channel. */
function isVector({ shape }: tf.TensorInfo, channels: number): boolean {
  return shape.length === 1 && shape[0] === channels;
}

/** One run for each plane, along which the right operand, a value for each channel, stands still. */
function forEachPlane({ height, width, channels }: Geometry, length: number, call: (run: Run) => void): void {
  const pixels = height * width;
  for (let plane = 0; plane * pixels < length; plane++) {
    const at = plane * pixels;
    call({ length: pixels, out: at, a: at, aStep: 1, b: plane % channels, bStep: 0 });
  }
}

function runNodes(
  backend: OnnxBackend,
  name: string,
  nodes: GraphNode[],
  { frames, height, width, channels }: Geometry,
  inputs: readonly Float32Array[],
  out: Float32Array,
): void {
  const run = backend.operation(name, () => ({
    nodes,
    constants: nodes.some((node) => node.inputs.includes('zero')) ? { zero: 0 } : {},
    inputs: inputs.length === 2 ? { a: [FRAMES], b: [FRAMES] } : { a: [FRAMES] },
    outputs: { out: [FRAMES] },
  }));
  const perFrame = height * width * channels;
  inChunks(frames, perFrame, (chunk) => {
    const [a, b] = inputs.map((input) => chunk.of(input));
    run.run(b ? { a: a!, b } : { a: a! }, chunk.frames * perFrame, { out: chunk.of(out) });
  });
}

/** An axis of the result, or several in one, and by how much each operand moves on along it: 0 where it is broadcast. */
interface MergedAxis {
  length: number;
  aStep: number;
  bStep: number;
}

function mergedAxes(shape: readonly number[], aShape: readonly number[], bShape: readonly number[]): MergedAxis[] {
  const axes: MergedAxis[] = [];
  let [aStride, bStride] = [1, 1];
  for (let fromEnd = 1; fromEnd <= shape.length; fromEnd++) {
    const length = shape.at(-fromEnd)!;
    if (length === 1) continue;
    const aStep = (aShape.at(-fromEnd) ?? 1) === 1 ? 0 : aStride;
    const bStep = (bShape.at(-fromEnd) ?? 1) === 1 ? 0 : bStride;
    if (aStep !== 0) aStride *= length;
    if (bStep !== 0) bStride *= length;
    const inner = axes[0];
    const goesOn = inner && aStep === inner.aStep * inner.length && bStep === inner.bStep * inner.length;
    if (goesOn) inner.length *= length;
    else axes.unshift({ length, aStep, bStep });
  }
  return axes;
}

/** Cuts the result of a broadcast into the longest runs there are, in the order in which they lie in memory. */
function forEachRun(
  shape: readonly number[],
  aShape: readonly number[],
  bShape: readonly number[],
  call: (run: Run) => void,
): void {
  const axes = mergedAxes(shape, aShape, bShape);
  const { length, aStep, bStep } = axes.pop() ?? { length: 1, aStep: 0, bStep: 0 };
  let out = 0;
  const walk = (depth: number, a: number, b: number): void => {
    const axis = axes[depth];
    if (axis) {
      for (let at = 0; at < axis.length; at++) walk(depth + 1, a + at * axis.aStep, b + at * axis.bStep);
    } else {
      call({ length, out, a, aStep, b, bStep });
      out += length;
    }
  };
  walk(0, 0, 0);
}
