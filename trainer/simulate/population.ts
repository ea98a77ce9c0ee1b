/**
 * Groups of simulated people. Person `index` of a seed is the same person whoever asks, in whatever order, so that worker threads draw
 * their own people and clips and no list has to be handed about. Splits are ranges of the index: a person is in one of them only.
 */
import { CLASSES, type ClassName } from '../../src/gait/labels.ts';
import { simulateClip, type SimulatedClip } from './clip.ts';
import { drawPerson, type SimulatedPerson } from './person.ts';
import { Random } from '../random/random.ts';
import { STREAM } from '../random/streams.ts';

/** Shares of the classes among people; need not add up to 1. */
export type ClassShares = Record<ClassName, number>;

/** The practical protocol's ratio of positive, neutral and negative, 1:1:2 (domain.md §1.4). */
export const DEFAULT_SHARES: ClassShares = { negative: 2, neutral: 1, positive: 1 };

export interface PopulationOptions {
  people: number;
  seed: number;
  classShares?: ClassShares;
  /** Index of the first person; to draw a later part of the same population. */
  first?: number;
}

export function simulatePeople({ people, seed, classShares = DEFAULT_SHARES, first = 0 }: PopulationOptions): SimulatedPerson[] {
  return Array.from({ length: people }, (_, offset) => simulatePerson(seed, first + offset, classShares));
}

export function simulatePerson(seed: number, index: number, classShares: ClassShares = DEFAULT_SHARES): SimulatedPerson {
  return drawPerson(seed, index, classOf(seed, index, classShares));
}

/** One clip from numbers alone. */
export function drawClip(
  seed: number,
  personIndex: number,
  clipIndex: number,
  classShares: ClassShares = DEFAULT_SHARES,
): SimulatedClip {
  return simulateClip(simulatePerson(seed, personIndex, classShares), clipIndex);
}

/**
 * The class of a person. Steps of the golden ratio fill 0…1 evenly, so that any run of indices holds the classes in their shares
 * to within a person or two, and still each index stands alone.
 */
function classOf(seed: number, index: number, shares: ClassShares): ClassName {
  const present = CLASSES.filter((name) => shares[name] > 0);
  const last = present.at(-1);
  if (last === undefined) throw new RangeError('Class shares must hold at least one share above 0.');
  const total = present.reduce((sum, name) => sum + shares[name], 0);
  const offset = new Random(STREAM.shares, seed).uniform();
  let left = ((offset + index * 0.618033988749895) % 1) * total;
  for (const name of present) {
    left -= shares[name];
    if (left < 0) return name;
  }
  return last;
}

export interface SplitSizes {
  train: number;
  validation: number;
  test: number;
}

export type SplitName = keyof SplitSizes;

/** Ranges of person indices [first, end) of each split: one after the other, none shared. */
export function splitRanges(sizes: SplitSizes): Record<SplitName, { first: number; end: number }> {
  const validation = sizes.train + sizes.validation;
  return {
    train: { first: 0, end: sizes.train },
    validation: { first: sizes.train, end: validation },
    test: { first: validation, end: validation + sizes.test },
  };
}
