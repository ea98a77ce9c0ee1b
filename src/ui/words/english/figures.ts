/** Figures with their units, and how one text is joined to the next. */
import { NO_BREAK, tenths } from '../../format.ts';

interface Interval {
  value: number;
  low: number;
  high: number;
}

export const figures = {
  /** Milliseconds with one decimal of a second: 1234 → "1.2 s". */
  seconds: (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`,
  /** A value with its interval, as they are set: "2.1° (1.5° to 2.7°)". */
  within: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
  /** A share with its interval: "67.1 % (61.2 to 72.9)". */
  shareWithin: ({ value, low, high }: Interval) => `${tenths(value)}${NO_BREAK}% (${tenths(low)} to ${tenths(high)})`,
  /** What a rule measured, in its unit. */
  measured: (value: string, unit: string) => `${value} ${unit}`,
};

export const joins = {
  list: (items: readonly string[]) => items.join(', '),
  sentences: (sentences: readonly string[]) => sentences.join(' '),
  /** What it is, and what there is to say of it. */
  named: (name: string, says: string) => `${name}: ${says}`,
};
