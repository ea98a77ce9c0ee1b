/**
 * Fills the convex hull of a few circles in a mask. Seen in a direction, the hull's outermost point is that of the circle that reaches
 * furthest: one point for each of a ring of directions gives the outline, in order, without a search for the hull.
 */

export interface Circle {
  /** Pixels. */
  x: number;
  y: number;
  radius: number;
}

/** Pixels of a body in a picture, 1 inside and 0 outside, row by row. */
export interface Mask {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const DIRECTIONS = 48;
const COS = Float64Array.from({ length: DIRECTIONS }, (_, index) => Math.cos((2 * Math.PI * index) / DIRECTIONS));
const SIN = Float64Array.from({ length: DIRECTIONS }, (_, index) => Math.sin((2 * Math.PI * index) / DIRECTIONS));

export class HullFiller {
  private readonly x = new Float64Array(DIRECTIONS);
  private readonly y = new Float64Array(DIRECTIONS);

  /** Sets the pixels whose middles lie in the hull; what lies outside the picture is lost. */
  fill(circles: readonly Circle[], { width, height, pixels }: Mask): void {
    this.outline(circles);
    const top = Math.max(0, Math.ceil(this.y.reduce((least, y) => Math.min(least, y)) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(this.y.reduce((most, y) => Math.max(most, y)) - 0.5));
    for (let row = top; row <= bottom; row++) {
      const [left, right] = this.span(row + 0.5);
      const from = Math.max(0, Math.ceil(left - 0.5));
      const to = Math.min(width - 1, Math.floor(right - 0.5));
      if (from <= to) pixels.fill(1, row * width + from, row * width + to + 1);
    }
  }

  private outline(circles: readonly Circle[]): void {
    for (let at = 0; at < DIRECTIONS; at++) {
      let furthest = -Infinity;
      for (const { x, y, radius } of circles) {
        const reach = x * COS[at]! + y * SIN[at]! + radius;
        if (reach <= furthest) continue;
        furthest = reach;
        this.x[at] = x + radius * COS[at]!;
        this.y[at] = y + radius * SIN[at]!;
      }
    }
  }

  /** Where the outline is first and last crossed at height `y`. */
  private span(y: number): [number, number] {
    let [left, right] = [Infinity, -Infinity];
    for (let at = 0, before = DIRECTIONS - 1; at < DIRECTIONS; before = at++) {
      const [y0, y1] = [this.y[before]!, this.y[at]!];
      if (y0 <= y === y1 <= y) continue;
      const x = this.x[before]! + ((y - y0) / (y1 - y0)) * (this.x[at]! - this.x[before]!);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    return [left, right];
  }
}
