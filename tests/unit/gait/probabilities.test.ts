import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from '../../../src/gait/calibrationError.ts';
import { argmax, meanOverParts, softmax } from '../../../src/gait/classScores.ts';
import { rocAuc, rocAucPerClass } from '../../../src/gait/roc.ts';

describe('class scores', () => {
  it('are the mean over the parts', () => {
    expect(Array.from(meanOverParts([1, 3, 0, 2, -1, -3], 3, 2))).toEqual([2, 1, -2]);
  });

  it('go to the greatest, and to the first of equals', () => {
    expect(argmax([0.1, 0.7, 0.7])).toBe(1);
    expect(argmax([0, 0, 0])).toBe(0);
  });

  it('become probabilities that add up to 1 and keep their order', () => {
    const scores = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0.1, max: 1000, noNaN: true }), (row, scale) => {
        const probabilities = softmax(row, scale);
        expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(probabilities[argmax(row)]).toBe(Math.max(...probabilities));
      }),
    );
    expect(softmax([0.5, 0, 0], 16)[0]).toBeCloseTo(Math.exp(8) / (Math.exp(8) + 2), 12);
  });
});

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    const scores = fc.array(fc.record({ score: fc.integer({ min: 0, max: 9 }), member: fc.boolean() }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(scores, (walks) => {
        const of = walks.filter(({ member }) => member).map(({ score }) => score);
        const rest = walks.filter(({ member }) => !member).map(({ score }) => score);
        const pairs = of.flatMap((one) => rest.map((other) => (1 + Math.sign(one - other)) / 2));
        const expected = pairs.reduce((sum, win) => sum + win, 0) / pairs.length;
        const auc = rocAuc(
          walks.map(({ score }) => score),
          walks.map(({ member }) => member),
        );
        if (pairs.length === 0) expect(auc).toBeNaN();
        else expect(auc).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('holds each class against the rest', () => {
    const scores = [
      [0.8, 0.1, 0.1],
      [0.6, 0.3, 0.1],
      [0.5, 0.2, 0.3],
      [0.1, 0.2, 0.7],
    ];
    expect(rocAucPerClass(scores, [0, 1, 0, 2], 3)).toEqual([0.75, 1, 1]);
  });
});

describe('expectedCalibrationError', () => {
  it('is the gap between stated and met, bin by bin, weighted by walks', () => {
    // Three walks stated at 0.9 of which two are right, one at 0.5 that is wrong.
    const probabilities = [
      [0.9, 0.05, 0.05],
      [0.9, 0.05, 0.05],
      [0.9, 0.05, 0.05],
      [0.3, 0.5, 0.2],
    ];
    expect(expectedCalibrationError(probabilities, [0, 0, 1, 2])).toBeCloseTo((Math.abs(2.7 - 2) + 0.5) / 4, 12);
  });

  it('is 0 where probabilities hold, and where there is nothing', () => {
    expect(
      expectedCalibrationError(
        [
          [1, 0, 0],
          [0, 0, 1],
        ],
        [0, 2],
      ),
    ).toBe(0);
    expect(expectedCalibrationError([], [])).toBe(0);
  });

  it('bins by fifteenths, the upper edge included', () => {
    // 6/15 and just above fall in different bins, so a hit in one does not make up for a miss in the other.
    const apart = expectedCalibrationError(
      [
        [0.4, 0.3, 0.3],
        [0.4001, 0.3, 0.2999],
      ],
      [0, 1],
    );
    expect(apart).toBeCloseTo((0.6 + 0.4001) / 2, 12);
    const together = expectedCalibrationError(
      [
        [0.41, 0.3, 0.29],
        [0.42, 0.3, 0.28],
      ],
      [0, 1],
    );
    expect(together).toBeCloseTo(Math.abs(0.83 - 1) / 2, 12);
  });
});
