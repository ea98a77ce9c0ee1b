/**
 * The batch-norm kernels, in two passes over the frames each: sums of every plane, then the values. What is done
 * with a plane's sums is done here, in double precision; a plane is centred before anything is squared or multiplied with it, because
 * single precision bears no difference of large sums.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../../src/formats/onnx.ts';
import { BATCH_NORM, BATCH_NORM_GRADIENT, type BatchNormAttributes } from '../../kernels/batchNorm.ts';
import { inChunks } from './inChunks.ts';
import type { Geometry, OnnxBackend } from './backend.ts';
import type { Register } from './register.ts';
import { FRAMES, type Graph } from './runtime.ts';

export function registerBatchNorm(register: Register): void {
  register(BATCH_NORM, (inputs, backend, attrs) => forward(inputs, backend, attrs as BatchNormAttributes));
  register(BATCH_NORM_GRADIENT, (inputs, backend, attrs) => gradient(inputs, backend, attrs as BatchNormAttributes));
}

function forward(inputs: tf.NamedTensorInfoMap, backend: OnnxBackend, { epsilon, relu }: BatchNormAttributes): tf.TensorInfo[] {
  const activation = openActivation(backend, inputs['x']!);
  const { geometry, pixels, channels } = activation;
  const x = activation.read(inputs['x']!);
  const { mean, variance } = moments(backend, x, geometry);
  const { factor, level } = affine(backend, inputs, mean, variance, epsilon);
  const y = backend.takePlanes(geometry);
  const run = backend.operation(`normalise ${channels} ${pixels} ${relu}`, () => normaliseGraph(channels, pixels, relu));
  inChunks(geometry.frames, channels * pixels, ({ frames, of }) => run.run({ x: of(x), factor, level }, frames, { y: of(y) }));
  return [activation.wrap(y), vector(backend, mean), vector(backend, variance)];
}

/** dx = factor·(dy − mean(dy) − x̂·mean(dy·x̂)), as factor·dy + linear·x + level; dy only where the ReLU let y pass. */
function gradient(inputs: tf.NamedTensorInfoMap, backend: OnnxBackend, { epsilon, relu }: BatchNormAttributes): tf.TensorInfo[] {
  const activation = openActivation(backend, inputs['x']!);
  const { geometry, pixels, channels } = activation;
  const [x, dy] = [activation.read(inputs['x']!), activation.read(inputs['dy']!)];
  const mean = backend.values(inputs['mean']!);
  const { factor, level, inverse } = affine(backend, inputs, mean, backend.values(inputs['variance']!), epsilon);

  const sumRun = backend.operation(`norm sums ${channels} ${pixels} ${relu}`, () => slopeSumsGraph(channels, pixels, relu));
  const sums = new Float32Array(geometry.frames * channels);
  const products = new Float32Array(geometry.frames * channels);
  inChunks(geometry.frames, channels * pixels, ({ frames, of }) =>
    sumRun.run({ x: of(x), dy: of(dy), mean, factor, level }, frames, { sums: of(sums), products: of(products) }),
  );
  const dShift = channelSums(sums, channels);
  const dScale = channelSums(products, channels).map((sum, channel) => sum * inverse[channel]!);

  const rows = geometry.frames * pixels;
  const linear = Float32Array.from(dScale, (slope, channel) => (-factor[channel]! * inverse[channel]! * slope) / rows);
  const constant = Float32Array.from(
    dShift,
    (slope, channel) => (-factor[channel]! * slope) / rows - linear[channel]! * mean[channel]!,
  );
  const dx = backend.takePlanes(geometry);
  const run = backend.operation(`norm dx ${channels} ${pixels} ${relu}`, () => inputGradientGraph(channels, pixels, relu));
  inChunks(geometry.frames, channels * pixels, ({ frames, of }) =>
    run.run({ x: of(x), dy: of(dy), factor, level, linear, constant }, frames, { dx: of(dx) }),
  );
  return [activation.wrap(dx), vector(backend, dScale), vector(backend, dShift)];
}

interface Activation {
  geometry: Geometry;
  /** Of a plane. */
  pixels: number;
  channels: number;
  read(tensor: tf.TensorInfo): Float32Array;
  wrap(planes: Float32Array): tf.TensorInfo;
}

/** A tensor [rows, channels] that doesn't lie in planes counts as planes of a single pixel, which is the same in memory. */
function openActivation(backend: OnnxBackend, x: tf.TensorInfo): Activation {
  const [rows, channels] = x.shape as [number, number];
  const geometry = backend.geometry(x) ?? { frames: rows, height: 1, width: 1, channels };
  return {
    geometry,
    pixels: geometry.height * geometry.width,
    channels,
    read: (tensor) => backend.planes(tensor, geometry),
    wrap: (planes) => backend.fromPlanes([rows, channels], planes, geometry),
  };
}

/** Mean and biased variance of every channel, from the means of its planes and the squares around those. */
function moments(
  backend: OnnxBackend,
  x: Float32Array,
  { frames, height, width, channels }: Geometry,
): Record<'mean' | 'variance', Float64Array> {
  const pixels = height * width;
  const means = new Float32Array(frames * channels);
  const squares = new Float32Array(frames * channels);
  const run = backend.operation(`moments ${channels} ${pixels}`, () => momentsGraph(channels, pixels));
  inChunks(frames, channels * pixels, ({ frames, of }) =>
    run.run({ x: of(x) }, frames, { means: of(means), squares: of(squares) }),
  );
  const mean = channelSums(means, channels).map((sum) => sum / frames);
  const variance = channelSums(squares, channels);
  means.forEach((value, at) => (variance[at % channels]! += pixels * (value - mean[at % channels]!) ** 2));
  return { mean, variance: variance.map((sum) => sum / (frames * pixels)) };
}

