/** Whether counts could come of equal chances. */

/**
 * How unusual these counts would be under equal chances, as the standard normal variable that has the same tail as chi-square (Wilson and
 * Hilferty 1931): positive where they are more uneven than chance would have them, and beyond 4 once in 30 000 cases.
 */
export function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread);
}

/** How often each whole number from 0 to `end` − 1 comes. */
export function tally(values: Iterable<number>, end: number): number[] {
  const counts = Array.from({ length: end }, () => 0);
  for (const value of values) counts[value]! += 1;
  return counts;
}
