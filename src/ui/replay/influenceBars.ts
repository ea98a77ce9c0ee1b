/** What each stretch of the walk did to the result, placed on the timeline of all sampled frames. */
import type { Screening } from '../../screening/screening.ts';

export interface InfluenceBar {
  /** Sampled frames, from the first of the stretch to before the one after it. */
  start: number;
  end: number;
  /** Probability of "positive" that the stretch added, or took away. */
  shift: number;
  /** −1 to 1, of the strongest stretch. */
  height: number;
}

/** Shifts below this are drawn small, whatever the strongest is: where nothing stands out, nothing should seem to. */
const LEAST_FULL_HEIGHT = 0.02;

export function influenceBars({ influence, verdicts }: Pick<Screening, 'influence' | 'verdicts'>): InfluenceBar[] {
  const usable = verdicts.flatMap((verdict, index) => (verdict.usable ? [index] : []));
  const full = Math.max(LEAST_FULL_HEIGHT, ...influence.map(({ shift }) => Math.abs(shift)));
  return influence.flatMap(({ from, to, shift }) => {
    const [start, last] = [usable[from], usable[to - 1]];
    return start === undefined || last === undefined ? [] : [{ start, end: last + 1, shift, height: shift / full }];
  });
}

/** The stretch that moved the result most; null where none did. */
export function strongest(bars: readonly InfluenceBar[]): InfluenceBar | null {
  return bars.reduce<InfluenceBar | null>((best, bar) => (Math.abs(bar.shift) > Math.abs(best?.shift ?? 0) ? bar : best), null);
}
