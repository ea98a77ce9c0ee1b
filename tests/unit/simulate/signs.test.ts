import { describe, expect, it } from 'vitest';
import { Random } from '../../../trainer/random/random.ts';
import { CURVE_TYPES, drawCurveSigns, meanShift } from '../../../trainer/simulate/scoliosis.ts';
import {
  addSigns,
  drawClipSigns,
  drawHealthySigns,
  HEALTHY_SIGNS,
  SIGN_NAMES,
  type SignName,
  type Signs,
} from '../../../trainer/simulate/signs.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe('signs of healthy people', () => {
  const random = new Random(99);
  const people: Signs[] = Array.from({ length: 4000 }, () => addSigns(drawHealthySigns(random), drawClipSigns(random)));

  it.each(SIGN_NAMES)('%s has the stated mean and width, person and clip together', (name) => {
    const values = people.map((signs) => signs[name]);
    const expected = HEALTHY_SIGNS[name];
    expect(Math.abs(mean(values) - expected.mean)).toBeLessThan(0.08 * expected.sd);
    expect(sd(values) / expected.sd).toBeGreaterThan(0.95);
    expect(sd(values) / expected.sd).toBeLessThan(1.05);
  });

  it('match the published shoulder heights: mean ± 2 SD = −1.5…2.4 cm, and 7.5 ± 6 mm without sign', () => {
    const heights = people.map((signs) => signs.shoulderHeight);
    expect(mean(heights) - 2 * sd(heights)).toBeCloseTo(-1.5, 0);
    expect(mean(heights) + 2 * sd(heights)).toBeCloseTo(2.4, 0);
    const sizes = heights.map((height) => 10 * Math.abs(height));
    expect(Math.abs(mean(sizes) - 7.5)).toBeLessThan(2);
    expect(Math.abs(sd(sizes) - 6)).toBeLessThan(1.5);
  });

  it('match the published coronal balance at the shoulders: mean ± 2 SD = −2.8…2.0 cm', () => {
    // A trunk of 48 cm carries the lean to the shoulders.
    const balance = people.map((signs) => signs.trunkShift + 48 * Math.sin((signs.trunkLean * Math.PI) / 180));
    expect(Math.abs(mean(balance) - 2 * sd(balance) + 2.8)).toBeLessThan(0.25);
    expect(Math.abs(mean(balance) + 2 * sd(balance) - 2.0)).toBeLessThan(0.25);
  });
});

describe('signs of a curve', () => {
  const drawnAt = (cobb: number, name: SignName, seed: number): number[] => {
    const random = new Random(seed);
    return Array.from({ length: 1000 }, () => drawCurveSigns(random, { type: 'thoracic', convex: 'right', cobb })[name]);
  };

  it.each(CURVE_TYPES)('of a %s curve grow with its angle and turn with its side', (type) => {
    for (const name of SIGN_NAMES) {
      const at = (cobb: number): number => meanShift({ type, convex: 'right', cobb }, name);
      expect(at(0)).toBeCloseTo(0, 12);
      expect(Math.abs(at(10))).toBeGreaterThan(0);
      expect(Math.abs(at(25))).toBeGreaterThan(Math.abs(at(10)));
      expect(Math.abs(at(50))).toBeGreaterThan(Math.abs(at(25)));
      expect(meanShift({ type, convex: 'left', cobb: 25 }, name)).toBe(-at(25));
    }
  });

  it('are drawn about that mean, with a spread that grows too', () => {
    for (const name of SIGN_NAMES) {
      const [small, large] = [drawnAt(10, name, 1), drawnAt(40, name, 2)];
      const share = (values: readonly number[], cobb: number): number =>
        mean(values) / meanShift({ type: 'thoracic', convex: 'right', cobb }, name);
      expect(Math.abs(share(small, 10) - 1), name).toBeLessThan(0.15);
      expect(Math.abs(share(large, 40) - 1), name).toBeLessThan(0.15);
      expect(sd(large)).toBeGreaterThan(2 * sd(small));
    }
  });

  it('put the shoulders of 52° thoracic curves where they were published: about −2.4°, all but a few within −10.7…6.0°', () => {
    const random = new Random(3);
    const angles = drawnAt(52, 'shoulderHeight', 4).map((height) => {
      const healthy = drawHealthySigns(random).shoulderHeight + drawClipSigns(random).shoulderHeight;
      return (Math.atan2(height + healthy - HEALTHY_SIGNS.shoulderHeight.mean, 34) * 180) / Math.PI;
    });
    expect(Math.abs(mean(angles) + 2.35)).toBeLessThan(0.3);
    expect(Math.abs(sd(angles) - 3.3)).toBeLessThan(0.4);
  });
});
