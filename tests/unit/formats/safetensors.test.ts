import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NdArray } from '../../../src/formats/ndarray.ts';
import { readSafetensors, writeSafetensors } from '../../../src/formats/safetensors.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, concat, expectFormatError, numbers, ramp } from './support.ts';

/** A file with this header and so many bytes of data. */
function file(header: unknown, dataLength = 0): Uint8Array {
  const text = bytesOf(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return concat(length, text, new Uint8Array(dataLength));
}

const f32 = (shape: number[], begin: number, end: number): object => ({ dtype: 'F32', shape, data_offsets: [begin, end] });
const tensor = (...values: number[]): NdArray => ({ shape: [values.length], dtype: 'float32', data: Float32Array.from(values) });

describe('safetensors files of the reference library', () => {
  it('reads every type, and the metadata', async () => {
    const { tensors, metadata } = readSafetensors(await readFixture('formats/safetensors/types.safetensors'));
    for (const name of ['uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64']) {
      const array = tensors.get(name)!;
      expect(array).toMatchObject({ shape: [2, 3], dtype: name });
      expect(numbers(array)).toEqual(ramp(6));
    }
    expect(numbers(tensors.get('bool')!)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(tensors.get('scalar')).toEqual({ shape: [], dtype: 'float32', data: Float32Array.of(7) });
    expect(tensors.get('empty')).toEqual({ shape: [0, 3], dtype: 'float32', data: new Float32Array(0) });
    expect(metadata).toEqual(
      new Map([
        ['note', 'café "quoted"'],
        ['format', 'pt'],
      ]),
    );
  });

  it('names a type that it does not read', async () => {
    const bytes = await readFixture('formats/safetensors/bfloat16.safetensors');
    expectFormatError(() => readSafetensors(bytes), 'unsupported', '"w" has type "BF16"');
  });
});

describe('reading safetensors', () => {
  it('reads off the boundary, and from a Node Buffer', () => {
    const file = writeSafetensors(new Map([['a', tensor(1, 2)]]));
    const shifted = Buffer.alloc(file.length + 1);
    shifted.set(file, 1);
    expect(numbers(readSafetensors(shifted.subarray(1)).tensors.get('a')!)).toEqual([1, 2]);
  });

  it('uses aligned elements in place', () => {
    const file = writeSafetensors(new Map([['a', tensor(1, 2)]]));
    expect(readSafetensors(file).tensors.get('a')!.data.buffer).toBe(file.buffer);
  });

  it('takes padding after the header, and tensors in any order of the header', () => {
    const header = JSON.stringify({ b: f32([1], 4, 8), a: f32([1], 0, 4) });
    expect([...readSafetensors(file(`${header}     `, 8)).tensors.keys()]).toEqual(['a', 'b']);
  });

  it.each<[string, Uint8Array, 'damaged' | 'truncated' | 'too-large' | 'not-recognised' | 'unsupported', string]>([
    ['nothing', new Uint8Array(0), 'truncated', 'too early'],
    ['a header longer than the file', Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0, 123), 'truncated', 'too early'],
    ['a huge header', Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0), 'too-large', '4294967296'],
    ['a header beyond counting', new Uint8Array(8).fill(255), 'damaged', '18446744073709551615'],
    ['no JSON at all', file('PK'), 'not-recognised', 'header'],
    ['broken JSON', file('{"a":'), 'damaged', 'JSON'],
    ['deep JSON', file('{"a":'.repeat(100_000)), 'damaged', 'JSON'],
    ['text that is not UTF-8', file('{"\xff":1}'), 'damaged', 'UTF-8'],
    ['an entry that is none', file({ a: 1 }), 'damaged', '"a"'],
    ['an entry without offsets', file({ a: { dtype: 'F32', shape: [] } }), 'damaged', 'incomplete'],
    ['a negative shape', file({ a: f32([-1], 0, 4) }, 4), 'damaged', 'incomplete'],
    ['a shape that is not whole', file({ a: f32([0.5], 0, 2) }, 2), 'damaged', 'incomplete'],
    ['a size that lies', file({ a: f32([3], 0, 8) }, 8), 'damaged', 'shape [3] is given 8 bytes'],
    ['a type of more bytes than there are', file({ a: { ...f32([2], 0, 8), dtype: 'F64' } }, 8), 'damaged', 'is given 8 bytes'],
    ['a type of fewer bytes than there are', file({ a: { ...f32([2], 0, 8), dtype: 'F16' } }, 8), 'damaged', 'is given 8 bytes'],
    ['a type that is none', file({ a: { ...f32([2], 0, 8), dtype: 'F31' } }, 8), 'unsupported', '"F31"'],
    ['a type that is a number', file({ a: { ...f32([2], 0, 8), dtype: 32 } }, 8), 'damaged', 'incomplete'],
    ['half of it', file({ a: f32([2], 0, 8) }, 8).subarray(0, 30), 'truncated', 'too early'],
    ['offsets in reverse', file({ a: f32([], 4, 0) }, 4), 'damaged', 'is given -4 bytes'],
    ['more data announced than there are', file({ a: f32([2], 0, 8) }, 7), 'truncated', 'announces 8 bytes'],
    ['data of nobody', file({ a: f32([2], 0, 8) }, 9), 'damaged', '1 bytes at the end'],
    ['a gap', file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), 'damaged', '"b" follows a gap'],
    ['an overlap', file({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12), 'damaged', '"b" overlaps'],
    ['twice the same data', file({ a: f32([2], 0, 8), b: f32([2], 0, 8) }, 8), 'damaged', 'overlaps'],
    ['metadata that are no text', file({ __metadata__: { a: 1 } }), 'damaged', 'metadata'],
    ['a shape beyond counting', file({ a: f32([2 ** 40, 2 ** 40], 0, 8) }, 8), 'too-large', 'counted'],
  ])('refuses %s', (_, bytes, code, message) => {
    expectFormatError(() => readSafetensors(bytes), code, message);
  });
});

