/**
 * From which calibrated probability of "positive" on a walk leads to a referral, and from which to a second look. A screening refers few
 * and repeats more: the stricter operating point of the manifest (few of the healthy referred) is the line for one, the more lenient the
 * line for the other. Both were fitted on validation people, which a likeliest class is not.
 */
import type { Interval } from '../gait/interval.ts';
import type { ModelManifest } from '../nets/manifest.ts';

export interface Thresholds {
  /** Probabilities of "positive", `refer` not below `borderline`. */
  refer: number;
  borderline: number;
}

/** How good referring is, with 95 % intervals: of the people affected the share that is referred, of the others the share that isn't. */
export interface ReferralAccuracy {
  sensitivity: Interval;
  specificity: Interval;
}

/** The manifest's strictest and most lenient point; null where it has fewer than two, and the likeliest class is all there is. */
export function thresholdsOf(manifest: ModelManifest): Thresholds | null {
  const { lenient, strict } = pointsOf(manifest) ?? {};
  return lenient && strict ? { refer: strict.threshold, borderline: lenient.threshold } : null;
}

/** Of the point from which on a walk is referred, on the people it was fitted on; null where there is none. */
export function accuracyOf(manifest: ModelManifest): ReferralAccuracy | null {
  const { strict } = pointsOf(manifest) ?? {};
  return strict ? { sensitivity: { ...strict.sensitivity }, specificity: { ...strict.specificity } } : null;
}

function pointsOf({ probability }: ModelManifest) {
  const points = [...(probability.operatingPoints ?? [])].sort((a, b) => a.asked - b.asked);
  const [lenient, strict] = [points[0], points.at(-1)];
  return lenient && strict && lenient !== strict ? { lenient, strict } : null;
}
