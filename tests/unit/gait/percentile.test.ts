import { describe, expect, it } from 'vitest';
import { percentileOfSorted } from '../../../src/gait/percentile.ts';

describe('percentileOfSorted', () => {
  it.each([
    [0, 1],
    [0.25, 2.5],
    [0.5, 6],
    [0.9, 18],
    [1, 22],
  ])('at %f is %f, between neighbours in proportion', (share, expected) => {
    expect(percentileOfSorted([1, 2, 4, 8, 14, 22], share)).toBeCloseTo(expected, 12);
  });

  it('is the value itself for one, and nothing for none', () => {
    expect(percentileOfSorted([7], 0.3)).toBe(7);
    expect(percentileOfSorted([], 0.5)).toBeNaN();
  });
});
