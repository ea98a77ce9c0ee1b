/** Middle and high values of a list in any order; NaN of an empty one. */
import { percentileOfSorted } from '../percentile.ts';

export function percentile(values: readonly number[], share: number): number {
  return percentileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
