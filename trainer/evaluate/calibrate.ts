/** Fits the scale of the softmax on validation people (Guo et al. 2017: one temperature for all classes keeps every ranking). */
import { meanOverParts, softmax } from '../../src/gait/classScores.ts';
import { CLASS_COUNT } from '../../src/gait/labels.ts';
import type { JudgedWalk } from './logits.ts';

const LOWEST = 1;
const HIGHEST = 64;
const STEPS = 60;

/** The scale, between 1 and 64, under which the truth is most likely; the negative log-likelihood is convex in it. */
export function fitScale(walks: readonly JudgedWalk[]): number {
  const scores = walks.map(({ logits }) => meanOverParts(logits, CLASS_COUNT, logits.length / CLASS_COUNT));
  const loss = (scale: number) =>
    -scores.reduce((sum, score, index) => sum + Math.log(softmax(score, scale)[walks[index]!.label]! + 1e-12), 0);
  // Golden-section search.
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [LOWEST, HIGHEST];
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
