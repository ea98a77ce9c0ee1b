/**
 * Batch norms folded into what stands before them, for evaluation: y = γ(Wx − μ)/√(σ² + ε) + β = (γ/√(σ² + ε))·Wx + (β − γμ/√(σ² + ε)).
 * Exact up to rounding, so it is computed in doubles and rounded once. Arrays to arrays, in PyTorch's layout: what the app computes
 * with and what an exported model holds are the same numbers.
 */
import { toFloat32, type NdArray } from '../formats/ndarray.ts';
import type { Architecture } from './architecture.ts';
import { NECK_FCS, NECK_NORM, type ConvNormSpec, type Parameters } from './parameters.ts';

/** PyTorch's default ε of BatchNorm2d and BatchNorm1d. */
export const NORM_EPSILON = 1e-5;

/** One multiplication and one addition a feature. */
interface FoldedNorm {
  scale: Float64Array;
  shift: Float64Array;
}

/** A convolution with its batch norm inside: weights [out, in, height, width] and a bias [out]. */
export function foldConvNorm(parameters: Parameters, spec: ConvNormSpec): { weight: NdArray; bias: NdArray } {
  const { scale, shift } = foldNorm(parameters, spec.norm);
  const { shape, data } = float32(parameters, spec.conv);
  const perFilter = data.length / scale.length;
  return {
    weight: { shape, dtype: 'float32', data: data.map((value, index) => value * scale[Math.floor(index / perFilter)]!) },
    bias: { shape: [spec.out], dtype: 'float32', data: Float32Array.from(shift) },
  };
}

/**
 * The neck's batch norm. It counts its features channel·parts + part, and the network computes with parts first: [parts, 1, embedding].
 */
export function foldNeckNorm(parameters: Parameters, { embedding, parts }: Architecture): { scale: NdArray; shift: NdArray } {
  const { scale, shift } = foldNorm(parameters, NECK_NORM);
  const partsFirst = (values: Float64Array): NdArray => ({
    shape: [parts, 1, embedding],
    dtype: 'float32',
    data: Float32Array.from(values, (_, index) => values[(index % embedding) * parts + Math.floor(index / embedding)]!),
  });
  return { scale: partsFirst(scale), shift: partsFirst(shift) };
}

/** The neck's matrices [parts, embedding, classes] with columns of length 1, as the cosines ask for. */
export function unitNeckFcs(parameters: Parameters): NdArray {
  const { shape, data } = float32(parameters, NECK_FCS);
  const [, rows = 0, columns = 0] = shape;
  const squares = new Float64Array(data.length / rows);
  const columnOf = (index: number) => Math.floor(index / (rows * columns)) * columns + (index % columns);
  data.forEach((value, index) => (squares[columnOf(index)]! += value * value));
  // The floor of PyTorch's `normalize`.
  const length = (index: number) => Math.max(Math.sqrt(squares[columnOf(index)]!), 1e-12);
  return { shape, dtype: 'float32', data: data.map((value, index) => value / length(index)) };
}

function foldNorm(parameters: Parameters, norm: string): FoldedNorm {
  const [weight, bias, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (vector) => float32(parameters, `${norm}.${vector}`).data,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = Float64Array.from(weight, (value, index) => value / Math.sqrt(variance[index]! + NORM_EPSILON));
  const shift = Float64Array.from(bias, (value, index) => value - mean[index]! * scale[index]!);
  return { scale, shift };
}

function float32(parameters: Parameters, name: string): { shape: number[]; data: Float32Array } {
  const array = parameters.get(name)!;
  return { shape: array.shape, data: toFloat32(array) };
}
