/**
 * The heavy operations as ONNX graphs on any number of frames, in planes: x [n, in, h, w], y [n, out, oh, ow]. Filters are tfjs's,
 * [kh, kw, in, out], or turned into the `weights` that onnxruntime multiplies with.
 */
import type { backend_util } from '@tensorflow/tfjs-core';
import type { Constant, GraphNode } from '../../../src/formats/onnx.ts';
import { FRAMES, type Graph } from './runtime.ts';

type ConvShape = backend_util.Conv2DInfo;

const inputPlanes = (info: ConvShape) => [FRAMES, info.inChannels, info.inHeight, info.inWidth];
const outputPlanes = (info: ConvShape) => [FRAMES, info.outChannels, info.outHeight, info.outWidth];
const kernel = (info: ConvShape) => [info.filterHeight, info.filterWidth];
const filterShape = (info: ConvShape) => [...kernel(info), info.inChannels, info.outChannels];
const pads = ({ padInfo }: ConvShape) => [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right];
const strides = (info: ConvShape) => [info.strideHeight, info.strideWidth];

/** Whether dx is a convolution too. */
export const stridesByOne = (info: ConvShape) => info.strideHeight === 1 && info.strideWidth === 1;

/** A filter as the weights [out, in, kh, kw] of a convolution. */
export function toWeights(info: ConvShape): Graph {
  return {
    nodes: [{ op: 'Transpose', inputs: ['filter'], outputs: ['weights'], attributes: { perm: [3, 2, 0, 1] } }],
    inputs: { filter: filterShape(info) },
    outputs: { weights: [info.outChannels, info.inChannels, ...kernel(info)] },
  };
}

/** A filter turned around in space, with its channels swapped: the weights [in, out, kh, kw] that take dy back to dx. */
export function toTurnedWeights(info: ConvShape): Graph {
  return {
    nodes: [
      { op: 'Slice', inputs: ['filter', 'last', 'first', 'spatial', 'backwards'], outputs: ['turned'] },
      { op: 'Transpose', inputs: ['turned'], outputs: ['weights'], attributes: { perm: [2, 3, 0, 1] } },
    ],
    constants: { last: [-1, -1], first: [-1 - info.filterHeight, -1 - info.filterWidth], spatial: [0, 1], backwards: [-1, -1] },
    inputs: { filter: filterShape(info) },
    outputs: { weights: [info.inChannels, info.outChannels, ...kernel(info)] },
  };
}

/** What may follow a convolution in the same pass, as in tfjs's fused convolution. */
export interface Epilogue {
  bias: boolean;
  relu: boolean;
}

/** y = x ∗ weights, plus a bias a channel and ReLU where the epilogue has them. */
export function convolution(info: ConvShape, { bias, relu }: Epilogue): Graph {
  const attributes = { pads: pads(info), strides: strides(info), kernel_shape: kernel(info) };
  return {
    nodes: [
      { op: 'Conv', inputs: ['x', 'weights', ...(bias ? ['bias'] : [])], outputs: [relu ? 'sum' : 'y'], attributes },
      ...(relu ? [{ op: 'Relu', inputs: ['sum'], outputs: ['y'] }] : []),
    ],
    inputs: {
      x: inputPlanes(info),
      weights: [info.outChannels, info.inChannels, ...kernel(info)],
      ...(bias ? { bias: [info.outChannels] } : {}),
    },
    outputs: { y: outputPlanes(info) },
  };
}

