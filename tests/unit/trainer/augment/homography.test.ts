import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  homography,
  multiply,
  rotation,
  type Matrix,
  type Point,
  type Quad,
} from '../../../../trainer/train/augment/homography.ts';

const apply = ([a, b, c, d, e, f, g, h, i]: Matrix, [x, y]: Point): Point => {
  const depth = g * x + h * y + i;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
};

const expectAt = ([x, y]: Point, [toX, toY]: Point) => {
  expect(x).toBeCloseTo(toX, 8);
  expect(y).toBeCloseTo(toY, 8);
};

/** Corners of a square of side 40, each displaced by less than a fourth of it: always convex. */
const anyQuad: fc.Arbitrary<Quad> = fc
  .array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map(([a, b, c, d, e, f, g, h]) => [
    [a!, b!],
    [40 + c!, d!],
    [40 + e!, 40 + f!],
    [g!, 40 + h!],
  ]);

describe('homography', () => {
  it('carries each corner to its own, and there and back is where one was', () => {
    fc.assert(
      fc.property(anyQuad, anyQuad, (from, to) => {
        const map = homography(from, to);
        from.forEach((corner, at) => expectAt(apply(map, corner), to[at]!));
        expectAt(apply(multiply(homography(to, from), map), [13, 29]), [13, 29]);
      }),
    );
  });

  it('keeps lines straight and what lies on the diagonals on them', () => {
    fc.assert(
      fc.property(anyQuad, anyQuad, (from, to) => {
        const crossing = ([a, b, c, d]: Quad): Point => {
          const cross = ([x1, y1]: Point, [x2, y2]: Point) => x1 * y2 - y1 * x2;
          const along: Point = [c[0] - a[0], c[1] - a[1]];
          const down: Point = [d[0] - b[0], d[1] - b[1]];
          const share = cross([b[0] - a[0], b[1] - a[1]], down) / cross(along, down);
          return [a[0] + share * along[0], a[1] + share * along[1]];
        };
        expectAt(apply(homography(from, to), crossing(from)), crossing(to));
      }),
    );
  });

  it('refuses three corners on one line', () => {
    const line: Quad = [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ];
    expect(() => homography(line, line)).toThrow(/one line/);
  });
});

describe('rotation', () => {
  it('leaves its centre and turns what is right of it upward', () => {
    const quarter = rotation(Math.PI / 2, [22, 32]);
    expectAt(apply(quarter, [22, 32]), [22, 32]);
    expectAt(apply(quarter, [27, 32]), [22, 27]);
  });
});
