/** Two or three walks of one person as one result. */
import { deviation } from '../gait/deviation.ts';
import { CLASSES } from '../gait/labels.ts';
import { decideOutcome } from './result.ts';
import type { Outcome, Probabilities, Screening } from './screening.ts';
import type { Thresholds } from './thresholds.ts';

export interface CombinedResult {
  outcome: Outcome;
  /** Of all assessable walks together; null where there is none. */
  probabilities: Probabilities | null;
  /** Standard deviation (n − 1) of the probability of "positive" between the walks; null for fewer than two. */
  spread: number | null;
  /** How many walks it is made of: those that are assessable. */
  walks: number;
  thresholds: Thresholds | null;
}

/**
 * The walks that are not assessable are left out; each of the others counts the same, however long. Their probabilities are combined as
 * the softmax of the mean of their scores, which is the geometric mean of the probabilities, normalised: what one walk leaves open another
 * may settle, and one that is sure doesn't drown two that aren't. All walks must have been compared with the same model, and so share
 * their thresholds; throws a RangeError where they weren't.
 */
export function combineWalks(walks: readonly Pick<Screening, 'probabilities' | 'thresholds' | 'model'>[]): CombinedResult {
  if (new Set(walks.map(({ model }) => model.sha256)).size > 1) {
    throw new RangeError('Walks that were compared with different models can’t be combined.');
  }
  const thresholds = walks[0]?.thresholds ?? null;
  const each = walks.flatMap(({ probabilities }) => probabilities ?? []);
  const probabilities = each.length > 0 ? geometricMean(each) : null;
  return {
    outcome: decideOutcome(probabilities, [], thresholds),
    probabilities,
    spread: each.length < 2 ? null : deviation(each.map(({ positive }) => positive)),
    walks: each.length,
    thresholds,
  };
}

function geometricMean(each: readonly Probabilities[]): Probabilities {
  const means = CLASSES.map((name) => {
    const logs = each.map((probabilities) => Math.log(Math.max(probabilities[name], Number.MIN_VALUE)));
    return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  });
  const total = means.reduce((sum, mean) => sum + mean, 0);
  const [negative = NaN, neutral = NaN, positive = NaN] = means.map((mean) => mean / total);
  return { negative, neutral, positive };
}
