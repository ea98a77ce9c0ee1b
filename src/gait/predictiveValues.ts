/**
 * What being referred, or not, means where the pattern is as common as this. A test that finds 90 % of those affected and clears 90 % of
 * the others is right about half of those it refers where one in ten is affected, and about one in twelve where one in a hundred is:
 * sensitivity and specificity alone say nothing about the person in front of the screener (Bayes; Altman and Bland 1994, BMJ 309:102).
 */
import type { Interval } from './interval.ts';

/** How good the referring is, and how common what it looks for. */
export interface ScreeningAccuracy {
  /** Of those affected, the share that is referred, with its 95 % interval (Wilson's, see `metrics.ts`). */
  sensitivity: Interval;
  /** Of those not affected, the share that is not referred. */
  specificity: Interval;
  /** Of the people who come to be screened, the share that is affected: 0..1. */
  prevalence: number;
}

export interface PredictiveValues {
  /** Of those referred, the share that is affected; null where nobody would be referred. */
  positive: Interval | null;
  /** Of those not referred, the share that is not affected; null where everybody would be referred. */
  negative: Interval | null;
}

/**
 * Predictive values, 0..1. Both grow with sensitivity and with specificity, so their intervals run from the corner where both are at their
 * lower limits to the one where both are at their upper limits. That is wider than an interval that takes it as unlikely that both are off
 * to the same side at once, and on the safe side. The prevalence is taken as known. Throws a RangeError where it isn't a share.
 */
export function predictiveValues({ sensitivity, specificity, prevalence }: ScreeningAccuracy): PredictiveValues {
  requireShare(prevalence);
  const positive = (sensitive: number, specific: number) => shareOf(sensitive * prevalence, (1 - specific) * (1 - prevalence));
  const negative = (sensitive: number, specific: number) => shareOf(specific * (1 - prevalence), (1 - sensitive) * prevalence);
  const overCorners = (valueAt: (sensitive: number, specific: number) => number | null): Interval | null => {
    const value = valueAt(sensitivity.value, specificity.value);
    if (value === null) return null;
    return {
      value,
      low: valueAt(sensitivity.low, specificity.low) ?? 0,
      high: valueAt(sensitivity.high, specificity.high) ?? 1,
    };
  };
  return { positive: overCorners(positive), negative: overCorners(negative) };
}

/** What would come of screening so many people, in whole people who add up. */
export interface NaturalFrequencies {
  people: number;
  affected: { referred: number; missed: number };
  unaffected: { referred: number; cleared: number };
  /** Affected or not. */
  referred: number;
  notReferred: number;
}

/**
 * The same as counts of people, which are understood where shares of shares are not (Gigerenzer and Hoffrage 1995, Psychological Review
 * 102:684). Rounded from the top down: first how many are affected, then how many of each group are referred. `people` is a whole number.
 */
export function naturalFrequencies(
  { sensitivity, specificity, prevalence }: ScreeningAccuracy,
  people = 1000,
): NaturalFrequencies {
  requireShare(prevalence);
  const affected = Math.round(people * prevalence);
  const unaffected = people - affected;
  const found = Math.round(affected * sensitivity.value);
  const cleared = Math.round(unaffected * specificity.value);
  return {
    people,
    affected: { referred: found, missed: affected - found },
    unaffected: { referred: unaffected - cleared, cleared },
    referred: found + unaffected - cleared,
    notReferred: affected - found + cleared,
  };
}

/** `part` of both together; null where there is neither. */
function shareOf(part: number, rest: number): number | null {
  const whole = part + rest;
  return whole > 0 ? part / whole : null;
}

function requireShare(prevalence: number): void {
  if (!(prevalence >= 0 && prevalence <= 1))
    throw new RangeError(`A prevalence lies between 0 and 1, and ${prevalence} doesn't.`);
}
