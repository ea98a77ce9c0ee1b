/** Fits the scale of the softmax on validation people (Guo et al. 2017: one temperature for all classes keeps every ranking). */
import { softmax } from '../../src/gait/classScores.ts';

const LOWEST = 1;
const HIGHEST = 64;
const STEPS = 60;

export interface FittedScale {
  /** Between 1 and 64. */
  scale: number;
  /** Mean negative log-likelihood of the truth at that scale. */
  loss: number;
}

/**
 * The scale under which the truth is most likely; the negative log-likelihood is convex in it.
 * @param scores mean logits of each walk, [walks][classes]
 * @param labels class indices, one a walk
 */
export function fitScale(scores: readonly ArrayLike<number>[], labels: readonly number[]): FittedScale {
  const loss = (scale: number) =>
    -scores.reduce((sum, score, index) => sum + Math.log(softmax(score, scale)[labels[index]!]! + 1e-12), 0) / scores.length;
  // Golden-section search.
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [LOWEST, HIGHEST];
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  const scale = (low + high) / 2;
  return { scale, loss: loss(scale) };
}
