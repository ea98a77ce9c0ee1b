/** The tfjs kernels of the native engine: heavy ones through onnxruntime, the common elementwise ones as plain loops. */
import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { convolution, convolutionFilterGradient, convolutionInputGradient, matrixProduct } from './graphs.ts';
import { operation } from './session.ts';

type Backend = MathBackendCPU;
type Inputs = tf.NamedTensorInfoMap;

export const NATIVE = 'native';

/** The values of a tensor, as they lie in memory. */
export function values(backend: Backend, tensor: tf.TensorInfo): Float32Array {
  return backend.data.get(tensor.dataId).values as Float32Array;
}

/** Hands a computed array over to the backend. */
export function toTensor(backend: Backend, shape: number[], array: Float32Array | undefined): tf.TensorInfo {
  return backend.makeTensorInfo(shape, 'float32', array!);
}

function register(kernelName: string, run: (inputs: Inputs, backend: Backend, attrs: tf.NamedAttrMap) => tf.TensorInfo): void {
  tf.unregisterKernel(kernelName, NATIVE);
  tf.registerKernel({
    kernelName,
    backendName: NATIVE,
    kernelFunc: ({ inputs, backend, attrs }) => run(inputs as Inputs, backend as Backend, attrs ?? {}),
  });
}

/** Replaces the kernels that decide how long a training step takes; the others stay those of tfjs's own CPU backend. */
export function registerNativeKernels(): void {
  register(tf.Conv2D, (inputs, backend, attrs) => {
    const x = inputs['x']!;
    const filter = inputs['filter']!;
    const info = convInfo(x.shape, filter.shape, attrs);
    const run = operation(`conv ${key(info)}`, () => convolution(info));
    return toTensor(backend, info.outShape, run.run({ x: values(backend, x), filter: values(backend, filter) })[0]);
  });

  const generalFusedConv = tf.getKernel(tf.FusedConv2D, NATIVE).kernelFunc;
  register(tf.FusedConv2D, (inputs, backend, attrs) => {
    const [x, filter, bias] = [inputs['x']!, inputs['filter']!, inputs['bias']];
    const activation = attrs['activation'] as string;
    if (!bias || (activation !== 'relu' && activation !== 'linear')) {
      return generalFusedConv({ inputs, backend, attrs }) as tf.TensorInfo;
    }
    const info = convInfo(x.shape, filter.shape, attrs);
    const epilogue = { bias: true, relu: activation === 'relu' };
    const run = operation(`conv ${activation} ${key(info)}`, () => convolution(info, epilogue));
    const arrays = { x: values(backend, x), filter: values(backend, filter), bias: values(backend, bias) };
    return toTensor(backend, info.outShape, run.run(arrays)[0]);
  });

  register(tf.Conv2DBackpropInput, (inputs, backend, attrs) => {
    const dy = inputs['dy']!;
    const filter = inputs['filter']!;
    const info = convInfo(attrs['inputShape'] as number[], filter.shape, attrs);
    const run = operation(`conv dx ${key(info)}`, () => convolutionInputGradient(info));
    return toTensor(backend, info.inShape, run.run({ dy: values(backend, dy), filter: values(backend, filter) })[0]);
  });

  register(tf.Conv2DBackpropFilter, (inputs, backend, attrs) => {
    const x = inputs['x']!;
    const dy = inputs['dy']!;
    const info = convInfo(x.shape, attrs['filterShape'] as number[], attrs);
    const run = operation(`conv dw ${key(info)}`, () => convolutionFilterGradient(info));
    return toTensor(backend, info.filterShape, run.run({ x: values(backend, x), dy: values(backend, dy) })[0]);
  });

  register(tf.BatchMatMul, (inputs, backend, attrs) => {
    const [a, b] = [inputs['a']!, inputs['b']!];
    const [transposeA, transposeB] = [attrs['transposeA'] === true, attrs['transposeB'] === true];
    const [shapeA, shapeB] = [asMatrices(a.shape), asMatrices(b.shape)];
    const graph = () => matrixProduct(shapeA, shapeB, transposeA, transposeB);
    const run = operation(['matmul', shapeA, shapeB, transposeA, transposeB].join(' '), graph);
    const outer = a.shape.length >= b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
    const shape = [...outer, transposeA ? shapeA[2] : shapeA[1], transposeB ? shapeB[1] : shapeB[2]];
    return toTensor(backend, shape, run.run({ a: values(backend, a), b: values(backend, b) })[0]);
  });

  registerMaximum();

  registerBinary(tf.Add, {
    pairs: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
    },
    scalar: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! + b;
    },
  });
  registerBinary(tf.Sub, {
    pairs: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
    },
    scalar: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! - b;
    },
  });
  registerBinary(tf.Multiply, {
    pairs: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
    },
    scalar: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! * b;
    },
  });
  registerBinary(tf.RealDiv, {
    pairs: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! / b[i]!;
    },
    scalar: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i]! / b;
    },
  });
  registerUnary(tf.Relu, (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i]!);
  });
  registerUnary(tf.Step, (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! > 0 ? 1 : 0;
  });
  registerUnary(tf.Square, (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * x[i]!;
  });
  registerUnary(tf.Sqrt, (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]!);
  });
}

