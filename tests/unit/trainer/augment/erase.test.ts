import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT_WIDTH, MAP_SIZE } from '../../../../src/gait/skeletonMap.ts';
import { Random } from '../../../../trainer/random/random.ts';
import { drawRectangle, erase } from '../../../../trainer/train/augment/erase.ts';
import { tally, unevenness } from '../sampling/evenness.ts';
import { anyPlanes, picture, PIXELS, pixelAt } from './pictures.ts';

const rectangles = Array.from({ length: 5000 }, (_, seed) => drawRectangle(new Random(3, seed)));

describe('drawRectangle', () => {
  it('lies inside the picture', () => {
    for (const { top, left, height, width } of rectangles) {
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(Math.min(height, width)).toBeGreaterThan(0);
      expect(top + height).toBeLessThanOrEqual(MAP_SIZE);
      expect(left + width).toBeLessThanOrEqual(CUT_WIDTH);
    }
  });

  it('covers 5 to 20 % with a height of 0.3 to 3.3 widths, but for rounding to pixels', () => {
    const shares = rectangles.map(({ height, width }) => (height * width) / PIXELS);
    expect(Math.min(...shares)).toBeGreaterThan(0.045);
    expect(Math.min(...shares)).toBeLessThan(0.055);
    expect(Math.max(...shares)).toBeLessThan(0.208);
    expect(Math.max(...shares)).toBeGreaterThan(0.195);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.125, 2);
    for (const { height, width } of rectangles) {
      expect((height + 0.5) / (width - 0.5)).toBeGreaterThan(0.3);
      expect((height - 0.5) / (width + 0.5)).toBeLessThan(1 / 0.3);
    }
    expect(Math.min(...rectangles.map(({ height, width }) => height / width))).toBeLessThan(0.34);
    expect(Math.max(...rectangles.map(({ height, width }) => height / width))).toBeGreaterThan(3.1);
  });

  it('lies anywhere alike, against the edges too', () => {
    for (const side of ['left', 'top'] as const) {
      const length = side === 'left' ? 'width' : 'height';
      const whole = side === 'left' ? CUT_WIDTH : MAP_SIZE;
      const sized = rectangles.filter((rectangle) => rectangle[length] === 16);
      expect(sized.length).toBeGreaterThan(150);
      const starts = tally(
        sized.map((rectangle) => rectangle[side]),
        whole - 15,
      );
      expect(unevenness(starts)).toBeLessThan(4);
      expect(Math.min(...rectangles.map((rectangle) => rectangle[side]))).toBe(0);
      expect(Math.max(...rectangles.map((rectangle) => rectangle[side] + rectangle[length]))).toBe(whole);
    }
  });
});

describe('erase', () => {
  it('sets the rectangle of every plane to 0 and leaves the rest, and the planes it was given', () => {
    fc.assert(
      fc.property(anyPlanes(2), fc.nat(), (planes, seed) => {
        const before = planes.slice();
        const { top, left, height, width } = drawRectangle(new Random(seed));
        const erased = erase(planes, { top, left, height, width });
        const inside = (x: number, y: number) => x >= left && x < left + width && y >= top && y < top + height;
        for (const from of [0, PIXELS]) {
          const plane = planes.subarray(from, from + PIXELS);
          const expected = picture((x, y) => (inside(x, y) ? 0 : pixelAt(plane, x, y)));
          expect(erased.subarray(from, from + PIXELS)).toEqual(expected);
        }
        expect(planes).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });
});
