import { describe, expect, it } from 'vitest';
import { summarise } from '../../../src/gait/clinical/summary.ts';

describe('the mean of a few pieces', () => {
  it('has Student’s interval', () => {
    // By hand: mean 2, standard deviation 1, t(2) = 4.303.
    const { mean, standardError, low, high, side } = summarise([1, 2, 3]);
    expect(mean).toBe(2);
    expect(standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(low).toBeCloseTo(2 - 4.303 / Math.sqrt(3), 6);
    expect(high).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 6);
    expect(side).toBe('even');
    expect(summarise([3, 3.1, 2.9]).side).toBe('left');
    expect(summarise([-3, -3.1, -2.9]).side).toBe('right');
  });

  it('holds the true mean 95 times in 100, for any number of pieces', () => {
    let seed = 1;
    const uniform = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    for (const n of [3, 5, 12, 25]) {
      const rounds = 4000;
      let held = 0;
      for (let round = 0; round < rounds; round++) {
        const { low, high } = summarise(Array.from({ length: n }, normal));
        if (low <= 0 && high >= 0) held += 1;
      }
      expect(held / rounds).toBeGreaterThan(0.94);
      expect(held / rounds).toBeLessThan(0.96);
    }
  });
});
