/** A figure with its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** Standard normal quantile of 97.5 %. */
const Z95 = 1.959963984540054;

/**
 * Wilson's 95 % score interval of a share, e.g. sensitivity as hits among those affected: sound near 0 and 1 and for few trials, where the
 * textbook interval is not. No trials: nothing is known, 0..1.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const share = successes / trials;
  const spread = (Z95 * Z95) / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials));
  // At 0 or all successes the interval ends there exactly; rounding must not push it past.
  return {
    value: share,
    low: successes === 0 ? 0 : Math.max(centre - half, 0),
    high: successes === trials ? 1 : Math.min(centre + half, 1),
  };
}
