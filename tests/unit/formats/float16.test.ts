import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFloat16, encodeFloat16 } from '../../../src/formats/float16.ts';
import { ramp } from './support.ts';

const half = (value: number): number => encodeFloat16(Float32Array.of(value))[0]!;
const value = (bits: number): number => decodeFloat16(Uint16Array.of(bits))[0]!;
const ALL = Uint16Array.from({ length: 65_536 }, (_, i) => i);

/** The definition of binary16, without bit tricks. */
function byDefinition(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** The next float32 up or down. */
function neighbour(number: number, step: 1 | -1): number {
  const float = Float32Array.of(number);
  const bits = new Uint32Array(float.buffer);
  bits[0]! += step;
  return float[0]!;
}

describe('half precision', () => {
  it('decodes each of the 65,536 patterns by the definition', () => {
    expect(Array.from(decodeFloat16(ALL))).toEqual(Array.from(ALL, byDefinition));
  });

  it('keeps the sign of zero', () => {
    expect(value(0x8000)).toBe(-0);
    expect(half(-0)).toBe(0x8000);
    expect(half(-1e-30)).toBe(0x8000);
  });

  it('encodes every half back to itself, and NaN to a NaN', () => {
    const isNaNPattern = (bits: number): boolean => Number.isNaN(byDefinition(bits));
    const again = Array.from(encodeFloat16(decodeFloat16(ALL)));
    expect(again.map((bits, i) => (isNaNPattern(bits) ? isNaNPattern(i) : bits === i))).not.toContain(false);
  });

  it('rounds ties between any two neighbours to the even one, and all else to the nearest', () => {
    const finite = ramp(0x7bff);
    const middles = Float32Array.from(finite, (bits) => (byDefinition(bits) + byDefinition(bits + 1)) / 2);
    const encode = (values: Float32Array): number[] => Array.from(encodeFloat16(values));
    expect(encode(middles)).toEqual(finite.map((bits) => bits + (bits % 2)));
    expect(encode(middles.map((middle) => neighbour(middle, 1)))).toEqual(finite.map((bits) => bits + 1));
    expect(encode(middles.map((middle) => neighbour(middle, -1)))).toEqual(finite);
  });

  it('overflows to infinity halfway between the largest half and the next power of two', () => {
    expect(value(half(65_504))).toBe(65_504);
    expect(half(neighbour(65_520, -1))).toBe(0x7bff);
    expect(half(65_520)).toBe(0x7c00);
    expect(half(-3e38)).toBe(0xfc00);
    expect(half(Infinity)).toBe(0x7c00);
    expect(half(NaN)).toBe(0x7e00);
  });

  it('is never further away than half a step', () => {
    fc.assert(
      fc.property(fc.float({ min: -65_504, max: 65_504, noNaN: true }), (number) => {
        const step = Math.max(2 ** (Math.floor(Math.log2(Math.abs(number) || 1)) - 10), 2 ** -24);
        expect(Math.abs(value(half(number)) - number)).toBeLessThanOrEqual(step / 2);
      }),
    );
  });
});
