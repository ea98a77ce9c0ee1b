import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QualityFinding } from '../../../src/gait/quality.ts';
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
  sentence: 'A sentence.',
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
    expect(decideOutcome(likely(name), [finding('blocks', true), finding('warns', false)])).toBe(outcome);
  });

  it('goes to the more worrying class on a tie', () => {
    expect(decideOutcome({ negative: 0.4, neutral: 0.2, positive: 0.4 }, [])).toBe('refer');
    expect(decideOutcome({ negative: 0.4, neutral: 0.4, positive: 0.2 }, [])).toBe('borderline');
  });

  it('is not assessable when a rule that blocks is broken, however sure the network is', () => {
    const findings = [finding('warns', true), finding('blocks', false)];
    expect(isBlocked(findings)).toBe(true);
    expect(decideOutcome(likely('positive'), findings)).toBe('not-assessable');
  });

  it('is not assessable without probabilities', () => {
    expect(decideOutcome(null, [])).toBe('not-assessable');
  });
});
