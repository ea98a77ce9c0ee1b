/**
 * One channel of a skeleton map before it is cropped: Gaussian blobs (joints) and Gaussian tubes (limbs) on 128×128 pixels, each drawn in
 * a box of 3σ around it, as in OpenGait's renderer (the box cuts the flanks off at exp(-4.5): part of what networks were trained on).
 *
 * Where overlaps meet by maximum, the plane holds the greatest exponent ln(weight) - d²/2σ² and each pixel needs one `exp` at the end
 * instead of one for each joint or limb that covers it, if it comes out visible at all. Overlaps that add up must be added as values.
 *
 * All in float64, where upstream draws in float32: one grey level in 100,000 comes out one higher or lower for it.
 */
import { CANVAS_SIZE } from './normalise.ts';
import { quantise, WHITE_STEPS } from './quantise.ts';

/** Joints and limbs of lower confidence are not drawn. */
const LEAST_WEIGHT = 1e-3;

/** Exponents below this are black after quantising; a hair lower, so that `exp` itself decides at the edge. */
const BLACK = Math.log(1 / WHITE_STEPS) - 1e-9;

/** Flanks are drawn out to so many σ. */
const REACH = 3;

export class GaussianCanvas {
  /** Exponents (max) or values (sum), row by row; written afresh after {@link clear}. */
  private readonly plane = new Float64Array(CANVAS_SIZE * CANVAS_SIZE);
  private readonly squares = new Float64Array(CANVAS_SIZE);

  constructor(
    private readonly combine: 'max' | 'sum',
    private readonly sigma: number,
  ) {
    this.clear();
  }

  clear(): void {
    this.plane.fill(this.combine === 'max' ? -Infinity : 0);
  }

  /** A blob around (x, y), canvas pixels, with `weight` at its peak. */
  drawJoint(x: number, y: number, weight: number): void {
    if (!(weight >= LEAST_WEIGHT) || !Number.isFinite(x) || !Number.isFinite(y)) return;
    const { combine, plane, squares } = this;
    const reach = REACH * this.sigma;
    const x0 = firstPixel(x - reach);
    const x1 = endPixel(x + reach);
    const y1 = endPixel(y + reach);
    const falloff = -1 / (2 * this.sigma * this.sigma);
    const peak = Math.log(weight);
    for (let px = x0; px < x1; px++) squares[px] = (px - x) ** 2 * falloff;
    for (let py = firstPixel(y - reach); py < y1; py++) {
      const row = py * CANVAS_SIZE;
      const rowExponent = peak + (py - y) ** 2 * falloff;
      for (let px = x0; px < x1; px++) {
        const exponent = rowExponent + squares[px]!;
        if (combine === 'sum') plane[row + px]! += Math.exp(exponent);
        else if (exponent > plane[row + px]!) plane[row + px] = exponent;
      }
    }
  }

  /** A tube around the segment from a to b, canvas pixels, with `weight` along it. Shorter than a pixel it is a blob at a. */
  drawLimb(ax: number, ay: number, bx: number, by: number, weight: number): void {
    const dx = bx - ax;
    const dy = by - ay;
    const length2 = dx * dx + dy * dy;
    if (length2 < 1) return this.drawJoint(ax, ay, weight);
    if (!(weight >= LEAST_WEIGHT) || !Number.isFinite(length2)) return;
    const { combine, plane } = this;
    const reach = REACH * this.sigma;
    const x0 = firstPixel(Math.min(ax, bx) - reach);
    const x1 = endPixel(Math.max(ax, bx) + reach);
    const y1 = endPixel(Math.max(ay, by) + reach);
    const falloff = -1 / (2 * this.sigma * this.sigma);
    const peak = Math.log(weight);
    for (let py = firstPixel(Math.min(ay, by) - reach); py < y1; py++) {
      const row = py * CANVAS_SIZE;
      const fromA = py - ay;
      for (let px = x0; px < x1; px++) {
        const u = px - ax;
        // Where along the segment the nearest point lies, in units of |ab|²: before a, past b, or between.
        const along = u * dx + fromA * dy;
        let distance2: number;
        if (along <= 0) distance2 = u * u + fromA * fromA;
        else if (along >= length2) distance2 = (px - bx) ** 2 + (py - by) ** 2;
        else distance2 = (u * dy - fromA * dx) ** 2 / length2;
        const exponent = peak + distance2 * falloff;
        if (combine === 'sum') plane[row + px]! += Math.exp(exponent);
        else if (exponent > plane[row + px]!) plane[row + px] = exponent;
      }
    }
  }

  /** Value of one pixel, 0 where nothing was drawn. */
  valueAt(pixel: number): number {
    const stored = this.plane[pixel]!;
    return this.combine === 'sum' ? stored : Math.exp(stored);
  }

  /** Writes all 128×128 pixels as grey levels, row by row. */
  writeLevels(out: Uint8Array): void {
    const black = this.combine === 'sum' ? 0 : BLACK;
    for (let pixel = 0; pixel < this.plane.length; pixel++) {
      out[pixel] = this.plane[pixel]! <= black ? 0 : quantise(this.valueAt(pixel));
    }
  }
}

/** First pixel of a box, inside the canvas. Truncated toward zero, not floored: upstream's rounding. */
function firstPixel(edge: number): number {
  return Math.max(Math.trunc(edge), 0);
}

/** One past the last pixel of a box, inside the canvas. */
function endPixel(edge: number): number {
  return Math.min(Math.trunc(edge) + 1, CANVAS_SIZE);
}
