import { describe, expect, it } from 'vitest';
import { quantise } from '../../../src/gait/quantise.ts';

describe('quantise', () => {
  it('spans black to white and saturates', () => {
    expect([0, 1 / 512, 1, 1.7].map(quantise)).toEqual([0, 0, 255, 255]);
  });

  it('is a staircase of 256 steps, 24 of them one lower by the float truncation of the colour map', () => {
    const steps = Array.from({ length: 256 }, (_, level) => quantise((level + 0.5) / 256));
    const lower = steps.filter((grey, level) => grey === level - 1);
    expect(lower).toHaveLength(24);
    expect(steps.filter((grey, level) => grey === level)).toHaveLength(256 - 24);
  });
});
