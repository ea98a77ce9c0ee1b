import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapByPerson } from '../../../src/gait/bootstrap.ts';
import { wilsonInterval } from '../../../src/gait/interval.ts';

describe('wilsonInterval', () => {
  // Expected values: Newcombe 1998 (Statistics in Medicine 17:857), method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %f to %f', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
    expect(interval.value).toBe(successes / trials);
  });

  it('lies in 0..1 around the share and mirrors with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 5000 }), (trials, any) => {
        const successes = any % (trials + 1);
        const { low, value, high } = wilsonInterval(successes, trials);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        const other = wilsonInterval(trials - successes, trials);
        expect(1 - other.high).toBeCloseTo(low, 12);
      }),
    );
  });

  it('knows nothing of no trials', () => {
    expect(wilsonInterval(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  });
});

describe('bootstrapByPerson', () => {
  const walks = Array.from({ length: 300 }, (_, walk) => walk);
  const truth = walks.map((walk) => walk % 3);
  /** Wrong in every fifth walk, spread over the classes. */
  const predicted = walks.map((walk) => (walk % 5 === 0 ? (truth[walk]! + 1) % 3 : truth[walk]!));

  it('gives the figures of all walks and an interval around them, the same for the same seed', () => {
    const once = bootstrapByPerson(walks, truth, predicted, { seed: 7 });
    expect(once.accuracy.value).toBeCloseTo(0.8, 12);
    expect(once).toEqual(bootstrapByPerson(walks, truth, predicted, { seed: 7 }));
    expect(once).not.toEqual(bootstrapByPerson(walks, truth, predicted, { seed: 8 }));
    for (const { low, value, high } of Object.values(once)) expect(low < value && value < high).toBe(true);
  });

  it('is as wide as theory has it where each person has one walk', () => {
    const { accuracy } = bootstrapByPerson(walks, truth, predicted, { seed: 1 });
    expect((accuracy.high - accuracy.low) / (2 * 1.96 * Math.sqrt((0.8 * 0.2) / 300))).toBeCloseTo(1, 1);
  });

  it('is wider where the walks of one person go wrong together', () => {
    const width = (people: number[]) => {
      const { accuracy } = bootstrapByPerson(people, truth, together, { seed: 1 });
      return accuracy.high - accuracy.low;
    };
    const person = (walk: number) => Math.floor(walk / 10);
    const together = walks.map((walk) => (person(walk) % 5 === 0 ? (truth[walk]! + 1) % 3 : truth[walk]!));
    expect(width(walks.map(person)) / width(walks)).toBeGreaterThan(2);
  });

  it('refuses walks that belong to nobody', () => {
    expect(() => bootstrapByPerson([1], [0, 1], [0, 1], { seed: 1 })).toThrow(RangeError);
  });
});
