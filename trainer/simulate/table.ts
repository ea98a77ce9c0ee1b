/** Figures over clips as the tables of the reports print them. */

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean / 95th percentile; of one clip its figure. */
export function meanAndMost(values: readonly number[]): string {
  if (values.length === 1) return mean(values).toFixed(3);
  const sorted = [...values].sort((a, b) => a - b);
  return `${mean(values).toFixed(3)} / ${(sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN).toFixed(3)}`;
}

/** Mean ± standard deviation; of one clip its figure. */
export function meanAndSpread(values: readonly number[], digits = 2): string {
  if (values.length === 1) return mean(values).toFixed(digits);
  return `${mean(values).toFixed(digits)} ± ${deviation(values).toFixed(digits)}`;
}

/** Standard deviation of the values themselves, not of what they are a sample of. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Prints a table as Markdown. */
export function printTable(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}\n\n| | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
