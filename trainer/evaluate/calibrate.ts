/** Fits on validation people what makes a decision of logits: the scale of the softmax, and the thresholds a screening can work at. */
import { expectedCalibrationError } from '../../src/gait/calibrationError.ts';
import { softmax } from '../../src/gait/classScores.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import { operatingPoint } from '../../src/gait/roc.ts';
import type { ModelManifest, ModelOperatingPoint } from '../../src/nets/manifest.ts';
import { scoresOf, type JudgedClip } from './judge.ts';

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
 * The scale under which the truth is most likely, one temperature for all classes, which keeps every ranking (Guo et al. 2017); the negative
 * log-likelihood is convex in it.
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

export interface Calibration {
  probability: ModelManifest['probability'];
  /** Expected calibration error on the same clips, before and after. */
  error: { before: number; after: number };
  /** Specificities that no threshold reaches while it still finds a positive. */
  unreached: number[];
}

/**
 * @param specificities that the operating points have to reach at least, each 0…1
 * @param on whose clips they are, in words
 */
export function calibrate(
  clips: readonly JudgedClip[],
  scaleBefore: number,
  specificities: readonly number[],
  on: string,
): Calibration {
  const scores = clips.map(scoresOf);
  const labels = clips.map(({ label }) => label);
  const { scale } = fitScale(scores, labels);
  const probabilities = scores.map((row) => softmax(row, scale));
  const positive = CLASSES.indexOf('positive');
  const points = specificities.map((asked) => {
    const point = operatingPoint(
      probabilities.map((row) => row[positive]!),
      labels.map((label) => label === positive),
      asked,
    );
    return { asked, point };
  });
  const operatingPoints = points.flatMap(({ asked, point }): ModelOperatingPoint[] => (point ? [{ asked, ...point, on }] : []));
  return {
    probability: { scale, calibrated: true, ...(operatingPoints.length > 0 ? { operatingPoints } : {}) },
    error: {
      before: expectedCalibrationError(
        scores.map((row) => softmax(row, scaleBefore)),
        labels,
      ),
      after: expectedCalibrationError(probabilities, labels),
    },
    unreached: points.flatMap(({ asked, point }) => (point ? [] : [asked])),
  };
}
