/** What a screening asks of a classifier: rates with intervals, whom it refers, and a threshold to work at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../src/gait/interval.ts';
import { figuresOf, ratesPerClass, referralRates } from '../../../src/gait/metrics.ts';
import { operatingPoint } from '../../../src/gait/roc.ts';

const counts = fc.array(fc.array(fc.nat({ max: 200 }), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });

describe('ratesPerClass', () => {
  it('has the recall and the specificity of each class, with the interval of as many walks', () => {
    const confusion = [
      [5, 1, 0],
      [2, 3, 1],
      [1, 1, 6],
    ];
    expect(ratesPerClass(confusion)[2]).toEqual({ sensitivity: wilsonInterval(6, 8), specificity: wilsonInterval(11, 12) });
    fc.assert(
      fc.property(counts, (matrix) => {
        const { perClass } = figuresOf(matrix);
        ratesPerClass(matrix).forEach(({ sensitivity, specificity }, c) => {
          expect(sensitivity.value).toBeCloseTo(perClass[c]!.recall, 12);
          expect(specificity.value).toBeCloseTo(perClass[c]!.specificity, 12);
        });
      }),
    );
  });
});

describe('referralRates', () => {
  it('refers whoever is called positive or neutral', () => {
    const confusion = [
      [50, 6, 4],
      [3, 10, 7],
      [2, 8, 20],
    ];
    expect(referralRates(confusion)).toEqual({
      positivesReferred: wilsonInterval(28, 30),
      neutralsReferred: wilsonInterval(17, 20),
      sensitivity: wilsonInterval(45, 50),
      specificity: wilsonInterval(50, 60),
    });
  });
});

describe('operatingPoint', () => {
  const walks = fc.array(fc.record({ score: fc.integer({ min: 0, max: 20 }), member: fc.boolean() }), { maxLength: 60 });

  it('reaches the specificity, and no threshold that reaches it finds more', () => {
    fc.assert(
      fc.property(walks, fc.double({ min: 0.01, max: 1, noNaN: true }), (drawn, asked) => {
        const scores = drawn.map(({ score }) => score);
        const members = drawn.map(({ member }) => member);
        const of = scores.filter((_, walk) => members[walk]);
        const rest = scores.filter((_, walk) => !members[walk]);
        const reached = (threshold: number) => rest.filter((score) => score < threshold).length / rest.length;
        const found = (threshold: number) => of.filter((score) => score >= threshold).length / of.length;
        const best = Math.max(...scores.filter((score) => reached(score) >= asked).map(found), 0);
        const point = operatingPoint(scores, members, asked);
        if (!point) {
          expect(of.length === 0 || rest.length === 0 || best === 0).toBe(true);
          return;
        }
        expect(point.specificity.value).toBeGreaterThanOrEqual(asked);
        expect(point.specificity.value).toBeCloseTo(reached(point.threshold), 12);
        expect(point.sensitivity.value).toBeCloseTo(best, 12);
      }),
    );
  });

  it('counts a score at the threshold as of the class', () => {
    const point = operatingPoint([0.2, 0.4, 0.4, 0.9], [false, false, true, true], 0.5);
    expect(point).toMatchObject({ threshold: 0.4, sensitivity: { value: 1 }, specificity: { value: 0.5 } });
    expect(operatingPoint([0.2, 0.4, 0.4, 0.9], [false, false, true, true], 0.51)).toMatchObject({ threshold: 0.9 });
  });

  it('is none where the rest scores above the whole class', () => {
    expect(operatingPoint([0.9, 0.1], [false, true], 0.5)).toBeNull();
    expect(operatingPoint([0.9], [true], 0.5)).toBeNull();
  });
});
