/**
 * From the values of a walk's pieces to a mean, how sure it is, and the side it points to.
 *
 * The interval holds what changes from piece to piece. What is the same in all of them it can't know: a camera that is rolled, a joint that
 * the pose model puts too high all the time. No piece is left out for standing apart: outliers have been dealt with inside of the pieces, and
 * of a handful of strides the odd one says how much strides differ.
 */
import { deviation } from '../deviation.ts';

export type Side = 'left' | 'right' | 'even';

export interface Summary {
  mean: number;
  /** Standard error of the mean, and its 95 % interval by Student's t: pieces are few. */
  standardError: number;
  low: number;
  high: number;
  /** `even` where the interval holds 0. */
  side: Side;
}

/** 97.5 % quantiles of Student's t for 1 to 10 degrees of freedom. */
const T975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

function t975(freedom: number): number {
  // Beyond the table Cornish and Fisher's first terms are right to 0.01.
  return T975[freedom - 1] ?? 1.96 + 2.37 / freedom + 2.82 / freedom ** 2;
}

/** Of two values or more. */
export function summarise(values: readonly number[]): Summary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const standardError = deviation(values) / Math.sqrt(n);
  const half = t975(n - 1) * standardError;
  const [low, high] = [mean - half, mean + half];
  return { mean, standardError, low, high, side: low > 0 ? 'left' : high < 0 ? 'right' : 'even' };
}
