/**
 * Left and right of a picture exchanged. Nothing else needs exchanging with it: the channels of a map don't name sides (limbs and joints
 * of both are drawn alike), and the asymmetry vector has no signs, so that a mirrored person has the same one.
 *
 * A flipped map is the map of the mirrored person, as its crop lies evenly around the middle; only where the crop is the whole canvas is it
 * half a pixel off. A flipped silhouette is one column off that of the mirrored person, whose middle is aligned to the 33rd of 64 columns.
 * OpenGait flips with the same remainders.
 */
import { CUT_WIDTH } from '../../../src/gait/skeletonMap.ts';

/** Any number of planes of 64×44 grey levels, each mirrored. */
export function flip(planes: Uint8Array): Uint8Array {
  const flipped = new Uint8Array(planes.length);
  for (let row = 0; row < planes.length; row += CUT_WIDTH) {
    for (let column = 0; column < CUT_WIDTH; column++) flipped[row + column] = planes[row + CUT_WIDTH - 1 - column]!;
  }
  return flipped;
}
