import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineWalks } from '../../../src/screening/combine.ts';
import { toProbabilities } from '../../../src/screening/result.ts';
import type { Probabilities, Screening } from '../../../src/screening/screening.ts';

const thresholds = { refer: 0.6, borderline: 0.3 };
const walk = (probabilities: Probabilities | null, sha256 = 'a') =>
  ({ probabilities, thresholds, model: { sha256 } }) as Screening;
const shares = (negative: number, neutral: number, positive: number): Probabilities => ({ negative, neutral, positive });

describe('combined walks', () => {
  it('are what the mean of their logits gives', () => {
    const cosine = fc.float({ min: -1, max: 1, noNaN: true });
    const logits = fc.array(cosine, { minLength: 6, maxLength: 6 }).map((values) => Float32Array.from(values));
    fc.assert(
      fc.property(logits, logits, (a, b) => {
        const { probabilities } = combineWalks([a, b].map((each) => walk(toProbabilities(each, 20))));
        const mean = toProbabilities(
          a.map((value, at) => (value + b[at]!) / 2),
          20,
        );
        expect(probabilities?.positive).toBeCloseTo(mean.positive, 4);
        expect(probabilities?.neutral).toBeCloseTo(mean.neutral, 4);
      }),
    );
  });

  it('of one walk are that walk, without a spread', () => {
    const { probabilities, ...rest } = combineWalks([walk(shares(0.1, 0.2, 0.7))]);
    expect(probabilities?.positive).toBeCloseTo(0.7, 12);
    expect(rest).toEqual({ outcome: 'refer', spread: null, walks: 1, thresholds });
  });

  it('leave out those that are not assessable', () => {
    const result = combineWalks([walk(null), walk(shares(0.8, 0.1, 0.1)), walk(shares(0.6, 0.2, 0.2))]);
    expect(result).toMatchObject({ outcome: 'none-found', walks: 2 });
    expect(result.spread).toBeCloseTo(Math.SQRT2 / 20, 12);
  });

  it('are not assessable where none is', () => {
    expect(combineWalks([walk(null), walk(null)])).toMatchObject({ outcome: 'not-assessable', probabilities: null, walks: 0 });
    expect(combineWalks([])).toMatchObject({ outcome: 'not-assessable', walks: 0 });
  });

  it('outlive a probability of exactly 0', () => {
    const { probabilities } = combineWalks([walk(shares(0, 0, 1)), walk(shares(0.5, 0.25, 0.25))]);
    expect(probabilities!.positive).toBeGreaterThan(0.99);
  });

  it('must share their model', () => {
    expect(() => combineWalks([walk(shares(1, 0, 0)), walk(shares(1, 0, 0), 'b')])).toThrow(/different models/);
  });
});
