import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionMatrix, figuresOf, type Confusion } from '../../../src/gait/metrics.ts';

/**
 * A matrix of these hits, row sums and column sums. What is off the diagonal is not unique and does not matter to the figures: it is
 * filled from the top left.
 */
function matrixOf(hits: number[], rows: number[], columns: number[]): Confusion {
  const left = columns.map((column, c) => column - hits[c]!);
  // Off the diagonal a 3×3 matrix has one free number, here the first row's second column; try until nothing is negative.
  for (let free = 0; free <= rows[0]! - hits[0]!; free++) {
    const a01 = free;
    const a02 = rows[0]! - hits[0]! - a01;
    const a21 = left[1]! - a01;
    const a20 = rows[2]! - hits[2]! - a21;
    const a10 = left[0]! - a20;
    const a12 = left[2]! - a02;
    if (Math.min(a01, a02, a10, a12, a20, a21) < 0) continue;
    return [
      [hits[0]!, a01, a02],
      [a10, hits[1]!, a12],
      [a20, a21, hits[2]!],
    ];
  }
  throw new Error('no such matrix');
}

const percent = (share: number) => Number((100 * share).toFixed(2));

describe('figuresOf', () => {
  // Published runs on Scoliosis1K 1:1:2, whose matrices follow from their figures. Order: positive, negative, neutral.
  it.each([
    ['best F1', [266, 414, 11], [278, 457, 13], [92.38, 90.3, 87.39, 88.7]],
    ['best accuracy', [278, 413, 14], [287, 437, 24], [94.25, 83.24, 95.76, 87.63]],
    ['plain cross-entropy', [201, 410, 11], [208, 497, 43], [83.16, 68.24, 80.02, 68.47]],
    ['DRF from scratch', [255, 343, 2], [303, 384, 61], [80.21, 58.92, 59.23, 57.84]],
  ])('gives the published figures: %s', (_, hits, called, published) => {
    const confusion = matrixOf(hits, [307, 427, 14], called);
    expect(confusion.map((row) => row.reduce((sum, count) => sum + count))).toEqual([307, 427, 14]);
    const { accuracy, macroPrecision, macroRecall, macroF1 } = figuresOf(confusion);
    expect([accuracy, macroPrecision, macroRecall, macroF1].map(percent)).toEqual(published);
  });

  it('counts a quotient without a denominator as 0', () => {
    const { accuracy, macroPrecision, macroRecall, macroF1, perClass } = figuresOf([
      [4, 0, 0],
      [4, 0, 0],
      [0, 0, 0],
    ]);
    expect([accuracy, macroPrecision, macroRecall]).toEqual([0.5, 0.5 / 3, 1 / 3]);
    expect(macroF1).toBeCloseTo(8 / 12 / 3, 12);
    expect(perClass[2]).toEqual({ precision: 0, recall: 0, specificity: 1, f1: 0 });
    expect(figuresOf([[0]]).accuracy).toBe(0);
  });

  it('gives specificity as the share of the others that were not called this class', () => {
    const { perClass } = figuresOf([
      [5, 1, 0],
      [2, 3, 1],
      [1, 1, 6],
    ]);
    expect(perClass[0]?.specificity).toBeCloseTo(11 / 14, 12);
    expect(perClass[2]?.specificity).toBeCloseTo(11 / 12, 12);
  });
});

describe('confusionMatrix', () => {
  const classes = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })));

  it('has the truth in its rows and every walk once', () => {
    expect(confusionMatrix([0, 2, 2], [1, 2, 0])).toEqual([
      [0, 1, 0],
      [0, 0, 0],
      [1, 0, 1],
    ]);
    fc.assert(
      fc.property(classes, (walks) => {
        const confusion = confusionMatrix(
          walks.map(([truth]) => truth),
          walks.map(([, predicted]) => predicted),
        );
        expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(walks.length);
      }),
    );
  });

  it('refuses walks without a prediction and classes that are none', () => {
    expect(() => confusionMatrix([0, 1], [0])).toThrow(RangeError);
    expect(() => confusionMatrix([0, 3], [0, 1])).toThrow(/Walk 1/);
    expect(() => confusionMatrix([0, 1], [0, -1])).toThrow(/Walk 1/);
  });
});
