import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GaussianCanvas } from '../../../src/gait/canvas.ts';

const SIZE = 128;
const at = (canvas: GaussianCanvas, x: number, y: number) => canvas.valueAt(y * SIZE + x);
const gauss = (distance: number, sigma: number) => Math.exp(-(distance * distance) / (2 * sigma * sigma));

/** All drawn pixels as [x, y]. */
function drawn(canvas: GaussianCanvas): [number, number][] {
  return Array.from({ length: SIZE * SIZE }, (_, pixel) => pixel)
    .filter((pixel) => canvas.valueAt(pixel) > 0)
    .map((pixel) => [pixel % SIZE, Math.floor(pixel / SIZE)]);
}

describe.each(['max', 'sum'] as const)('GaussianCanvas, overlaps by %s', (combine) => {
  it('draws a Gaussian with the weight at its peak', () => {
    const canvas = new GaussianCanvas(combine, 8);
    canvas.drawJoint(60.25, 70.5, 0.8);
    expect(at(canvas, 60, 70)).toBeCloseTo(0.8 * gauss(Math.hypot(0.25, 0.5), 8), 12);
    expect(at(canvas, 72, 61)).toBeCloseTo(0.8 * gauss(Math.hypot(11.75, 9.5), 8), 12);
  });

  it('cuts it off at a box of 3σ, edges truncated', () => {
    const canvas = new GaussianCanvas(combine, 2);
    canvas.drawJoint(50.6, 60.2, 1);
    const pixels = drawn(canvas);
    const columns = pixels.map(([x]) => x);
    const rows = pixels.map(([, y]) => y);
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([44, 56]);
    expect([Math.min(...rows), Math.max(...rows)]).toEqual([54, 66]);
    expect(pixels).toHaveLength(13 * 13);
  });

  it('truncates toward zero where the box leaves the canvas', () => {
    const canvas = new GaussianCanvas(combine, 2);
    // The box ends at x = -0.5, which becomes pixel 0; one px further left it ends at -1 and is gone.
    canvas.drawJoint(-6.5, 60, 1);
    expect(new Set(drawn(canvas).map(([x]) => x))).toEqual(new Set([0]));
    canvas.clear();
    canvas.drawJoint(-7.5, 60, 1);
    expect(drawn(canvas)).toEqual([]);
  });

  it('draws limbs by the distance to the segment, not to the line', () => {
    const canvas = new GaussianCanvas(combine, 3);
    canvas.drawLimb(40, 60, 60, 60, 0.9);
    expect(at(canvas, 50, 60)).toBeCloseTo(0.9, 12);
    expect(at(canvas, 50, 64)).toBeCloseTo(0.9 * gauss(4, 3), 12);
    expect(at(canvas, 35, 63)).toBeCloseTo(0.9 * gauss(Math.hypot(5, 3), 3), 12);
    expect(at(canvas, 66, 60)).toBeCloseTo(0.9 * gauss(6, 3), 12);
  });

  it('draws a limb shorter than a pixel as a joint at its first end', () => {
    const [limb, joint] = [new GaussianCanvas(combine, 4), new GaussianCanvas(combine, 4)];
    limb.drawLimb(70.2, 50.1, 70.9, 50.5, 0.6);
    joint.drawJoint(70.2, 50.1, 0.6);
    expect(drawn(limb)).toEqual(drawn(joint));
    for (const [x, y] of drawn(joint)) expect(at(limb, x, y)).toBe(at(joint, x, y));
  });

  it.each([
    ['a joint of next to no confidence', (canvas: GaussianCanvas) => canvas.drawJoint(64, 64, 0.0009)],
    ['a limb of next to no confidence', (canvas: GaussianCanvas) => canvas.drawLimb(10, 10, 60, 60, 0.0009)],
    ['a confidence that is no number', (canvas: GaussianCanvas) => canvas.drawJoint(64, 64, NaN)],
    ['a joint that is nowhere', (canvas: GaussianCanvas) => canvas.drawJoint(NaN, 64, 1)],
    ['a limb that ends nowhere', (canvas: GaussianCanvas) => canvas.drawLimb(10, 10, Infinity, 60, 1)],
    ['a joint far outside', (canvas: GaussianCanvas) => canvas.drawJoint(-500, 900, 1)],
  ])('does not draw %s', (_, draw) => {
    const canvas = new GaussianCanvas(combine, 8);
    draw(canvas);
    expect(drawn(canvas)).toEqual([]);
  });

  it('is blank again after clearing', () => {
    const canvas = new GaussianCanvas(combine, 8);
    canvas.drawLimb(10, 10, 90, 100, 1);
    expect(drawn(canvas).length).toBeGreaterThan(0);
    canvas.clear();
    expect(drawn(canvas)).toEqual([]);
  });
});

describe('overlaps', () => {
  const place = fc.tuple(
    fc.double({ min: 40, max: 80, noNaN: true }),
    fc.double({ min: 40, max: 80, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
  );

  it('meet by their maximum or their sum, in any order', () => {
    fc.assert(
      fc.property(place, place, (first, second) => {
        const alone = [first, second].map((joint) => {
          const canvas = new GaussianCanvas('max', 5);
          canvas.drawJoint(...joint);
          return canvas;
        });
        for (const combine of ['max', 'sum'] as const) {
          const both = new GaussianCanvas(combine, 5);
          both.drawJoint(...second);
          both.drawJoint(...first);
          let greatest = 0;
          for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
            const [a, b] = [alone[0]!.valueAt(pixel), alone[1]!.valueAt(pixel)];
            const expected = combine === 'max' ? Math.max(a, b) : a + b;
            greatest = Math.max(greatest, Math.abs(both.valueAt(pixel) - expected));
          }
          expect(greatest).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 20 },
    );
  });
});
