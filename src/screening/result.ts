/** From logits and findings to what is said: probabilities, and the outcome they lead to. */
import type { QualityFinding } from '../gait/quality.ts';
import { CLASS_COUNT, CLASSES, type ClassName } from '../gait/labels.ts';
import type { Outcome, Probabilities } from './screening.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * Calibrated probabilities: softmax of `scale` times the mean over the parts of the cosine logits (domain: the evaluator's mean
 * over parts; cosines alone would make a nearly flat softmax, so the scale is fitted on validation people).
 * `logits` is [3, parts], classes negative, neutral, positive.
 */
export function toProbabilities(logits: Float32Array, scale: number): Probabilities {
  const parts = logits.length / CLASS_COUNT;
  const scores = CLASSES.map((_, row) => {
    const cosines = logits.subarray(row * parts, (row + 1) * parts);
    return (scale * cosines.reduce((sum, cosine) => sum + cosine, 0)) / parts;
  });
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [negative = NaN, neutral = NaN, positive = NaN] = weights.map((weight) => weight / total);
  return { negative, neutral, positive };
}

const OUTCOMES: Record<ClassName, Outcome> = { negative: 'none-found', neutral: 'borderline', positive: 'refer' };

/** Whether the walk allows no answer. */
export function isBlocked(findings: readonly QualityFinding[]): boolean {
  return findings.some(({ passed, severity }) => !passed && severity === 'blocks');
}

/**
 * What is said of a walk. Blocked, or without probabilities: not assessable. With thresholds: refer from the stricter one on, borderline
 * from the lenient one on or where a slight curve is what it is most like, and otherwise nothing was found. Without: the likeliest class.
 */
export function decideOutcome(
  probabilities: Probabilities | null,
  findings: readonly QualityFinding[],
  thresholds: Thresholds | null,
): Outcome {
  if (!probabilities || isBlocked(findings)) return 'not-assessable';
  const likeliest = likeliestClass(probabilities);
  if (!thresholds) return OUTCOMES[likeliest];
  if (probabilities.positive >= thresholds.refer) return 'refer';
  return probabilities.positive >= thresholds.borderline || likeliest !== 'negative' ? 'borderline' : 'none-found';
}

/** On a tie the one more worth a second look. */
function likeliestClass(probabilities: Probabilities): ClassName {
  const byConcern = [...CLASSES].reverse();
  return byConcern.reduce((best, name) => (probabilities[name] > probabilities[best] ? name : best));
}
