/**
 * 95 % intervals of accuracy and macro-F1 by drawing people, not walks, again and again with replacement: walks of one person resemble each
 * other, and counting them as independent would make every interval too narrow.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Interval } from './interval.ts';
import { confusionMatrix, emptyConfusion, figuresOf, type Confusion } from './metrics.ts';
import { percentileOfSorted } from './percentile.ts';

export interface BootstrapOptions {
  /** The same seed gives the same intervals. */
  seed: number;
  /** How often people are drawn anew. */
  rounds?: number;
}

/**
 * One person, one truth and one prediction (class indices) per walk. Values are those of all walks; the interval runs from the 2.5th to
 * the 97.5th percentile over the rounds.
 */
export function bootstrapByPerson(
  people: ArrayLike<string | number>,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { seed, rounds = 2000 }: BootstrapOptions,
): { accuracy: Interval; macroF1: Interval } {
  const whole = figuresOf(confusionMatrix(truth, predicted));
  const persons = confusionOfEach(people, truth, predicted);
  const accuracies = new Float64Array(rounds);
  const scores = new Float64Array(rounds);
  const generator = xoroshiro128plus(seed);
  for (let round = 0; round < rounds; round++) {
    const drawn = emptyConfusion();
    for (let i = 0; i < persons.length; i++) addTo(drawn, persons[uniformInt(generator, 0, persons.length - 1)]!);
    const figures = figuresOf(drawn);
    accuracies[round] = figures.accuracy;
    scores[round] = figures.macroF1;
  }
  return { accuracy: intervalOf(whole.accuracy, accuracies), macroF1: intervalOf(whole.macroF1, scores) };
}

function confusionOfEach(
  people: ArrayLike<string | number>,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Confusion[] {
  if (people.length !== truth.length)
    throw new RangeError(`${people.length} people can't be held against ${truth.length} walks.`);
  const walks = new Map<string | number, number[]>();
  for (let walk = 0; walk < people.length; walk++) {
    const person = people[walk]!;
    const own = walks.get(person);
    if (own) own.push(walk);
    else walks.set(person, [walk]);
  }
  return Array.from(walks.values(), (own) =>
    confusionMatrix(
      own.map((walk) => truth[walk]!),
      own.map((walk) => predicted[walk]!),
    ),
  );
}

function addTo(total: Confusion, part: Confusion): void {
  part.forEach((row, truth) => row.forEach((count, predicted) => (total[truth]![predicted]! += count)));
}

function intervalOf(value: number, draws: Float64Array): Interval {
  const sorted = draws.toSorted();
  return { value, low: percentileOfSorted(sorted, 0.025), high: percentileOfSorted(sorted, 0.975) };
}
