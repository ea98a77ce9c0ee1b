import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT_WIDTH, MAP_SIZE } from '../../../../src/gait/skeletonMap.ts';
import { rotation, type Matrix, type Point } from '../../../../trainer/train/augment/homography.ts';
import { warp } from '../../../../trainer/train/augment/warp.ts';
import { anyPlanes, blob, centreOf, farthest, massOf, picture, pixelAt, PIXELS, same } from './pictures.ts';

const MIDDLE: Point = [CUT_WIDTH / 2, MAP_SIZE / 2];
const IDENTITY: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The picture moved to the right and down. */
const shift = (right: number, down: number): Matrix => [1, 0, -right, 0, 1, -down, 0, 0, 1];

/** The picture turned anticlockwise: its points are sought clockwise of the result's. */
const turn = (degrees: number): Matrix => rotation((-degrees * Math.PI) / 180, MIDDLE);

describe('warp', () => {
  it('through the identity changes nothing, whatever multiple of it is given', () => {
    fc.assert(
      fc.property(anyPlanes(2), fc.double({ min: 0.01, max: 100, noNaN: true }), (planes, factor) => {
        const multiple = IDENTITY.map((entry) => factor * entry) as unknown as Matrix;
        expect(same(warp(planes, multiple), planes)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('turns a pattern by 90°, upright on its side', () => {
    // A 7 of 3×4 pixels about the middle, its top row three pixels wide.
    const seven = picture((x, y) => (x >= 21 && x < 24 && y >= 30 && y < 34 && (y === 30 || x === 23) ? 200 : 0));
    const turned = warp(seven, turn(90));
    // Anticlockwise: what was on the right is on top. Column 23 is 1.5 right of the middle and comes to row 30, 1.5 above it.
    const expected = picture((x, y) => ((y === 30 && x >= 20 && x < 24) || (x === 20 && y >= 30 && y < 33) ? 200 : 0));
    expect(same(turned, expected)).toBe(true);
  });

  it('turned four times by 90° is the middle square as it was', () => {
    fc.assert(
      fc.property(anyPlanes(1), (plane) => {
        const square = picture((x, y) => (y >= 10 && y < 54 ? pixelAt(plane, x, y) : 0));
        const [quarter, half] = [warp(square, turn(90)), warp(square, turn(180))];
        expect(same(warp(quarter, turn(90)), half)).toBe(true);
        expect(same(warp(half, turn(180)), square)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('moves by whole pixels exactly, and is black where nothing came from', () => {
    fc.assert(
      fc.property(anyPlanes(1), fc.integer({ min: -44, max: 44 }), fc.integer({ min: -64, max: 64 }), (plane, right, down) => {
        const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < CUT_WIDTH && y < MAP_SIZE;
        const expected = picture((x, y) => (inside(x - right, y - down) ? pixelAt(plane, x - right, y - down) : 0));
        expect(same(warp(plane, shift(right, down)), expected)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('is bilinear between pixels, and fades to black across the edge', () => {
    const white = picture(() => 200);
    const moved = warp(white, shift(0.25, 0.5));
    expect(pixelAt(moved, 10, 10)).toBe(200);
    expect(pixelAt(moved, 0, 10)).toBe(150);
    expect(pixelAt(moved, 10, 0)).toBe(100);
    expect(pixelAt(moved, 0, 0)).toBe(75);
    // On the other two edges the picture is only pushed out.
    expect(pixelAt(moved, CUT_WIDTH - 1, MAP_SIZE - 1)).toBe(200);
    const ramp = picture((x, y) => 4 * x + y);
    expect(pixelAt(warp(ramp, shift(-0.25, -0.5)), 10, 20)).toBe(Math.round(4 * 10.25 + 20.5));
  });

  it('turns a body about the middle and keeps its mass', () => {
    // As wide and tall as a map's body, a little aside and below the middle.
    const body = blob(24, 34, 4, 9);
    for (const degrees of [-10, -3, 0.5, 7, 10]) {
      const turned = warp(body, turn(degrees));
      expect(Math.abs(massOf(turned) / massOf(body) - 1)).toBeLessThan(0.02);
      const angle = (degrees * Math.PI) / 180;
      const [from, to] = [centreOf(body), centreOf(turned)];
      const [aside, below] = [from.x - MIDDLE[0], from.y - MIDDLE[1]];
      expect(to.x - MIDDLE[0]).toBeCloseTo(Math.cos(angle) * aside + Math.sin(angle) * below, 1);
      expect(to.y - MIDDLE[1]).toBeCloseTo(Math.cos(angle) * below - Math.sin(angle) * aside, 1);
      expect(farthest(warp(turned, turn(-degrees)), body)).toBeLessThan(12);
    }
  });

  it('treats every plane alike and by itself', () => {
    fc.assert(
      fc.property(anyPlanes(3), fc.double({ min: -90, max: 90, noNaN: true }), (planes, degrees) => {
        const all = warp(planes, turn(degrees));
        expect(all).toHaveLength(planes.length);
        for (const at of [0, 1, 2]) {
          const [from, to] = [at * PIXELS, (at + 1) * PIXELS];
          expect(same(all.subarray(from, to), warp(planes.subarray(from, to), turn(degrees)))).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
  });
});
