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
    expect(cropBox(plane(20, 59))).toEqual({ top: 20, bottom: 60, left: 44, right: 85 });
    expect(cropBox(plane(20, 60))).toEqual({ top: 20, bottom: 61, left: 44, right: 85 });
  });

  it('ends at the edge of the canvas', () => {
    expect(cropBox(plane(0, 127))).toEqual({ top: 0, bottom: 128, left: 0, right: 128 });
  });

  it('unites the rows of several planes', () => {
    expect(cropBox(plane(30, 90), plane(10, 80))).toEqual(cropBox(plane(10, 90)));
    expect(cropBox(plane(), plane(10, 80))).toEqual(cropBox(plane(10, 80)));
  });

  it('finds nothing on blank planes', () => {
    expect(cropBox(plane(), plane())).toBeNull();
  });
});
