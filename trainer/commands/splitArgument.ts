/** `--split`: which part of a partition a command works on. */
import { SPLITS, type Split } from '../data/partition.ts';

/** Throws in a sentence. */
export function parseSplit(name: string): Split {
  const split = SPLITS.find((known) => known === name);
  if (!split) throw new Error(`There is no split "${name}"; there are ${SPLITS.join(', ')}.`);
  return split;
}
