import { describe, expect, it } from 'vitest';
import { CUT_WIDTH, MAP_SIZE } from '../../../../src/gait/skeletonMap.ts';
import { Random } from '../../../../trainer/random/random.ts';
import { drawAffine, drawPerspective, drawRotation } from '../../../../trainer/train/augment/distortions.ts';
import type { Matrix } from '../../../../trainer/train/augment/homography.ts';

const apply = ([a, b, c, d, e, f, g, h, i]: Matrix, x: number, y: number): [number, number] => {
  const depth = g * x + h * y + i;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
};
const drawn = (draw: (random: Random) => Matrix) => Array.from({ length: 3000 }, (_, seed) => draw(new Random(7, seed)));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe('drawRotation', () => {
  it('turns about the middle by up to 10° either way, each angle alike', () => {
    const angles = drawn(drawRotation).map((matrix) => {
      const [x, y] = apply(matrix, CUT_WIDTH / 2, MAP_SIZE / 2);
      expect(x).toBeCloseTo(CUT_WIDTH / 2, 10);
      expect(y).toBeCloseTo(MAP_SIZE / 2, 10);
      return (Math.atan2(matrix[1], matrix[0]) * 180) / Math.PI;
    });
    expect(Math.max(...angles)).toBeLessThanOrEqual(10);
    expect(Math.max(...angles)).toBeGreaterThan(9.9);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-10);
    expect(Math.min(...angles)).toBeLessThan(-9.9);
    expect(Math.abs(mean(angles))).toBeLessThan(0.4);
    expect(deviation(angles)).toBeCloseTo(20 / Math.sqrt(12), 0);
  });
});

describe('drawPerspective', () => {
  const corners = drawn(drawPerspective).map((matrix) =>
    [
      [0, 0],
      [CUT_WIDTH, 0],
      [CUT_WIDTH, MAP_SIZE],
      [0, MAP_SIZE],
    ].map(([x, y]) => apply(matrix, x!, y!)),
  );

  it('shows at each corner what lies 0 to 9 whole pixels further in, at the same height', () => {
    [0, CUT_WIDTH, CUT_WIDTH, 0].forEach((edge, corner) => {
      const inward = corners.map((quad) => Math.abs(quad[corner]![0] - edge));
      for (const pixels of inward) expect(Math.abs(pixels - Math.round(pixels))).toBeLessThan(1e-9);
      expect(new Set(inward.map(Math.round))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
      for (const quad of corners) expect(quad[corner]![1]).toBeCloseTo(corner < 2 ? 0 : MAP_SIZE, 9);
    });
  });

  it('favours neither side, and moves its corners on their own', () => {
    const inward = (corner: number) => corners.map((quad) => Math.abs(quad[corner]![0] - (corner % 3 === 0 ? 0 : CUT_WIDTH)));
    for (const corner of [0, 1, 2, 3]) expect(Math.abs(mean(inward(corner)) - 4.5)).toBeLessThan(0.2);
    const [left, right] = [inward(0), inward(1)];
    const covariance = mean(left.map((value, at) => (value - 4.5) * (right[at]! - 4.5)));
    expect(Math.abs(covariance)).toBeLessThan(0.6);
  });
});

describe('drawAffine', () => {
  it('is affine, on the whole the identity, and never turns the picture over', () => {
    const matrices = drawn(drawAffine).map((matrix) => matrix.map((entry) => entry / matrix[8]));
    for (const [, , , , , , g, h] of matrices) expect(Math.abs(g!) + Math.abs(h!)).toBeLessThan(1e-9);
    for (const [a, b, , d, e] of matrices) expect(a! * e! - b! * d!).toBeGreaterThan(0.3);
    const moved = matrices.map((matrix) => apply(matrix as unknown as Matrix, CUT_WIDTH / 2, MAP_SIZE / 2));
    expect(Math.abs(mean(moved.map(([x]) => x)) - CUT_WIDTH / 2)).toBeLessThan(0.3);
    expect(Math.abs(mean(moved.map(([, y]) => y)) - MAP_SIZE / 2)).toBeLessThan(0.3);
    // The middle is half of the two corners beside it, each of which moves by the difference of two draws of 0 to 9.
    const oneCorner = Math.sqrt(2 * ((10 ** 2 - 1) / 12));
    expect(Math.abs(deviation(moved.map(([x]) => x)) / (oneCorner / Math.SQRT2) - 1)).toBeLessThan(0.2);
  });

  it('stretches more sideways than upright, as the corners move alike and the picture is narrower', () => {
    const matrices = drawn(drawAffine).map((matrix) => matrix.map((entry) => entry / matrix[8]));
    // An edge of the picture less two draws of 0 to 9, over another: each varies by √2 · √8.25 pixels about 35 or 55.
    const [wide, tall] = [0, 4].map((at) => deviation(matrices.map((matrix) => matrix[at]!)));
    expect(Math.abs(wide! / ((2 * Math.sqrt(8.25)) / 35) - 1)).toBeLessThan(0.2);
    expect(Math.abs(tall! / ((2 * Math.sqrt(8.25)) / 55) - 1)).toBeLessThan(0.2);
  });
});
