/**
 * Plane projective maps: what carries one quadrilateral into another. Through the unit square, whose map to any quadrilateral has a closed
 * form (Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, §2.2.3), so that no equations need solving.
 */

export type Point = readonly [x: number, y: number];

/** Corners in order around the figure: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** 3×3, row by row, applied to (x, y, 1); a multiple of a matrix is the same map. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The map that carries the corners of one quadrilateral to those of another. @throws RangeError where three corners lie on a line. */
export function homography(from: Quad, to: Quad): Matrix {
  return multiply(fromUnitSquare(to), adjugate(fromUnitSquare(from)));
}

/** First `second`, then `first`: the usual product of matrices. */
export function multiply(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f, g, h, i] = first;
  const [j, k, l, m, n, o, p, q, r] = second;
  return [
    a * j + b * m + c * p,
    a * k + b * n + c * q,
    a * l + b * o + c * r,
    d * j + e * m + f * p,
    d * k + e * n + f * q,
    d * l + e * o + f * r,
    g * j + h * m + i * p,
    g * k + h * n + i * q,
    g * l + h * o + i * r,
  ];
}

/** Rotation about a point, anticlockwise as one sees it in a picture whose rows count downward. Radians. */
export function rotation(angle: number, [x, y]: Point): Matrix {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return [cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y, 0, 0, 1];
}

/** Carries (0, 0), (1, 0), (1, 1), (0, 1) to the corners. */
function fromUnitSquare([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad): Matrix {
  const [alongX, downX, overX] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [alongY, downY, overY] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const area = alongX * downY - downX * alongY;
  if (area === 0) throw new RangeError('A quadrilateral with three corners on one line has no projective map.');
  const g = (overX * downY - downX * overY) / area;
  const h = (alongX * overY - overX * alongY) / area;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** The inverse but for a factor, which a projective map does not feel. */
function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
