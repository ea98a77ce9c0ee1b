/**
 * Pictures seen through a projective map, bilinear, black outside. Every frame and channel of a clip goes through the same map, so where
 * each pixel comes from is worked out once and then only looked up.
 *
 * Coordinates are those of the pixels' edges: the picture reaches from (0, 0) to (44, 64), and the first pixel's centre is (½, ½). So
 * mirror images and rotations about the middle are exactly that.
 */
import { CUT_WIDTH, MAP_SIZE } from '../../../src/gait/skeletonMap.ts';
import type { Matrix } from './homography.ts';

const PIXELS = MAP_SIZE * CUT_WIDTH;
/** A plane with a black pixel all round it, so that every neighbour exists. */
const FRAMED_WIDTH = CUT_WIDTH + 2;
const FRAMED_PIXELS = (MAP_SIZE + 2) * FRAMED_WIDTH;

/** For each pixel of the result: the first of its four neighbours in the framed plane, and how far it lies on to the others. */
interface Origins {
  at: Uint16Array;
  right: Float64Array;
  down: Float64Array;
}

/**
 * Any number of planes of 64×44 grey levels, warped.
 * @param pull carries points of the result to the points of the picture that they show
 */
export function warp(planes: Uint8Array, pull: Matrix): Uint8Array {
  const { at, right, down } = originsThrough(pull);
  const warped = new Uint8Array(planes.length);
  const framed = new Uint8Array(FRAMED_PIXELS);
  for (let plane = 0; plane < planes.length; plane += PIXELS) {
    frame(planes, plane, framed);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const first = at[pixel]!;
      const second = first + FRAMED_WIDTH;
      const upper = framed[first]! + right[pixel]! * (framed[first + 1]! - framed[first]!);
      const lower = framed[second]! + right[pixel]! * (framed[second + 1]! - framed[second]!);
      // Levels are rounded, by cutting off what is over after adding a half.
      warped[plane + pixel] = upper + down[pixel]! * (lower - upper) + 0.5;
    }
  }
  return warped;
}

/** Copies the plane that begins at `from` into the middle of the framed one. */
function frame(planes: Uint8Array, from: number, framed: Uint8Array): void {
  for (let row = 0; row < MAP_SIZE; row++) {
    const [source, target] = [from + row * CUT_WIDTH, (row + 1) * FRAMED_WIDTH + 1];
    for (let column = 0; column < CUT_WIDTH; column++) framed[target + column] = planes[source + column]!;
  }
}

function originsThrough([a, b, c, d, e, f, g, h, i]: Matrix): Origins {
  const origins = { at: new Uint16Array(PIXELS), right: new Float64Array(PIXELS), down: new Float64Array(PIXELS) };
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const [x, y] = [(pixel % CUT_WIDTH) + 0.5, Math.floor(pixel / CUT_WIDTH) + 0.5];
    const depth = g * x + h * y + i;
    // In the framed plane: one pixel further, and half a pixel back to the neighbour's centre.
    const column = (a * x + b * y + c) / depth + 0.5;
    const row = (d * x + e * y + f) / depth + 0.5;
    const inside = column >= 0 && row >= 0 && column < CUT_WIDTH + 1 && row < MAP_SIZE + 1;
    // Outside, the frame's own corner and nothing of its neighbours: black.
    if (!inside) continue;
    origins.at[pixel] = Math.floor(row) * FRAMED_WIDTH + Math.floor(column);
    origins.right[pixel] = column - Math.floor(column);
    origins.down[pixel] = row - Math.floor(row);
  }
  return origins;
}
