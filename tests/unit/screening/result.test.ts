import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QualityFinding } from '../../../src/gait/quality.ts';
import type { ModelManifest, ModelOperatingPoint } from '../../../src/nets/manifest.ts';
import { accuracyOf, thresholdsOf } from '../../../src/screening/thresholds.ts';
import { decideOutcome, isBlocked, toProbabilities } from '../../../src/screening/result.ts';

const PARTS = 16;
/** Logits whose mean over the parts is these three. */
const logitsOf = (...means: number[]) =>
  Float32Array.from({ length: 3 * PARTS }, (_, at) => means[Math.floor(at / PARTS)]! + ((at % 2) * 2 - 1) * 0.1);

const finding = (severity: QualityFinding['severity'], passed: boolean): QualityFinding => ({
  rule: 'rule',
  passed,
  severity,
  value: 0,
  threshold: 0,
  unit: '',
  facts: {},
});

describe('probabilities', () => {
  it('is the softmax of the scaled means over the parts, negative, neutral, positive', () => {
    const { negative, neutral, positive } = toProbabilities(logitsOf(0.1, 0.2, 0.4), 10);
    const total = Math.exp(1) + Math.exp(2) + Math.exp(4);
    expect(negative).toBeCloseTo(Math.exp(1) / total, 5);
    expect(neutral).toBeCloseTo(Math.exp(2) / total, 5);
    expect(positive).toBeCloseTo(Math.exp(4) / total, 5);
  });

  it('adds up to 1 and keeps the order of the means, whatever the logits and the scale', () => {
    const cosine = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, cosine, fc.integer({ min: 1, max: 2000 }), (a, b, c, scale) => {
        const { negative, neutral, positive } = toProbabilities(logitsOf(a, b, c), scale);
        expect(negative + neutral + positive).toBeCloseTo(1, 6);
        if (a > b + 0.01 && a > c + 0.01) expect(negative).toBeGreaterThan(Math.max(neutral, positive));
      }),
    );
  });
});

describe('outcome', () => {
  const likely = (name: 'negative' | 'neutral' | 'positive') => ({ negative: 0.2, neutral: 0.2, positive: 0.2, [name]: 0.6 });

  it.each([
    ['positive', 'refer'],
    ['neutral', 'borderline'],
    ['negative', 'none-found'],
  ] as const)('of a walk that is most probably %s is %s', (name, outcome) => {
    expect(decideOutcome(likely(name), [finding('blocks', true), finding('warns', false)], null)).toBe(outcome);
  });

  it('goes to the more worrying class on a tie', () => {
    expect(decideOutcome({ negative: 0.4, neutral: 0.2, positive: 0.4 }, [], null)).toBe('refer');
    expect(decideOutcome({ negative: 0.4, neutral: 0.4, positive: 0.2 }, [], null)).toBe('borderline');
  });

  it('is not assessable when a rule that blocks is broken, however sure the network is', () => {
    const findings = [finding('warns', true), finding('blocks', false)];
    expect(isBlocked(findings)).toBe(true);
    expect(decideOutcome(likely('positive'), findings, null)).toBe('not-assessable');
  });

  const thresholds = { refer: 0.55, borderline: 0.35 };
  it.each([
    [0.55, 0.1, 'refer'],
    [0.54, 0.1, 'borderline'],
    [0.35, 0.1, 'borderline'],
    [0.34, 0.1, 'none-found'],
    // Most like a slight curve, whatever the probability of a clear one.
    [0.2, 0.5, 'borderline'],
    // The likeliest of three is never nothing, although it lies below both lines.
    [0.345, 0.32, 'borderline'],
  ] as const)('with thresholds, %d positive and %d neutral is %s', (positive, neutral, outcome) => {
    expect(decideOutcome({ negative: 1 - positive - neutral, neutral, positive }, [], thresholds)).toBe(outcome);
  });

  it('draws the lines at the strictest and at the most lenient operating point, and nowhere where there is one', () => {
    const point = (asked: number, threshold: number) => ({ asked, threshold }) as ModelOperatingPoint;
    const manifest = (...operatingPoints: ModelOperatingPoint[]) =>
      ({ probability: { scale: 1, calibrated: true, operatingPoints } }) as ModelManifest;
    expect(thresholdsOf(manifest(point(0.93, 0.6), point(0.8, 0.3), point(0.9, 0.5)))).toEqual({ refer: 0.6, borderline: 0.3 });
    expect(thresholdsOf(manifest(point(0.93, 0.6)))).toBeNull();
    expect(thresholdsOf(manifest())).toBeNull();
  });

  it('is as accurate as its strictest operating point was, and nobody knows how accurate where it draws no lines', () => {
    const share = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
    const point = (asked: number, sensitivity: number, specificity: number) =>
      ({ asked, threshold: asked, sensitivity: share(sensitivity), specificity: share(specificity) }) as ModelOperatingPoint;
    const manifest = (...operatingPoints: ModelOperatingPoint[]) =>
      ({ probability: { scale: 1, calibrated: true, operatingPoints } }) as ModelManifest;
    const strict = point(0.93, 0.7, 0.94);
    const accuracy = accuracyOf(manifest(strict, point(0.8, 0.9, 0.81)));
    expect(accuracy).toEqual({ sensitivity: share(0.7), specificity: share(0.94) });
    // A record keeps it, and the model goes on being used.
    accuracy!.sensitivity.value = 0;
    expect(strict.sensitivity.value).toBe(0.7);
    expect(accuracyOf(manifest(strict))).toBeNull();
    expect(accuracyOf({ probability: { scale: 1, calibrated: true } } as ModelManifest)).toBeNull();
  });

  it('is not assessable without probabilities', () => {
    expect(decideOutcome(null, [], null)).toBe('not-assessable');
  });
});
