import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type Storable } from '../../../src/records/cbor.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bits = (array: Float32Array | Float64Array) => hex(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));

const { value: anyValue } = fc.letrec<{ value: Storable }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.constantFrom(0, -0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, -(2 ** 32) + 1, -(2 ** 32), Infinity, NaN),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    fc.float32Array(),
    fc.float64Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'length')), tie('value'), { maxKeys: 4 }),
  ),
}));

/** What JavaScript may give the same prototype or not: the values are what is compared. */
function plain(value: Storable): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.entries(value)
    .map(([name, item]) => [name, plain(item as Storable)])
    .sort();
}

describe('values as CBOR', () => {
  it.each([
    // RFC 8949, appendix A.
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [100, '1864'],
    [1000, '1903e8'],
    [1_000_000, '1a000f4240'],
    [-1, '20'],
    [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'],
    [Infinity, 'fb7ff0000000000000'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    ['IETF', '6449455446'],
    ['\u00fc', '62c3bc'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
    // RFC 8746, section 2: tags 64, 85 and 86.
    [Uint8Array.of(1, 2), 'd840420102'],
    [Float32Array.of(1), 'd855440000803f'],
    [Float64Array.of(1), 'd85648000000000000f03f'],
  ] satisfies [Storable, string][])('writes %j as the specification does', (value, bytes) => {
    expect(hex(encode(value))).toBe(bytes);
    expect(decode(encode(value))).toEqual(value);
  });

  it('gives any value back', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(plain(decode(encode(value)))).toEqual(plain(value));
      }),
    );
  });

  it('keeps every bit of floats: which NaN it is, and the sign of zero', () => {
    const floats = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc12345, 0x80000000, 0x7f800000, 1).buffer);
    const doubles = new Float64Array(BigUint64Array.of(0x7ff8000000000abcn, 0x8000000000000000n).buffer);
    const back = decode(encode({ floats, doubles, zero: -0 })) as { floats: Float32Array; doubles: Float64Array; zero: number };
    expect(bits(back.floats)).toBe(bits(floats));
    expect(bits(back.doubles)).toBe(bits(doubles));
    expect(back.zero).toBe(-0);
  });

  it('keeps the mark at the start of a text that programs take for one of byte order', () => {
    const text = `\ufeff${'a text of more than thirty-two letters'}`;
    expect(decode(encode({ [text]: text }))).toEqual({ [text]: text });
  });

  it('writes a part of an array, not what is around it', () => {
    expect(decode(encode(Float32Array.of(1, 2, 3, 4).subarray(1, 3)))).toEqual(Float32Array.of(2, 3));
  });

  it('writes the same bytes whatever order entries were made in', () => {
    expect(hex(encode({ b: 1, a: { d: 2, c: 3 } }))).toBe(hex(encode({ a: { c: 3, d: 2 }, b: 1 })));
  });

  it('mends text that is not Unicode', () => {
    expect(decode(encode('a\ud800b'))).toBe('a\ufffdb');
  });

  it.each([
    ['nothing', ''],
    ['two values', '0000'],
    ['a text that ends too early', '6461'],
    ['a text that is not UTF-8', '61ff'],
    ['a list that announces four billion values', '9affffffff'],
    ['an endless list', '9f00ff'],
    ['a length of eight bytes', '5b0000000000000001'],
    ['bytes without a tag', '4101'],
    ['a tag that records don’t use', 'c000'],
    ['a typed array that isn’t bytes', 'd85500'],
    ['floats of three bytes', 'd85543000000'],
    ['a name that is a number', 'a10000'],
    ['a name twice', 'a2616100616101'],
    ['undefined', 'f7'],
    ['a number that is longer than it needs to be', '1817'],
    ['a typed array in a typed array', 'd855d840440000803f'],
    ['a hundred lists in each other', '81'.repeat(100) + '00'],
  ])('refuses %s', (_, bytes) => {
    expect(() => decode(Buffer.from(bytes, 'hex'))).toThrow();
  });

  /** Bytes that begin as values do, with lists in lists and lengths beyond the end. */
  const heads = fc
    .array(
      fc.constantFrom('00', '60', '6161', '80', '81', '82', '9affffffff', 'a1', 'bf', 'd85544', 'd8405affffffff', 'f6', 'ff'),
      {
        maxLength: 60,
      },
    )
    .map((parts) => Uint8Array.from(Buffer.from(parts.join(''), 'hex')));

  it('refuses any bytes or gives a value, without taking more memory than they have', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), heads), (bytes) => {
        let value: Storable;
        try {
          value = decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          return;
        }
        expect(depthOf(value)).toBeLessThanOrEqual(32);
        expect(encode(value).length).toBeLessThanOrEqual(bytes.length * 9);
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['81', 'a16161', '8200'])('goes as deep as 32 levels, and no deeper: %s', (head) => {
    const nested = (levels: number) => Buffer.from(head.repeat(levels - 1) + '00', 'hex');
    expect(depthOf(decode(nested(32)))).toBe(32);
    expect(() => decode(nested(33))).toThrow('too deeply');
    expect(() => decode(nested(1_000_000))).toThrow('too deeply');
  });
});

function depthOf(value: Storable): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 1;
  return 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item as Storable)));
}