describe('writing safetensors', () => {
  it('gives the same bytes in whatever order things come', () => {
    const entries: [string, NdArray][] = [
      ['b', tensor(1)],
      ['a', tensor(2, 3)],
      ['half', { shape: [1], dtype: 'float16', data: Uint16Array.of(0x3c00) }],
      ['flag', { shape: [], dtype: 'uint8', data: Uint8Array.of(1) }],
      ['steps', { shape: [], dtype: 'int64', data: BigInt64Array.of(5n) }],
    ];
    const bytes = writeSafetensors(new Map(entries), { b: '2', a: '1' });
    expect(writeSafetensors(new Map(entries.toReversed()), { a: '1', b: '2' })).toEqual(bytes);
    expect([...readSafetensors(bytes).tensors.keys()]).toEqual(['steps', 'a', 'b', 'half', 'flag']);
  });

  it('aligns every tensor to its elements', () => {
    const names = fc.uniqueArray(fc.string({ maxLength: 8 }), { maxLength: 6 });
    const dtypes = fc.constantFrom('float16', 'float32', 'uint8', 'int64', 'int32', 'bool', 'float64');
    fc.assert(
      fc.property(names, fc.array(fc.tuple(dtypes, fc.nat(5)), { minLength: 6, maxLength: 6 }), (keys, kinds) => {
        const make = { float16: Uint16Array, float32: Float32Array, uint8: Uint8Array, int64: BigInt64Array, int32: Int32Array };
        const more = { bool: Uint8Array, float64: Float64Array };
        const tensors = new Map(
          keys.map((name, i) => {
            const [dtype, length] = kinds[i]!;
            return [name, { shape: [length], dtype, data: new { ...make, ...more }[dtype](length) }];
          }),
        );
        const bytes = writeSafetensors(tensors, { note: 'naïve' });
        const again = readSafetensors(bytes);
        expect(new Map([...again.tensors].sort())).toEqual(new Map([...tensors].sort()));
        for (const { data } of again.tensors.values()) expect(data.buffer).toBe(bytes.buffer);
        expect(again.metadata).toEqual(new Map([['note', 'naïve']]));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('keeps names that JavaScript objects treat in their own way', () => {
    const tensors = new Map([
      ['__proto__', tensor(1)],
      ['10', tensor(2)],
      ['9', tensor(3)],
      ['constructor', tensor(4)],
    ]);
    expect(readSafetensors(writeSafetensors(tensors)).tensors).toEqual(tensors);
  });

  it('refuses the one reserved name and arrays that contradict themselves', () => {
    expectFormatError(() => writeSafetensors(new Map([['__metadata__', tensor(1)]])), 'invalid-value');
    const wrong: NdArray = { shape: [2], dtype: 'float32', data: Float32Array.of(1) };
    expectFormatError(() => writeSafetensors(new Map([['a', wrong]])), 'invalid-value');
  });
});
