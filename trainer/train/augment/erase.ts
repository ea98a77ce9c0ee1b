/**
 * A rectangle blacked out, so that no single part of the body decides. Ranges are OpenGait's defaults (opengait/data/transform.py at commit 04877cb): 5 to
 * 20 % of the picture, height from 0.3 of the width to its 1/0.3, both uniform, anywhere inside. OpenGait draws again where the rectangle
 * does not fit; in a picture of 64×44 the widest has 43 columns, so every one fits.
 */
import { CUT_WIDTH, MAP_SIZE } from '../../../src/gait/skeletonMap.ts';
import type { Random } from '../../random/random.ts';
import { below } from '../sampling/draw.ts';

const PIXELS = MAP_SIZE * CUT_WIDTH;
const SMALLEST = 0.05;
const LARGEST = 0.2;
const FLATTEST = 0.3;

/** In pixels. */
export interface Rectangle {
  top: number;
  left: number;
  height: number;
  width: number;
}

export function drawRectangle(random: Random): Rectangle {
  const area = PIXELS * random.between(SMALLEST, LARGEST);
  const aspect = random.between(FLATTEST, 1 / FLATTEST);
  const height = Math.round(Math.sqrt(area * aspect));
  const width = Math.round(Math.sqrt(area / aspect));
  return { top: below(MAP_SIZE - height + 1, random), left: below(CUT_WIDTH - width + 1, random), height, width };
}

/** Any number of planes of 64×44 grey levels, the same rectangle of each set to 0. */
export function erase(planes: Uint8Array, { top, left, height, width }: Rectangle): Uint8Array {
  const erased = planes.slice();
  for (let plane = 0; plane < erased.length; plane += PIXELS) {
    for (let row = top; row < top + height; row++) {
      const from = plane + row * CUT_WIDTH + left;
      erased.fill(0, from, from + width);
    }
  }
  return erased;
}
