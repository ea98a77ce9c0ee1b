import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropBox } from '../../../src/gait/crop.ts';

const SIZE = 128;

/** A plane with one dot in each of these rows. */
function plane(...rows: number[]): Uint8Array {
  const levels = new Uint8Array(SIZE * SIZE);
  for (const row of rows) levels[row * SIZE + 5] = 1;
  return levels;
}

describe('cropBox', () => {
  it('keeps the rows that hold anything and as many columns around the middle, and one', () => {
    expect(cropBox('square', plane(20, 59))).toEqual({ top: 20, bottom: 60, left: 44, right: 85 });
    expect(cropBox('square', plane(20, 60))).toEqual({ top: 20, bottom: 61, left: 44, right: 85 });
  });

  it('ends at the edge of the canvas', () => {
    expect(cropBox('square', plane(0, 127))).toEqual({ top: 0, bottom: 128, left: 0, right: 128 });
  });

  it('takes in a black row where it is to keep its proportions and is wider than tall', () => {
    expect(cropBox('keep', plane(20, 59))).toEqual({ top: 20, bottom: 61, left: 44, right: 85 });
    expect(cropBox('keep', plane(88, 127))).toEqual({ top: 87, bottom: 128, left: 44, right: 85 });
    expect(cropBox('keep', plane(20, 60))).toEqual(cropBox('square', plane(20, 60)));
    expect(cropBox('keep', plane(0, 127))).toEqual(cropBox('square', plane(0, 127)));
  });

  it('is square whatever the rows, if it is to keep its proportions', () => {
    const row = fc.integer({ min: 0, max: SIZE - 1 });
    fc.assert(
      fc.property(row, row, (one, other) => {
        const { top, bottom, left, right } = cropBox('keep', plane(one, other))!;
        expect(right - left).toBe(bottom - top);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual(SIZE);
      }),
    );
  });

  it('unites the rows of several planes', () => {
    expect(cropBox('square', plane(30, 90), plane(10, 80))).toEqual(cropBox('square', plane(10, 90)));
    expect(cropBox('square', plane(), plane(10, 80))).toEqual(cropBox('square', plane(10, 80)));
  });

  it('finds nothing on blank planes', () => {
    expect(cropBox('square', plane(), plane())).toBeNull();
  });
});
