/**
 * Augmentation: a clip shown a little differently each time. These are the augmentations of OpenGait (which its recipe for ScoNet leaves
 * off: domain.md §4.2), drawn once a clip and the same in all its frames and channels, so that the walk stays one walk and limbs and joints
 * stay in register.
 *
 * OpenGait applies its transforms one after the other, in an order that its config gives. Here the order is fixed: flip, perspective,
 * rotation, affine, erasing. The three in the middle are joined to one map, so that the picture is interpolated once and not three times,
 * and nothing is lost at the edge that a later one would bring back.
 */
import { CUT_WIDTH, MAP_SIZE } from '../../../src/gait/skeletonMap.ts';
import type { Random } from '../../random/random.ts';
import { drawAffine, drawPerspective, drawRotation } from './distortions.ts';
import { drawRectangle, erase, type Rectangle } from './erase.ts';
import { flip } from './flip.ts';
import { multiply, type Matrix } from './homography.ts';
import { warp } from './warp.ts';

/** The probability of each, 0 to 1; 0 is off. */
export interface AugmentationOptions {
  flip: number;
  erase: number;
  rotate: number;
  perspective: number;
  affine: number;
}

/** What is done to a clip. */
interface Augmentation {
  flipped: boolean;
  /** Carries points of the result to points of the picture. */
  pull: Matrix | null;
  erased: Rectangle | null;
}

/**
 * A clip as this stream of random numbers would have it.
 * @param frames grey levels [frames, channels, 64, 44]; left as they are
 * @returns as many new ones, or the very same where nothing was to be done
 * @throws RangeError where that isn't a whole number of frames
 */
export function augmentClip(frames: Uint8Array, channels: number, options: AugmentationOptions, random: Random): Uint8Array {
  if (frames.length % (channels * MAP_SIZE * CUT_WIDTH) !== 0)
    throw new RangeError(`${frames.length} bytes are not a whole number of frames of ${channels}×${MAP_SIZE}×${CUT_WIDTH}.`);
  const { flipped, pull, erased } = drawAugmentation(options, random);
  let result = frames;
  if (flipped) result = flip(result);
  if (pull) result = warp(result, pull);
  if (erased) result = erase(result, erased);
  return result;
}

/** Everything is drawn whether it is used or not, so that one augmentation more or less leaves the draws of the others as they were. */
function drawAugmentation(options: AugmentationOptions, random: Random): Augmentation {
  const perhaps = <T>(probability: number, draw: (random: Random) => T): T | null => {
    const used = random.chance(probability);
    const drawn = draw(random);
    return used ? drawn : null;
  };
  const flipped = random.chance(options.flip);
  const perspective = perhaps(options.perspective, drawPerspective);
  const rotated = perhaps(options.rotate, drawRotation);
  const affine = perhaps(options.affine, drawAffine);
  const erased = perhaps(options.erase, drawRectangle);
  // From the result back to the picture: the last one is undone first.
  const pulls = [perspective, rotated, affine].filter((pull) => pull !== null);
  return { flipped, pull: pulls.length > 0 ? pulls.reduce(multiply) : null, erased };
}
