/** From logits and findings to what is said: probabilities, and the outcome they lead to. */
import type { QualityFinding } from '../gait/quality.ts';
import { CLASS_COUNT, CLASSES, type ClassName } from '../gait/labels.ts';
import type { Outcome, Probabilities } from './screening.ts';

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

/** The most probable class; on a tie the one more worth a second look. Without probabilities, or blocked: not assessable. */
export function decideOutcome(probabilities: Probabilities | null, findings: readonly QualityFinding[]): Outcome {
  if (!probabilities || isBlocked(findings)) return 'not-assessable';
  const byConcern = [...CLASSES].reverse();
  const likeliest = byConcern.reduce((best, name) => (probabilities[name] > probabilities[best] ? name : best));
  return OUTCOMES[likeliest];
}
