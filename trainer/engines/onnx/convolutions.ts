/** tfjs's convolution kernels, gradients included. */
import * as tf from '@tensorflow/tfjs-core';
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
  stridesByOne,
  toTurnedWeights,
  toWeights,
  type Epilogue,
} from './graphs.ts';
import { inChunks } from './inChunks.ts';
import type { Geometry, OnnxBackend } from './backend.ts';
import { generalKernel, type Register } from './register.ts';

type ConvInfo = tf.backend_util.Conv2DInfo;

export function registerConvolutions(register: Register): void {
  register(tf.Conv2D, (inputs, backend, attrs) => {
    const [x, filter] = [inputs['x']!, inputs['filter']!];
    return convolve(backend, convInfo(x.shape, filter.shape, attrs), x, filter, null, { bias: false, relu: false });
  });

  const generalFusedConv = generalKernel(tf.FusedConv2D);
  register(tf.FusedConv2D, (inputs, backend, attrs) => {
    const [x, filter, bias] = [inputs['x']!, inputs['filter']!, inputs['bias']];
    const activation = attrs['activation'] as string;
    if (!bias || (activation !== 'relu' && activation !== 'linear')) {
      return generalFusedConv(inputs, backend, attrs);
    }
    const epilogue = { bias: true, relu: activation === 'relu' };
    return convolve(backend, convInfo(x.shape, filter.shape, attrs), x, filter, bias, epilogue);
  });

  register(tf.Conv2DBackpropInput, (inputs, backend, attrs) => {
    const [dy, filter] = [inputs['dy']!, inputs['filter']!];
    const info = convInfo(attrs['inputShape'] as number[], filter.shape, attrs);
    const run = backend.operation(`conv dx ${key(info)}`, () => convolutionInputGradient(info));
    const weights = stridesByOne(info) ? turned(backend, info, filter) : straight(backend, info, filter);
    const slopes = backend.planes(dy, outputGeometry(info));
    const dx = backend.takePlanes(inputGeometry(info));
    inChunks(info.batchSize, largest(info), ({ frames, of }) => run.run({ dy: of(slopes), weights }, frames, { dx: of(dx) }));
    return backend.fromPlanes(info.inShape, dx, inputGeometry(info));
  });

  register(tf.Conv2DBackpropFilter, (inputs, backend, attrs) => {
    const [x, dy] = [inputs['x']!, inputs['dy']!];
    const info = convInfo(x.shape, attrs['filterShape'] as number[], attrs);
    const run = backend.operation(`conv dw ${key(info)}`, () => convolutionFilterGradient(info));
    const [planes, slopes] = [backend.planes(x, inputGeometry(info)), backend.planes(dy, outputGeometry(info))];
    let dFilter = new Float32Array(tf.util.sizeFromShape(info.filterShape));
    let before = new Float32Array(dFilter.length);
    inChunks(info.batchSize, largest(info), ({ frames, of }) => {
      [before, dFilter] = [dFilter, before];
      run.run({ x: of(planes), dy: of(slopes), before }, frames, { dFilter });
    });
    return backend.makeTensorInfo(info.filterShape, 'float32', dFilter);
  });
}

function convolve(
  backend: OnnxBackend,
  info: ConvInfo,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  bias: tf.TensorInfo | null,
  epilogue: Epilogue,
): tf.TensorInfo {
  const run = backend.operation(`conv ${epilogue.bias} ${epilogue.relu} ${key(info)}`, () => convolution(info, epilogue));
  const weights = straight(backend, info, filter);
  const rest = bias ? { weights, bias: backend.values(bias) } : { weights };
  const planes = backend.planes(x, inputGeometry(info));
  const y = backend.takePlanes(outputGeometry(info));
  inChunks(info.batchSize, largest(info), ({ frames, of }) => run.run({ x: of(planes), ...rest }, frames, { y: of(y) }));
  return backend.fromPlanes(info.outShape, y, outputGeometry(info));
}

function straight(backend: OnnxBackend, info: ConvInfo, filter: tf.TensorInfo): Float32Array {
  const run = backend.operation(`weights ${info.filterShape.join(' ')}`, () => toWeights(info));
  return run.run({ filter: backend.values(filter) })['weights']!;
}

function turned(backend: OnnxBackend, info: ConvInfo, filter: tf.TensorInfo): Float32Array {
  const run = backend.operation(`turned weights ${info.filterShape.join(' ')}`, () => toTurnedWeights(info));
  return run.run({ filter: backend.values(filter) })['weights']!;
}

function inputGeometry({ batchSize, inHeight, inWidth, inChannels }: ConvInfo): Geometry {
  return { frames: batchSize, height: inHeight, width: inWidth, channels: inChannels };
}

function outputGeometry({ batchSize, outHeight, outWidth, outChannels }: ConvInfo): Geometry {
  return { frames: batchSize, height: outHeight, width: outWidth, channels: outChannels };
}

/** Values of a frame in the larger of the two activations. */
function largest(info: ConvInfo): number {
  return Math.max(info.inHeight * info.inWidth * info.inChannels, info.outHeight * info.outWidth * info.outChannels);
}

function convInfo(inShape: number[], filterShape: number[], attrs: tf.NamedAttrMap): ConvInfo {
  return tf.backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs['strides'] as [number, number],
    (attrs['dilations'] as [number, number] | undefined) ?? 1,
    attrs['pad'] as number,
    attrs['dimRoundingMode'] as 'floor' | undefined,
  );
}

/** Everything but the number of frames. */
function key(info: ConvInfo): string {
  const { top, left } = info.padInfo;
  return [info.inShape.slice(1), info.filterShape, info.strideHeight, info.strideWidth, top, left].join(' ');
}