/** dx from dy: with stride 1 a convolution of dy with the turned weights; else the transposed convolution with the weights. */
export function convolutionInputGradient(info: ConvShape): Graph {
  const { top, left, bottom, right } = info.padInfo;
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const shapes = { outputs: { dx: inputPlanes(info) } };
  if (stridesByOne(info)) {
    const [y, x] = [filterHeight - 1, filterWidth - 1];
    const attributes = { pads: [y - top, x - left, y - bottom, x - right], kernel_shape: kernel(info) };
    return {
      ...shapes,
      nodes: [{ op: 'Conv', inputs: ['dy', 'weights'], outputs: ['dx'], attributes }],
      inputs: { dy: outputPlanes(info), weights: [inChannels, outChannels, filterHeight, filterWidth] },
    };
  }
  const rest = [
    info.inHeight + top + bottom - filterHeight - (info.outHeight - 1) * info.strideHeight,
    info.inWidth + left + right - filterWidth - (info.outWidth - 1) * info.strideWidth,
  ];
  const attributes = { pads: pads(info), strides: strides(info), kernel_shape: kernel(info), output_padding: rest };
  return {
    ...shapes,
    nodes: [{ op: 'ConvTranspose', inputs: ['dy', 'weights'], outputs: ['dx'], attributes }],
    inputs: { dy: outputPlanes(info), weights: [outChannels, inChannels, filterHeight, filterWidth] },
  };
}

/**
 * dFilter of some frames, added to that of the frames before: for every offset of the filter, the shifted x [in, pixels] times dy
 * [out, pixels] transposed. A few frames at a time, the nine shifted copies stay in the cache.
 */
export function convolutionFilterGradient(info: ConvShape): Graph {
  const { outHeight, outWidth, inChannels, outChannels, strideHeight, strideWidth, padInfo } = info;
  const constants: Record<string, Constant> = {
    padding: [0, 0, padInfo.top, padInfo.left, 0, 0, padInfo.bottom, padInfo.right],
    spatial: [2, 3],
    steps: [strideHeight, strideWidth],
    inMatrix: [inChannels, -1],
    outMatrix: [outChannels, -1],
    filterShape: filterShape(info),
  };
  const channelsFirst = { perm: [1, 0, 2, 3] };
  const nodes: GraphNode[] = [
    { op: 'Transpose', inputs: ['x'], outputs: ['xChannels'], attributes: channelsFirst },
    { op: 'Pad', inputs: ['xChannels', 'padding'], outputs: ['padded'] },
    { op: 'Transpose', inputs: ['dy'], outputs: ['dyChannels'], attributes: channelsFirst },
    { op: 'Reshape', inputs: ['dyChannels', 'outMatrix'], outputs: ['dyMatrix'] },
  ];
  const products: string[] = [];
  for (let row = 0; row < info.filterHeight; row++) {
    for (let column = 0; column < info.filterWidth; column++) {
      const at = `${row}_${column}`;
      constants[`from${at}`] = [row, column];
      constants[`to${at}`] = [row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1];
      nodes.push(
        { op: 'Slice', inputs: ['padded', `from${at}`, `to${at}`, 'spatial', 'steps'], outputs: [`shifted${at}`] },
        { op: 'Reshape', inputs: [`shifted${at}`, 'inMatrix'], outputs: [`matrix${at}`] },
        { op: 'Gemm', inputs: [`matrix${at}`, 'dyMatrix'], outputs: [`product${at}`], attributes: { transB: 1 } },
      );
      products.push(`product${at}`);
    }
  }
  nodes.push(
    { op: 'Concat', inputs: products, outputs: ['stacked'], attributes: { axis: 0 } },
    { op: 'Reshape', inputs: ['stacked', 'filterShape'], outputs: ['gradient'] },
    { op: 'Add', inputs: ['gradient', 'before'], outputs: ['dFilter'] },
  );
  return {
    nodes,
    constants,
    inputs: { x: inputPlanes(info), dy: outputPlanes(info), before: filterShape(info) },
    outputs: { dFilter: filterShape(info) },
  };
}

/** Batched matrix product, either side transposed. */
export function matrixProduct(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Graph {
  const rows = transposeA ? a[2] : a[1];
  const columns = transposeB ? b[1] : b[2];
  return {
    nodes: [
      {
        op: 'FusedMatMul',
        domain: 'com.microsoft',
        inputs: ['a', 'b'],
        outputs: ['product'],
        attributes: { transA: Number(transposeA), transB: Number(transposeB) },
      },
    ],
    inputs: { a, b },
    outputs: { product: [Math.max(a[0], b[0]), rows, columns] },
  };
}
