/** Percentiles with linear interpolation between neighbours, as NumPy's default. */

/** The `share` (0..1) percentile of values in ascending order; NaN where there are none. */
export function percentileOfSorted(sorted: Float64Array | readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return NaN;
  return below + (above - below) * (position - Math.floor(position));
}