/** tfjs's own kernel moves the reduced axis to the end first, value by value; a single axis is reduced where it lies. */
function registerMaximum(): void {
  const general = tf.getKernel(tf.Max, NATIVE).kernelFunc;
  register(tf.Max, (inputs, backend, attrs) => {
    const x = inputs['x']!;
    const axes = tf.util.parseAxisParam(attrs['reductionIndices'] as number[], x.shape);
    if (axes.length !== 1 || x.dtype !== 'float32') return general({ inputs, backend, attrs }) as tf.TensorInfo;
    const [axis] = axes as [number];
    const places = x.shape[axis]!;
    const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1));
    const outer = tf.util.sizeFromShape(x.shape.slice(0, axis));
    const from = values(backend, x);
    const to = new Float32Array(outer * inner).fill(-Infinity);
    for (let group = 0; group < outer; group++) {
      for (let place = 0; place < places; place++) {
        const at = (group * places + place) * inner;
        for (let i = 0; i < inner; i++) to[group * inner + i] = Math.max(to[group * inner + i]!, from[at + i]!);
      }
    }
    const kept = attrs['keepDims'] === true ? [1] : [];
    return toTensor(backend, [...x.shape.slice(0, axis), ...kept, ...x.shape.slice(axis + 1)], to);
  });
}

interface BinaryLoops {
  pairs(a: Float32Array, b: Float32Array, out: Float32Array): void;
  scalar(a: Float32Array, b: number, out: Float32Array): void;
}

/**
 * tfjs's own kernels go through a function call and a modulo for every element; operands of one shape, and a scalar on the right,
 * need neither. Everything else is left to them.
 */
function registerBinary(name: string, loops: BinaryLoops): void {
  const general = tf.getKernel(name, NATIVE).kernelFunc;
  register(name, (inputs, backend, attrs) => {
    const [a, b] = [inputs['a']!, inputs['b']!];
    const scalar = tf.util.sizeFromShape(b.shape) === 1 && b.shape.length <= a.shape.length;
    const floats = a.dtype === 'float32' && b.dtype === 'float32';
    if (!floats || !(scalar || tf.util.arraysEqual(a.shape, b.shape))) {
      return general({ inputs, backend, attrs }) as tf.TensorInfo;
    }
    const out = new Float32Array(tf.util.sizeFromShape(a.shape));
    if (scalar) loops.scalar(values(backend, a), values(backend, b)[0]!, out);
    else loops.pairs(values(backend, a), values(backend, b), out);
    return backend.makeTensorInfo(a.shape, 'float32', out);
  });
}

function registerUnary(name: string, loop: (x: Float32Array, out: Float32Array) => void): void {
  register(name, (inputs, backend) => {
    const x = inputs['x']!;
    const out = new Float32Array(tf.util.sizeFromShape(x.shape));
    loop(values(backend, x), out);
    return backend.makeTensorInfo(x.shape, 'float32', out);
  });
}

function convInfo(inShape: number[], filterShape: number[], attrs: tf.NamedAttrMap): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs['strides'] as [number, number],
    (attrs['dilations'] as [number, number] | undefined) ?? 1,
    attrs['pad'] as number,
    attrs['dimRoundingMode'] as 'floor' | undefined,
  );
}

function key(info: tf.backend_util.Conv2DInfo): string {
  const { top, left } = info.padInfo;
  return [info.inShape, info.filterShape, info.strideHeight, info.strideWidth, top, left].join(' ');
}

function asMatrices(shape: readonly number[]): [number, number, number] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return [shape.slice(0, -2).reduce((product, size) => product * size, 1), rows, columns];
}
