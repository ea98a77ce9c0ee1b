/**
 * The heavy operations as ONNX graphs, in tfjs's layout: x [n, h, w, in], filter [kh, kw, in, out], y [n, oh, ow, out].
 * onnxruntime moves the transposes into its own blocked layout.
 */
import type { backend_util } from '@tensorflow/tfjs-core';
import type { Constant, GraphNode, GraphSpec } from '../../../src/formats/onnx.ts';

type ConvShape = backend_util.Conv2DInfo;

const TO_NCHW = [0, 3, 1, 2];
const TO_NHWC = [0, 2, 3, 1];

const inputShape = (info: ConvShape) => [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
const outputShape = (info: ConvShape) => [info.batchSize, info.outHeight, info.outWidth, info.outChannels];
const filterShape = (info: ConvShape) => [info.filterHeight, info.filterWidth, info.inChannels, info.outChannels];
const pads = ({ padInfo }: ConvShape) => [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right];
const strides = (info: ConvShape) => [info.strideHeight, info.strideWidth];

/** What may follow a convolution in the same pass, as in tfjs's fused convolution. */
export interface Epilogue {
  bias: boolean;
  relu: boolean;
}

/** y = x ∗ filter, plus a bias a channel and ReLU where the epilogue has them. */
export function convolution(info: ConvShape, { bias, relu }: Epilogue = { bias: false, relu: false }): GraphSpec {
  return {
    nodes: [
      { op: 'Transpose', inputs: ['x'], outputs: ['planes'], attributes: { perm: TO_NCHW } },
      { op: 'Transpose', inputs: ['filter'], outputs: ['weights'], attributes: { perm: [3, 2, 0, 1] } },
      {
        op: 'Conv',
        inputs: ['planes', 'weights', ...(bias ? ['bias'] : [])],
        outputs: ['result'],
        attributes: { pads: pads(info), strides: strides(info), kernel_shape: [info.filterHeight, info.filterWidth] },
      },
      ...(relu ? [{ op: 'Relu', inputs: ['result'], outputs: ['passed'] }] : []),
      { op: 'Transpose', inputs: [relu ? 'passed' : 'result'], outputs: ['y'], attributes: { perm: TO_NHWC } },
    ],
    inputs: { x: inputShape(info), filter: filterShape(info), ...(bias ? { bias: [info.outChannels] } : {}) },
    outputs: { y: outputShape(info) },
  };
}

/**
 * dx from dy. With stride 1 a convolution of dy with the filter turned around in space and with its channels swapped, which runs
 * at the speed of the forward pass; else the transposed convolution.
 */
export function convolutionInputGradient(info: ConvShape): GraphSpec {
  const shapes = { inputs: { dy: outputShape(info), filter: filterShape(info) }, outputs: { dx: inputShape(info) } };
  const toPlanes: GraphNode = { op: 'Transpose', inputs: ['dy'], outputs: ['planes'], attributes: { perm: TO_NCHW } };
  const toPixels: GraphNode = { op: 'Transpose', inputs: ['result'], outputs: ['dx'], attributes: { perm: TO_NHWC } };
  const kernel = [info.filterHeight, info.filterWidth];
  if (info.strideHeight === 1 && info.strideWidth === 1) {
    const { top, left, bottom, right } = info.padInfo;
    const [y, x] = [info.filterHeight - 1, info.filterWidth - 1];
    return {
      ...shapes,
      nodes: [
        toPlanes,
        { op: 'Slice', inputs: ['filter', 'last', 'first', 'spatial', 'backwards'], outputs: ['turned'] },
        { op: 'Transpose', inputs: ['turned'], outputs: ['weights'], attributes: { perm: [2, 3, 0, 1] } },
        {
          op: 'Conv',
          inputs: ['planes', 'weights'],
          outputs: ['result'],
          attributes: { pads: [y - top, x - left, y - bottom, x - right], kernel_shape: kernel },
        },
        toPixels,
      ],
      constants: { last: [-1, -1], first: [-1 - info.filterHeight, -1 - info.filterWidth], spatial: [0, 1], backwards: [-1, -1] },
    };
  }
  const { top, left, bottom, right } = info.padInfo;
  const rest = [
    info.inHeight + top + bottom - info.filterHeight - (info.outHeight - 1) * info.strideHeight,
    info.inWidth + left + right - info.filterWidth - (info.outWidth - 1) * info.strideWidth,
  ];
  return {
    ...shapes,
    nodes: [
      toPlanes,
      { op: 'Transpose', inputs: ['filter'], outputs: ['weights'], attributes: { perm: [3, 2, 0, 1] } },
      {
        op: 'ConvTranspose',
        inputs: ['planes', 'weights'],
        outputs: ['result'],
        attributes: { pads: pads(info), strides: strides(info), kernel_shape: kernel, output_padding: rest },
      },
      toPixels,
    ],
  };
}

/** dFilter: for every offset of the filter, the shifted x (as a matrix [pixels, in]) transposed times dy [pixels, out]. */
export function convolutionFilterGradient(info: ConvShape): GraphSpec {
  const { batchSize, outHeight, outWidth, inChannels, outChannels, strideHeight, strideWidth, padInfo } = info;
  const pixels = batchSize * outHeight * outWidth;
  const constants: Record<string, Constant> = {
    padding: [0, padInfo.top, padInfo.left, 0, 0, padInfo.bottom, padInfo.right, 0],
    spatial: [1, 2],
    steps: [strideHeight, strideWidth],
    inMatrix: [pixels, inChannels],
    outMatrix: [pixels, outChannels],
    filterShape: filterShape(info),
  };
  const nodes: GraphNode[] = [
    { op: 'Pad', inputs: ['x', 'padding'], outputs: ['padded'] },
    { op: 'Reshape', inputs: ['dy', 'outMatrix'], outputs: ['dyMatrix'] },
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
        { op: 'Gemm', inputs: [`matrix${at}`, 'dyMatrix'], outputs: [`product${at}`], attributes: { transA: 1 } },
      );
      products.push(`product${at}`);
    }
  }
  nodes.push(
    { op: 'Concat', inputs: products, outputs: ['stacked'], attributes: { axis: 0 } },
    { op: 'Reshape', inputs: ['stacked', 'filterShape'], outputs: ['dFilter'] },
  );
  return { nodes, constants, inputs: { x: inputShape(info), dy: outputShape(info) }, outputs: { dFilter: filterShape(info) } };
}

/** Batched matrix product, either side transposed. */
export function matrixProduct(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): GraphSpec {
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
