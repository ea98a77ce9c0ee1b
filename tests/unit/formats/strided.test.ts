import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cStrides, fortranStrides, inCOrder, isContiguous, lastIndex, type Layout } from '../../../src/formats/strided.ts';
import { elementCount } from '../../../src/formats/ndarray.ts';
import { ramp } from './support.ts';

/** The index of each element, by the definition: position times stride, summed. */
function indices({ shape, strides, offset }: Layout): number[] {
  return ramp(elementCount(shape)).map((at) => {
    let rest = at;
    let index = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return index;
  });
}

const layouts = fc.array(fc.record({ length: fc.nat(4), stride: fc.nat(12) }), { maxLength: 5 }).chain((axes) =>
  fc.record({
    shape: fc.constant(axes.map(({ length }) => length)),
    strides: fc.oneof(fc.constant(axes.map(({ stride }) => stride)), fc.constant(cStrides(axes.map(({ length }) => length)))),
    offset: fc.nat(7),
  }),
);

describe('strided arrays', () => {
  it('come out in C order, whatever their strides', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const expected = indices(layout);
        const data = Float64Array.from(ramp(1100));
        expect(lastIndex(layout)).toBe(Math.max(-1, ...expected));
        expect(Array.from(inCOrder(data, 'float64', layout) as Float64Array)).toEqual(expected);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('know Fortran order', () => {
    expect(fortranStrides([2, 3, 4])).toEqual([1, 2, 6]);
    expect(cStrides([2, 3, 4])).toEqual([12, 4, 1]);
  });

  it('stay views where nothing has to move; axes of length 1 may have any stride', () => {
    const data = BigInt64Array.from({ length: 6 }, (_, i) => BigInt(i));
    const layout = { shape: [2, 1, 2], strides: [2, 99, 1], offset: 1 };
    expect(isContiguous(layout)).toBe(true);
    const view = inCOrder(data, 'int64', layout);
    expect(view.buffer).toBe(data.buffer);
    expect(view).toEqual(BigInt64Array.of(1n, 2n, 3n, 4n));
  });
});
