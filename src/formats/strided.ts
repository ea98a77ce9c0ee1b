/**
 * Arrays whose elements do not lie one after the other in C order: Fortran order, transposed views, slices, expanded axes.
 * Strides and offset count elements, not bytes.
 */
import { ELEMENT_ARRAYS, elementCount, type DType, type TypedArray } from './ndarray.ts';

export interface Layout {
  shape: readonly number[];
  /** How far apart neighbours along each axis are. None is negative. */
  strides: readonly number[];
  /** Where the first element is. */
  offset: number;
}

/** Strides of an array whose last axis varies fastest. */
export function cStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/** Strides of an array whose first axis varies fastest. */
export function fortranStrides(shape: readonly number[]): number[] {
  return cStrides([...shape].reverse()).reverse();
}

/** Index of the last element that the layout reaches; -1 where it has none. */
export function lastIndex({ shape, strides, offset }: Layout): number {
  if (shape.includes(0)) return -1;
  return shape.reduce((last, axis, i) => last + (axis - 1) * (strides[i] ?? 0), offset);
}

/** Do the elements lie in C order without gaps? Axes of length 1 have no say. */
export function isContiguous({ shape, strides }: Layout): boolean {
  const expected = cStrides(shape);
  return shape.includes(0) || shape.every((axis, i) => axis === 1 || strides[i] === expected[i]);
}

/**
 * The elements in C order: a view of `data` where they lie so already, a copy elsewhere. The caller has checked that
 * {@link lastIndex} lies inside `data` and that a copy of that size is affordable.
 */
export function inCOrder(data: TypedArray, dtype: DType, layout: Layout): TypedArray {
  const count = elementCount(layout.shape);
  if (isContiguous(layout)) return data.subarray(layout.offset, layout.offset + count);
  const out = new ELEMENT_ARRAYS[dtype](count);
  // 64-bit integers are bigint, all else is number; source and target are of one kind, which the types can't express.
  copyStrided(data as ArrayLike<unknown>, out as unknown as unknown[], layout);
  return out;
}

/** Walks the axes like an odometer, the last one fastest. */
function copyStrided(source: ArrayLike<unknown>, target: unknown[], { shape, strides, offset }: Layout): void {
  const rank = shape.length;
  const inner = shape[rank - 1] ?? 1;
  const innerStride = strides[rank - 1] ?? 0;
  const position = new Array<number>(rank).fill(0);
  let start = offset;
  for (let written = 0; written < target.length;) {
    for (let i = 0, at = start; i < inner; i++, at += innerStride) target[written++] = source[at];
    for (let axis = rank - 2; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (position[axis] ?? 0) + 1;
      start += stride;
      if (next < (shape[axis] ?? 1)) {
        position[axis] = next;
        break;
      }
      position[axis] = 0;
      start -= next * stride;
    }
  }
}
