/** Drawing from a list, uniformly: with replacement and without. */
import type { Random } from '../../random/random.ts';

/** A whole number from 0 to `end` − 1. */
export function below(end: number, random: Random): number {
  return Math.floor(end * random.uniform());
}

/** `count` values in the order they were drawn: without replacement where there are enough, else with. This is OpenGait's rule throughout. */
export function draw<T>(values: readonly T[], count: number, random: Random): T[] {
  return values.length < count ? drawAgain(values, count, random) : drawDistinct(values, count, random);
}

/** With replacement. */
export function drawAgain<T>(values: readonly T[], count: number, random: Random): T[] {
  return Array.from({ length: count }, () => values[below(values.length, random)]!);
}

/** Without replacement: the first `count` places of a shuffle. There must be as many values. */
export function drawDistinct<T>(values: readonly T[], count: number, random: Random): T[] {
  const shuffled = values.slice();
  for (let place = 0; place < count; place++) {
    const from = place + below(shuffled.length - place, random);
    const value = shuffled[from]!;
    shuffled[from] = shuffled[place]!;
    shuffled[place] = value;
  }
  return shuffled.slice(0, count);
}
