/**
 * NumPy's arrays, element types and scalars as pickles carry them: NumPy 1 and 2 name their modules differently
 * (numpy.core, numpy._core), protocol 5 hands the buffer over in another way than the older ones.
 */
import { encodeLatin1 } from '../bytes.ts';
import { decodeElements } from '../elements.ts';
import { FormatError } from '../errors.ts';
import { elementBytes, elementCount, isShape, toFloat32, type NdArray } from '../ndarray.ts';
import { parseNumpyDType, type NumpyDType } from '../numpyDType.ts';
import { cStrides, fortranStrides, inCOrder, isContiguous, type Layout } from '../strided.ts';
import type { GlobalEntry } from './allowList.ts';
import { narrow } from './numbers.ts';
import { kindOf, PickleGlobal, PickleObject, type PickleValue, type Spending } from './values.ts';

/** An array out of a pickle: NumPy's or a tensor of PyTorch's. */
export class PickledArray extends PickleObject {
  readonly label = 'an array';

  /** NumPy makes an empty array first and sets its state later. */
  constructor(public array: NdArray = { shape: [0], dtype: 'uint8', data: new Uint8Array(0) }) {
    super();
  }

  /** NumPy's state: (version, shape, dtype, is Fortran order, raw bytes). */
  override setState(state: PickleValue, spending: Spending): void {
    const [version, shape, dtype, fortran, raw] = Array.isArray(state) ? state : [];
    if (version !== 1 || typeof fortran !== 'boolean' || !isShape(shape)) throw damagedArray();
    this.array = assemble(raw, dtype, layoutOf(shape, fortran ? 'F' : 'C'), spending);
  }
}

/** A NumPy element type; the byte order comes with its state. */
export class PickledDType extends PickleObject {
  readonly label = 'a NumPy dtype';

  constructor(public type: NumpyDType) {
    super();
  }

  /** (version, byte order, subarray, field names, fields, size, alignment, flags, …): all but the order must be plain. */
  override setState(state: PickleValue): void {
    const [, order, subarray, names, fields] = Array.isArray(state) ? state : [];
    if (typeof order !== 'string' || !/^[<>|=]$/.test(order) || subarray !== null || names !== null || fields !== null) {
      throw new FormatError(
        'unsupported',
        "This pickle holds a NumPy array with named fields. Save each field's array on its own.",
      );
    }
    this.type = { dtype: this.type.dtype, littleEndian: order !== '>' };
  }
}

const NDARRAY = new PickleGlobal('numpy.ndarray');

/** `_reconstruct(ndarray, (0,), b'b')`: an empty array, filled when its state comes. */
function reconstruct([type]: PickleValue[]): PickleValue {
  if (type !== NDARRAY) throw new FormatError('refused', `This pickle makes ${kindOf(type)} as an array, which is not allowed.`);
  return new PickledArray();
}

/** `_frombuffer(buffer, dtype, shape, order[, axes])`: how protocol 5 writes arrays without gaps. */
function fromBuffer([buffer, dtype, shape, order, axes]: PickleValue[], spending: Spending): PickleValue {
  if (!isShape(shape)) throw damagedArray();
  return new PickledArray(assemble(buffer, dtype, layoutOf(shape, order, axes), spending));
}

/** `dtype('f4', align, copy)`. */
function makeDType([name]: PickleValue[]): PickleValue {
  if (typeof name !== 'string')
    throw new FormatError('damaged', `This pickle names a NumPy type by ${kindOf(name)}: it is damaged.`);
  return new PickledDType(parseNumpyDType(name));
}

/** `scalar(dtype, bytes)`: one number. */
function scalar([dtype, raw]: PickleValue[], spending: Spending): PickleValue {
  const array = assemble(raw, dtype, layoutOf([], 'C'), spending);
  const value = array.data[0] ?? 0;
  if (array.dtype === 'bool') return value !== 0;
  if (array.dtype === 'float16') return toFloat32(array)[0] ?? 0;
  return typeof value === 'bigint' ? narrow(value) : value;
}

/** An array of the raw elements, brought into C order. */
function assemble(raw: PickleValue | undefined, dtype: PickleValue | undefined, layout: Layout, spending: Spending): NdArray {
  if (!(dtype instanceof PickledDType)) throw damagedArray();
  const { dtype: type, littleEndian } = dtype.type;
  const bytes = bytesOf(raw, spending);
  const expected = elementCount(layout.shape) * elementBytes(type);
  if (bytes.length !== expected) {
    throw new FormatError(
      'damaged',
      `A NumPy array of ${expected} bytes comes with ${bytes.length} bytes: the pickle is damaged.`,
    );
  }
  // One copy where the buffer is not aligned or the bytes are swapped, one more for another order.
  spending.spend(isContiguous(layout) ? expected : 2 * expected);
  const elements = decodeElements(bytes, type, littleEndian);
  return { shape: [...layout.shape], dtype: type, data: inCOrder(elements, type, layout) };
}

/** The bytes of a buffer; text stands for bytes in pickles of Python 2 and of NumPy at protocol 2 and below. */
function bytesOf(raw: PickleValue | undefined, spending: Spending): Uint8Array {
  if (typeof raw === 'string') spending.spend(raw.length);
  const bytes = typeof raw === 'string' ? encodeLatin1(raw) : raw;
  if (!(bytes instanceof Uint8Array)) throw damagedArray();
  return bytes;
}

/** Where the elements of an array lie in its buffer: order C, F, or K with the buffer's axis for each axis of the array. */
function layoutOf(shape: readonly number[], order: PickleValue | undefined, axes?: PickleValue): Layout {
  if (order === 'C') return { shape, strides: cStrides(shape), offset: 0 };
  if (order === 'F') return { shape, strides: fortranStrides(shape), offset: 0 };
  if (order !== 'K' || !isShape(axes) || axes.length !== shape.length || new Set(axes).size !== axes.length) throw damagedArray();
  const strides = cStrides(shape);
  const pick = (values: readonly number[]): number[] => axes.flatMap((axis) => values[axis] ?? []);
  if (pick(shape).length !== shape.length) throw damagedArray();
  return { shape: pick(shape), strides: pick(strides), offset: 0 };
}

function damagedArray(): FormatError {
  return new FormatError('damaged', 'This pickle holds a NumPy array whose parts do not fit together: it is damaged.');
}

/** NumPy's part of the allow-list, as [module, name, global]. */
export const NUMPY_GLOBALS: readonly GlobalEntry[] = [
  ['numpy', 'ndarray', NDARRAY],
  ['numpy', 'dtype', new PickleGlobal('numpy.dtype', makeDType)],
  ...['numpy.core', 'numpy._core'].flatMap((core): [string, string, PickleGlobal][] => [
    [`${core}.multiarray`, '_reconstruct', new PickleGlobal(`${core}.multiarray._reconstruct`, reconstruct)],
    [`${core}.multiarray`, 'scalar', new PickleGlobal(`${core}.multiarray.scalar`, scalar)],
    [`${core}.numeric`, '_frombuffer', new PickleGlobal(`${core}.numeric._frombuffer`, fromBuffer)],
  ]),
];
