import { describe, expect, it } from 'vitest';
import { decodeElements, encodeElements } from '../../../src/formats/elements.ts';
import {
  ELEMENT_ARRAYS,
  elementBytes,
  elementCount,
  isShape,
  ndArray,
  toFloat32,
  type DType,
} from '../../../src/formats/ndarray.ts';
import { expectFormatError } from './support.ts';

const DTYPES = Object.keys(ELEMENT_ARRAYS) as DType[];

describe('ndArray', () => {
  it('counts elements; no axis means one, an empty axis none', () => {
    expect(elementCount([2, 3, 4])).toBe(24);
    expect(elementCount([])).toBe(1);
    expect(elementCount([2 ** 52, 0, 2 ** 52])).toBe(0);
  });

  it('refuses shapes that no memory can hold', () => {
    expectFormatError(() => elementCount([2 ** 30, 2 ** 30]), 'too-large');
  });

  it.each([[-1], [1.5], [NaN], ['2'], [2 ** 53], new Array(65).fill(1)])('takes [%s] for no shape', (...shape) => {
    expect(isShape(shape)).toBe(false);
  });

  it('takes exactly the elements that fill the shape, in the array of their type', () => {
    expect(ndArray('float32', [2, 1], Float32Array.of(1, 2))).toEqual({
      shape: [2, 1],
      dtype: 'float32',
      data: Float32Array.of(1, 2),
    });
    expectFormatError(() => ndArray('float32', [3], Float32Array.of(1, 2)), 'invalid-value', '2 elements');
    expectFormatError(() => ndArray('float16', [2], Float32Array.of(1, 2)), 'invalid-value', 'Uint16Array');
    expectFormatError(() => ndArray('uint8', [-1], new Uint8Array(0)), 'invalid-value');
  });
});

describe('toFloat32', () => {
  it.each(DTYPES)('converts %s', (dtype) => {
    const values = dtype === 'bool' ? [0, 1] : [3, 100];
    const Elements = ELEMENT_ARRAYS[dtype];
    const raw: ArrayLike<number | bigint> = dtype.endsWith('64') && dtype !== 'float64' ? values.map(BigInt) : values;
    const data = dtype === 'float16' ? Uint16Array.of(0x4200, 0x5640) : new Elements(raw as ArrayLike<never>);
    expect(Array.from(toFloat32(ndArray(dtype, [2], data)))).toEqual(values);
  });

  it('copies nothing where it is float32 already', () => {
    const data = Float32Array.of(1);
    expect(toFloat32({ shape: [1], dtype: 'float32', data })).toBe(data);
  });

  it('rounds what float32 cannot hold', () => {
    expect(toFloat32(ndArray('float64', [1], Float64Array.of(0.1)))[0]).toBe(Math.fround(0.1));
    expect(toFloat32(ndArray('int64', [1], BigInt64Array.of(2n ** 60n + 1n)))[0]).toBe(2 ** 60);
  });
});

describe('elements', () => {
  const bytes = Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64, 1, 2, 3, 4, 5, 6, 7, 8);

  it('uses aligned bytes in place', () => {
    expect(decodeElements(bytes, 'float32').buffer).toBe(bytes.buffer);
  });

  it.each(DTYPES)('reads %s off the boundary, and from a Node Buffer', (dtype) => {
    const size = elementBytes(dtype);
    const shifted = Buffer.alloc(1 + 2 * size);
    shifted.set(bytes.subarray(0, 2 * size), 1);
    expect(decodeElements(shifted.subarray(1), dtype)).toEqual(decodeElements(bytes.slice(0, 2 * size), dtype));
  });

  it('swaps big-endian elements without touching the file', () => {
    const file = Buffer.from([63, 128, 0, 0]);
    expect(Array.from(decodeElements(file, 'float32', false) as Float32Array)).toEqual([1]);
    expect([...file]).toEqual([63, 128, 0, 0]);
  });

  it('refuses half an element', () => {
    expectFormatError(() => decodeElements(bytes.subarray(0, 6), 'float32'), 'damaged', '6 bytes');
  });

  it('writes little-endian', () => {
    expect([...encodeElements(Float32Array.of(1, 2))]).toEqual([...bytes.subarray(0, 8)]);
    expect([...encodeElements(Uint16Array.of(1, 2).subarray(1))]).toEqual([2, 0]);
  });
});
