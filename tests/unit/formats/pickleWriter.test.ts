/** Pickled arrays as NumPy writes them: read back by our own reader, and by NumPy itself where this machine has it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeElements } from '../../../src/formats/elements.ts';
import { ELEMENT_ARRAYS, elementBytes, elementCount, type DType, type NdArray } from '../../../src/formats/ndarray.ts';
import { readPickledArrays, writePickledArray } from '../../../src/formats/pickle.ts';
import { PickleWriter } from '../../../src/formats/pickle/writer.ts';
import { bytesOf, expectFormatError } from './support.ts';

const python = ['python3', '/usr/bin/python3'].find((path) => spawnSync(path, ['-c', 'import numpy']).status === 0);
const noNumpy = python ? '' : ' (skipped: no Python with NumPy on this machine)';

const DTYPES = Object.keys(ELEMENT_ARRAYS) as DType[];

function madeOf(dtype: DType, shape: number[]): NdArray {
  const bytes = Uint8Array.from({ length: elementCount(shape) * elementBytes(dtype) }, (_, index) => index % 2);
  return { shape, dtype, data: decodeElements(bytes, dtype) };
}

describe('writePickledArray', () => {
  it('writes what our reader reads, whatever the shape and type', () => {
    const arrays = fc.tuple(fc.constantFrom(...DTYPES), fc.array(fc.nat(3), { maxLength: 4 }));
    fc.assert(
      fc.property(arrays, ([dtype, shape]) => {
        const array = madeOf(dtype, shape);
        expect(readPickledArrays(writePickledArray(array))).toEqual([array]);
      }),
    );
  });

  it('writes sizes beyond a byte, and a view without what lies around it', () => {
    const whole = Float32Array.from({ length: 70_002 }, (_, index) => index);
    const array: NdArray = { shape: [70_000], dtype: 'float32', data: whole.subarray(1, 70_001) };
    expect(readPickledArrays(writePickledArray(array))).toEqual([array]);
  });

  it('writes the bytes that NumPy 1 and 2 have been seen to read', () => {
    const bytes = writePickledArray({ shape: [2, 3], dtype: 'int16', data: Int16Array.of(0, 3, 6, 9, 12, 15) });
    expect(bytes).toEqual(
      bytesOf(
        '\x80\x03cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tB\x01\0\0\0btR' +
          '(K\x01(K\x02K\x03tcnumpy\ndtype\n(X\x03\0\0\0<i2tR\x89B\x0c\0\0\0\0\0\x03\0\x06\0\x09\0\x0c\0\x0f\0tb.',
      ),
    );
  });

  it('refuses arrays that contradict themselves, and bytes where the protocol has none', () => {
    const data = Float32Array.of(1);
    expectFormatError(() => writePickledArray({ shape: [2], dtype: 'float32', data }), 'invalid-value', 'do not fill');
    expectFormatError(() => writePickledArray({ shape: [1], dtype: 'uint8', data }), 'invalid-value', 'Uint8Array');
    expectFormatError(() => new PickleWriter().bytes(Uint8Array.of(1)), 'invalid-value', 'protocol 2');
  });

  it.skipIf(noNumpy)(`is loaded by NumPy, without a warning${noNumpy}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    try {
      const arrays = [...DTYPES.map((dtype) => madeOf(dtype, [2, 3])), madeOf('float32', []), madeOf('uint8', [0, 2, 64, 64])];
      const paths = arrays.map((array, index) => {
        const path = join(folder, `${index}.pkl`);
        writeFileSync(path, writePickledArray(array));
        return path;
      });
      const { status, stdout, stderr } = spawnSync(python!, ['-W', 'error', '-c', CHECK, ...paths], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toEqual(
        arrays.map(({ dtype, shape, data }) => ({
          dtype,
          shape,
          hex: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
        })),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const CHECK = `
import json, pickle, sys
found = []
for path in sys.argv[1:]:
    with open(path, 'rb') as file:
        array = pickle.load(file)
    array[...] = array
    found.append({'dtype': array.dtype.name, 'shape': array.shape, 'hex': array.tobytes().hex()})
print(json.dumps(found))
`;
