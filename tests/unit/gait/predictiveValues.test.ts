import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval, type Interval } from '../../../src/gait/interval.ts';
import { naturalFrequencies, predictiveValues } from '../../../src/gait/predictiveValues.ts';

const exactly = (value: number): Interval => ({ value, low: value, high: value });

/** Any counts of hits among those affected and of cleared among the others, and any prevalence. */
const accuracies = fc
  .record({
    hits: fc.nat({ max: 300 }),
    misses: fc.nat({ max: 300 }),
    cleared: fc.nat({ max: 300 }),
    alarms: fc.nat({ max: 300 }),
    prevalence: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ hits, misses, cleared, alarms, prevalence }) => ({
    sensitivity: wilsonInterval(hits, hits + misses),
    specificity: wilsonInterval(cleared, cleared + alarms),
    prevalence,
  }));

describe('predictiveValues', () => {
  it('says what Altman and Bland say', () => {
    // BMJ 1994;309:102: sensitivity 231/258, specificity 54/86, prevalence 0.75 and 0.25.
    const [sensitivity, specificity] = [exactly(231 / 258), exactly(54 / 86)];
    const common = predictiveValues({ sensitivity, specificity, prevalence: 0.75 });
    expect(common.positive?.value).toBeCloseTo(0.88, 2);
    expect(common.negative?.value).toBeCloseTo(0.67, 2);
    const rare = predictiveValues({ sensitivity, specificity, prevalence: 0.25 });
    expect(rare.positive?.value).toBeCloseTo(0.45, 2);
    expect(rare.negative?.value).toBeCloseTo(0.95, 2);
  });

  it('has intervals from the worst corner to the best', () => {
    const sensitivity = { value: 0.9, low: 0.8, high: 0.95 };
    const specificity = { value: 0.9, low: 0.85, high: 0.97 };
    const { positive, negative } = predictiveValues({ sensitivity, specificity, prevalence: 0.1 });
    expect(positive?.value).toBeCloseTo(0.5, 12);
    expect(positive?.low).toBeCloseTo(0.08 / (0.08 + 0.15 * 0.9), 12);
    expect(positive?.high).toBeCloseTo(0.095 / (0.095 + 0.03 * 0.9), 12);
    expect(negative?.low).toBeCloseTo((0.85 * 0.9) / (0.85 * 0.9 + 0.2 * 0.1), 12);
    expect(negative?.high).toBeCloseTo((0.97 * 0.9) / (0.97 * 0.9 + 0.05 * 0.1), 12);
  });

  it('holds every value that accuracies within their intervals lead to', () => {
    const within = ({ low, high }: Interval, share: number) => exactly(low + share * (high - low));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(accuracies, share, share, (accuracy, a, b) => {
        const whole = predictiveValues(accuracy);
        const inside = predictiveValues({
          sensitivity: within(accuracy.sensitivity, a),
          specificity: within(accuracy.specificity, b),
          prevalence: accuracy.prevalence,
        });
        for (const which of ['positive', 'negative'] as const) {
          const [outer, inner] = [whole[which], inside[which]];
          if (!outer || !inner) continue;
          expect(inner.value).toBeGreaterThanOrEqual(outer.low - 1e-12);
          expect(inner.value).toBeLessThanOrEqual(outer.high + 1e-12);
        }
      }),
    );
  });

  it('knows nothing of people whom nobody would refer, or everybody', () => {
    expect(predictiveValues({ sensitivity: exactly(0), specificity: exactly(1), prevalence: 0.1 }).positive).toBeNull();
    expect(predictiveValues({ sensitivity: exactly(1), specificity: exactly(0), prevalence: 0.1 }).negative).toBeNull();
  });

  it.each([-0.01, 1.01, NaN])('refuses %f as a prevalence', (prevalence) => {
    const accuracy = { sensitivity: exactly(0.9), specificity: exactly(0.9), prevalence };
    expect(() => predictiveValues(accuracy)).toThrow(RangeError);
    expect(() => naturalFrequencies(accuracy)).toThrow(RangeError);
  });
});

describe('naturalFrequencies', () => {
  it('counts people of a thousand', () => {
    const accuracy = { sensitivity: exactly(0.9), specificity: exactly(0.8), prevalence: 0.03 };
    expect(naturalFrequencies(accuracy)).toEqual({
      people: 1000,
      affected: { referred: 27, missed: 3 },
      unaffected: { referred: 194, cleared: 776 },
      referred: 221,
      notReferred: 779,
    });
  });

  it('adds up and agrees with the predictive values but for rounding', () => {
    fc.assert(
      fc.property(accuracies, fc.integer({ min: 1, max: 100_000 }), (accuracy, people) => {
        const { affected, unaffected, referred, notReferred } = naturalFrequencies(accuracy, people);
        const counts = [affected.referred, affected.missed, unaffected.referred, unaffected.cleared];
        for (const count of counts) expect(Number.isInteger(count) && count >= 0).toBe(true);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(people);
        expect([referred, notReferred]).toEqual([counts[0]! + counts[2]!, counts[1]! + counts[3]!]);
        // Each count is off by one person at most.
        const expected = people * accuracy.prevalence * accuracy.sensitivity.value;
        expect(Math.abs(affected.referred - expected)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
