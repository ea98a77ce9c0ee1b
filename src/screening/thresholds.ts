/**
 * From which calibrated probability of "positive" on a walk leads to a referral, and from which to a second look. A screening refers few
 * and repeats more: the stricter operating point of the manifest (few of the healthy referred) is the line for one, the more lenient the
 * line for the other. Both were fitted on validation people, which a likeliest class is not.
 */
import type { ModelManifest } from '../nets/manifest.ts';

export interface Thresholds {
  /** Probabilities of "positive", `refer` not below `borderline`. */
  refer: number;
  borderline: number;
}

/** The manifest's strictest and most lenient point; null where it has fewer than two, and the likeliest class is all there is. */
export function thresholdsOf({ probability }: ModelManifest): Thresholds | null {
  const points = [...(probability.operatingPoints ?? [])].sort((a, b) => a.asked - b.asked);
  const [lenient, strict] = [points[0], points.at(-1)];
  if (!lenient || !strict || lenient === strict) return null;
  return { refer: strict.threshold, borderline: lenient.threshold };
}
