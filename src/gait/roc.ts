/**
 * Area under the ROC curve, one class against the rest: how often a walk of the class scores higher than one that is not, ties counting
 * half. Needs no threshold, so it tells a weak classifier from a badly calibrated one. And the point on that curve to work at, where a
 * screening says how often it may be wrong about the healthy.
 */
import { wilsonInterval, type Interval } from './interval.ts';

/** AUC from one score per walk (the greater the likelier); NaN where one side is empty. */
export function rocAuc(scores: ArrayLike<number>, isOfClass: ArrayLike<boolean>): number {
  const order = Array.from({ length: scores.length }, (_, walk) => walk).sort((a, b) => scores[a]! - scores[b]!);
  let members = 0;
  let rankSum = 0;
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++;
    // Walks with equal scores share the mean of their ranks, which counts from 1.
    const rank = (first + 1 + end) / 2;
    for (let at = first; at < end; at++) {
      if (!isOfClass[order[at]!]) continue;
      members++;
      rankSum += rank;
    }
    first = end;
  }
  const others = order.length - members;
  return members === 0 || others === 0 ? NaN : (rankSum - (members * (members + 1)) / 2) / (members * others);
}

/** AUC of each class against the rest, from one row of class scores per walk. */
export function rocAucPerClass(scores: readonly ArrayLike<number>[], truth: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: classes }, (_, c) =>
    rocAuc(
      scores.map((row) => row[c]!),
      scores.map((_row, walk) => truth[walk] === c),
    ),
  );
}

export interface OperatingPoint {
  /** A walk is called one of the class when its score is this or more. */
  threshold: number;
  /** Share of the class that is called it, and share of the rest that is not; Wilson 95 %. */
  sensitivity: Interval;
  specificity: Interval;
}

/**
 * The lowest threshold, and so the most sensitive, at which at least `specificity` of the walks that are not of the class stay below it.
 * null where no threshold does that and still finds a single walk of the class, or where one side is empty.
 */
export function operatingPoint(
  scores: ArrayLike<number>,
  isOfClass: ArrayLike<boolean>,
  specificity: number,
): OperatingPoint | null {
  const side = (member: boolean) => Array.from(scores).filter((_, walk) => isOfClass[walk] === member);
  const [members, others] = [side(true), side(false)];
  if (others.length === 0) return null;
  const below = (threshold: number) => others.filter((score) => score < threshold).length;
  // Between two scores of the class a threshold only gives up specificity.
  const threshold = members.sort((a, b) => a - b).find((score) => below(score) / others.length >= specificity);
  if (threshold === undefined) return null;
  const found = members.filter((score) => score >= threshold).length;
  return {
    threshold,
    sensitivity: wilsonInterval(found, members.length),
    specificity: wilsonInterval(below(threshold), others.length),
  };
}