/** y = factor·x + level, where factor = scale·inverse deviation. */
function affine(
  backend: OnnxBackend,
  inputs: tf.NamedTensorInfoMap,
  mean: Float32Array | Float64Array,
  variance: Float32Array | Float64Array,
  epsilon: number,
): Record<'factor' | 'level' | 'inverse', Float32Array> {
  const [scale, shift] = [backend.values(inputs['scale']!), backend.values(inputs['shift']!)];
  // From the rounded variance both times, so that the gradient sees the very ReLU that the forward pass saw.
  const inverse = Float32Array.from(variance, (value) => 1 / Math.sqrt(Math.fround(value) + epsilon));
  const factor = inverse.map((value, channel) => scale[channel]! * value);
  const level = factor.map((value, channel) => shift[channel]! - Math.fround(mean[channel]!) * value);
  return { factor, level, inverse };
}

/** [frames, channels] → [channels]. */
function channelSums(values: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  values.forEach((value, at) => (sums[at % channels]! += value));
  return sums;
}

function vector(backend: OnnxBackend, values: Float64Array): tf.TensorInfo {
  return backend.makeTensorInfo([values.length], 'float32', Float32Array.from(values));
}

const node = (op: string, inputs: string, output: string): GraphNode => ({ op, inputs: inputs.split(' '), outputs: [output] });

const sum = (op: 'ReduceSum' | 'ReduceMean' | 'ReduceSumSquare', input: string, output: string, keepdims: 0 | 1): GraphNode =>
  op === 'ReduceSum'
    ? { op, inputs: [input, 'pixelAxis'], outputs: [output], attributes: { keepdims } }
    : { op, inputs: [input], outputs: [output], attributes: { axes: [2], keepdims } };
const constants = { pixelAxis: [2], zero: 0 };

const planesOf = (channels: number, pixels: number) => [FRAMES, channels, pixels];
const perChannel = (channels: number, ...names: string[]) => Object.fromEntries(names.map((name) => [name, [channels, 1]]));

/** Mean of every plane and the sum of squares around it. */
function momentsGraph(channels: number, pixels: number): Graph {
  return {
    nodes: [
      sum('ReduceMean', 'x', 'centre', 1),
      node('Sub', 'x centre', 'centred'),
      sum('ReduceSumSquare', 'centred', 'squares', 0),
      { op: 'Squeeze', inputs: ['centre', 'pixelAxis'], outputs: ['means'] },
    ],
    constants: { pixelAxis: [2] },
    inputs: { x: planesOf(channels, pixels) },
    outputs: { means: [FRAMES, channels], squares: [FRAMES, channels] },
  };
}

function normaliseGraph(channels: number, pixels: number, relu: boolean): Graph {
  return {
    nodes: [
      node('Mul', 'x factor', 'scaled'),
      node('Add', 'scaled level', relu ? 'shifted' : 'y'),
      ...(relu ? [node('Relu', 'shifted', 'y')] : []),
    ],
    inputs: { x: planesOf(channels, pixels), ...perChannel(channels, 'factor', 'level') },
    outputs: { y: planesOf(channels, pixels) },
  };
}

/** dy where the ReLU let y pass. */
const passed = [
  node('Mul', 'x factor', 'scaled'),
  node('Add', 'scaled level', 'y'),
  node('Greater', 'y zero', 'positive'),
  node('Where', 'positive dy zero', 'passed'),
];

/** Of every plane the sums of the slope and of its product with the centred x. */
function slopeSumsGraph(channels: number, pixels: number, relu: boolean): Graph {
  const slope = relu ? 'passed' : 'dy';
  return {
    nodes: [
      ...(relu ? passed : []),
      sum('ReduceSum', slope, 'sums', 0),
      node('Sub', 'x mean', 'centred'),
      node('Mul', `${slope} centred`, 'product'),
      sum('ReduceSum', 'product', 'products', 0),
    ],
    constants,
    inputs: {
      x: planesOf(channels, pixels),
      dy: planesOf(channels, pixels),
      ...perChannel(channels, 'mean', ...(relu ? ['factor', 'level'] : [])),
    },
    outputs: { sums: [FRAMES, channels], products: [FRAMES, channels] },
  };
}

function inputGradientGraph(channels: number, pixels: number, relu: boolean): Graph {
  return {
    nodes: [
      ...(relu ? passed : []),
      node('Mul', `${relu ? 'passed' : 'dy'} factor`, 'slopePart'),
      node('Mul', 'x linear', 'linearPart'),
      node('Add', 'slopePart linearPart', 'parts'),
      node('Add', 'parts constant', 'dx'),
    ],
    constants: { zero: 0 },
    inputs: {
      x: planesOf(channels, pixels),
      dy: planesOf(channels, pixels),
      ...perChannel(channels, 'factor', 'linear', 'constant', ...(relu ? ['level'] : [])),
    },
    outputs: { dx: planesOf(channels, pixels) },
  };
}
