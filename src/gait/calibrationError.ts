/**
 * Expected calibration error: how far the stated probability of the chosen class is from how often it is right, over 15 equal bins,
 * weighted by how many walks fall in each. 0 = probabilities can be taken at their word.
 */
import { argmax } from './classScores.ts';

const BINS = 15;

/** `probabilities`: one row of class probabilities per walk; `truth`: class indices. 0 where there are no walks. */
export function expectedCalibrationError(probabilities: readonly ArrayLike<number>[], truth: ArrayLike<number>): number {
  const counts = new Float64Array(BINS);
  const confidence = new Float64Array(BINS);
  const hits = new Float64Array(BINS);
  probabilities.forEach((row, walk) => {
    const chosen = argmax(row);
    const probability = row[chosen]!;
    // Bins are open below and closed above: (0, 1/15], (1/15, 2/15] …
    const bin = Math.min(Math.max(Math.ceil(probability * BINS) - 1, 0), BINS - 1);
    counts[bin]! += 1;
    confidence[bin]! += probability;
    if (truth[walk] === chosen) hits[bin]! += 1;
  });
  if (probabilities.length === 0) return 0;
  return confidence.reduce((error, sum, bin) => error + Math.abs(sum - hits[bin]!), 0) / probabilities.length;
}
