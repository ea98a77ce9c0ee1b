/**
 * Area under the ROC curve, one class against the rest: how often a walk of the class scores higher than one that is not, ties counting
 * half. Needs no threshold, so it tells a weak classifier from a badly calibrated one.
 */

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
