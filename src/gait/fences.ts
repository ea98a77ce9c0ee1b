/** Tukey's fences: what lies further than 1.5 interquartile ranges outside the middle half is left out. */
import { percentileOfSorted } from './percentile.ts';

/** The values within the fences, in ascending order; all of them where none would be left. */
export function withinFences(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const low = percentileOfSorted(sorted, 0.25);
  const high = percentileOfSorted(sorted, 0.75);
  const fence = 1.5 * (high - low);
  const kept = sorted.filter((value) => value >= low - fence && value <= high + fence);
  return kept.length > 0 ? kept : sorted;
}
