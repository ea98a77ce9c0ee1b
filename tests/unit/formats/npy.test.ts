import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEMENT_ARRAYS, elementBytes, ndArray, type DType } from '../../../src/formats/ndarray.ts';
import { decodeElements } from '../../../src/formats/elements.ts';
import { readNpy, writeNpy } from '../../../src/formats/npy.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, concat, expectFormatError, numbers, ramp } from './support.ts';

const CODES: Partial<Record<string, DType>> = {
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};
const npy = (name: string): Promise<Uint8Array> => readFixture(`formats/npy/${name}.npy`);

/** A version 1 file with this header and these elements. */
function file(header: string, elements = new Uint8Array(0)): Uint8Array {
  return concat(bytesOf('\x93NUMPY\x01\0'), Uint8Array.of(header.length & 255, header.length >> 8), bytesOf(header), elements);
}

describe('NPY files of NumPy', () => {
  it.each(Object.entries(CODES))('reads %s in both byte orders, C and Fortran', async (code, dtype) => {
    for (const variant of ['little', 'big_fortran']) {
      const array = readNpy(await npy(`${variant}_${code}`));
      expect(array).toMatchObject({ shape: [2, 3, 4], dtype });
      expect(numbers(array)).toEqual(ramp(24));
    }
  });

  it('reads bool, a single number, an empty array, a vector', async () => {
    expect(numbers(readNpy(await npy('bool')))).toEqual(ramp(24).map((i) => i % 2));
    expect(readNpy(await npy('scalar'))).toEqual({ shape: [], dtype: 'float32', data: Float32Array.of(7) });
    expect(readNpy(await npy('empty'))).toEqual({ shape: [0, 3], dtype: 'float32', data: new Float32Array(0) });
    expect(readNpy(await npy('vector'))).toMatchObject({ shape: [5], data: Float32Array.from(ramp(5)) });
  });

  it.each([1, 2, 3])('reads version %i', async (version) => {
    expect(numbers(readNpy(await npy(`version${version}`)))).toEqual(ramp(24));
  });

  it('reads the shapes of Python 2', () => {
    expect(readNpy(file("{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }\n", Uint8Array.of(1, 2))).shape).toEqual([2]);
  });

  it('uses the elements in place', async () => {
    const bytes = await npy('little_f4');
    expect(readNpy(bytes).data.buffer).toBe(bytes.buffer);
  });

  it.each([
    ['records', 'named fields'],
    ['objects', 'O'],
    ['text', '<U2'],
    ['complex', '<c8'],
  ])('refuses %s in a sentence', async (name, message) => {
    const bytes = await npy(name);
    expectFormatError(() => readNpy(bytes), 'unsupported', message);
  });
});

describe('damaged NPY files', () => {
  it('says what is wrong', async () => {
    const bytes = await npy('little_f4');
    expectFormatError(() => readNpy(new Uint8Array(0)), 'not-recognised');
    expectFormatError(() => readNpy(bytesOf('PK\x03\x04 not an array')), 'not-recognised');
    expectFormatError(() => readNpy(bytes.subarray(0, 7)), 'truncated');
    expectFormatError(() => readNpy(bytes.subarray(0, 100)), 'truncated');
    expectFormatError(() => readNpy(bytes.subarray(0, -1)), 'truncated', '96 bytes of elements and holds 95');
    expectFormatError(() => readNpy(concat(bytes, Uint8Array.of(0))), 'damaged', 'holds 97');
    expectFormatError(() => readNpy(bytes.with(6, 4)), 'unsupported', 'version 4');
    expectFormatError(() => readNpy(concat(bytesOf('\x93NUMPY\x02\0'), Uint8Array.of(0, 0, 0, 1))), 'too-large', '16777216');
  });

  it.each([
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 'x'}",
    "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}",
    "{'descr': True, 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "__import__('os').system('true')",
  ])('refuses the header %s', (header) => {
    expectFormatError(() => readNpy(file(header, new Uint8Array(4))), 'damaged', 'header');
  });

  it.each([
    ['a shape beyond its elements', '<f4', '(5,)', 'truncated'],
    ['a shape within its elements', '<f4', '(3,)', 'damaged'],
    ['a type of more bytes than there are', '<f8', '(4,)', 'truncated'],
    ['a type of fewer bytes than there are', '<f2', '(4,)', 'damaged'],
    ['a type that is none', '<f3', '(4,)', 'unsupported'],
  ] as const)('refuses %s', (_, descr, shape, code) => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
    expectFormatError(() => readNpy(file(header, new Uint8Array(16))), code);
  });

  it('refuses shapes beyond counting', () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000), }";
    expectFormatError(() => readNpy(file(header)), 'too-large');
  });

  it('refuses names of object properties as types', () => {
    expectFormatError(() => readNpy(file("{'descr': 'constructor', 'fortran_order': False, 'shape': (), }")), 'unsupported');
  });
});

describe('writing NPY', () => {
  it.each(['little_f4', 'little_u1', 'little_i8', 'little_f2', 'bool', 'scalar', 'empty', 'vector'])(
    'gives the very bytes of np.save: %s',
    async (name) => {
      const bytes = await npy(name);
      expect(writeNpy(readNpy(bytes))).toEqual(bytes);
    },
  );

  it('reads back what it wrote, in every type and shape', () => {
    const arrays = fc
      .record({
        dtype: fc.constantFrom(...(Object.keys(ELEMENT_ARRAYS) as DType[])),
        shape: fc.array(fc.nat(5), { maxLength: 5 }),
        seed: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      })
      .map(({ dtype, shape, seed }) => {
        const size = shape.reduce((product, axis) => product * axis, 1) * elementBytes(dtype);
        return ndArray(
          dtype,
          shape,
          decodeElements(
            Uint8Array.from({ length: size }, (_, i) => seed[i % 8]! ^ i),
            dtype,
          ),
        );
      });
    fc.assert(
      fc.property(arrays, (array) => {
        const bytes = writeNpy(array);
        const again = readNpy(bytes);
        expect(again.shape).toEqual(array.shape);
        expect(again.dtype).toBe(array.dtype);
        expect(writeNpy(again)).toEqual(bytes);
        expect(bytes.length % 64).toBe(array.data.byteLength % 64);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('refuses arrays that contradict themselves', () => {
    expectFormatError(() => writeNpy({ shape: [3], dtype: 'float32', data: Float32Array.of(1) }), 'invalid-value');
  });
});
