/**
 * An n-dimensional array as every reader here returns it: shape, element type and the elements in C order (the last axis
 * varies fastest). Plain data, so that it crosses a worker boundary as it is.
 */
import { decodeFloat16 } from './float16.ts';
import { FormatError } from './errors.ts';

export type DType =
  'bool' | 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'int8' | 'int16' | 'int32' | 'int64' | 'float16' | 'float32' | 'float64';

/** What holds the elements of each type: float16 as its 16 bits, bool as 0 or 1, 64-bit integers as bigint. */
export const ELEMENT_ARRAYS = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type TypedArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

export interface NdArray {
  /** Length of each axis; empty for a single number. */
  shape: number[];
  dtype: DType;
  /** The elements in C order. Readers may return a view into the file's bytes: treat it as read-only. */
  data: TypedArray;
}

/** NumPy's own limit on the number of axes. */
export const MAX_RANK = 64;

/** Bytes one element takes in a file and in memory. */
export function elementBytes(dtype: DType): number {
  return ELEMENT_ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** Is this a list of axis lengths: at most {@link MAX_RANK} whole numbers, none negative? */
export function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MAX_RANK && value.every((axis) => Number.isSafeInteger(axis) && axis >= 0);
}

/** Number of elements of a shape. Throws {@link FormatError} `too-large` where it exceeds what a number can count. */
export function elementCount(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, axis) => product * axis, 1);
  if (!Number.isSafeInteger(count)) {
    throw new FormatError('too-large', `An array of shape [${shape.join(', ')}] has more elements than can be counted.`);
  }
  return count;
}

/** Makes an array, checking that type, shape and elements agree. Throws {@link FormatError} `invalid-value`. */
export function ndArray(dtype: DType, shape: readonly number[], data: TypedArray): NdArray {
  if (!isShape(shape) || elementCount(shape) !== data.length) {
    throw new FormatError('invalid-value', `${data.length} elements do not fill an array of shape [${shape.join(', ')}].`);
  }
  if (!(data instanceof ELEMENT_ARRAYS[dtype])) {
    throw new FormatError('invalid-value', `Elements of type ${dtype} are held in ${ELEMENT_ARRAYS[dtype].name}, not in this.`);
  }
  return { shape: [...shape], dtype, data };
}

/**
 * The elements as float32, in C order. An array that is float32 already comes back as it is, without a copy; float64 and
 * 64-bit integers are rounded to the nearest float32; bool gives 0 and 1.
 */
export function toFloat32(array: NdArray): Float32Array {
  const { data } = array;
  if (data instanceof Float32Array) return data;
  if (array.dtype === 'float16' && data instanceof Uint16Array) return decodeFloat16(data);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float32Array.from(data, Number);
  return Float32Array.from(data);
}
