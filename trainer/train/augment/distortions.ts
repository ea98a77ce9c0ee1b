/**
 * The three augmentations that move a picture's points. Ranges are those that OpenGait's transforms have by default (opengait/data/
 * transform.py at commit 04877cb; domain.md is silent on them): a tilt of up to 10° either way, and corners that go in by 0 to 9 whole pixels of
 * a picture of 64×44.
 *
 * In two things we differ. OpenGait exchanges height and width where it places the centre of the rotation and the corners of the affine map,
 * and its perspective reaches a pixel further in on the right: both treat the sides unlike. Asymmetry is what the network is to learn, so
 * here the picture's own middle and corners count, and both sides alike.
 */
import { CUT_WIDTH, MAP_SIZE } from '../../../src/gait/skeletonMap.ts';
import type { Random } from '../../random/random.ts';
import { below } from '../sampling/draw.ts';
import { homography, rotation, type Matrix, type Point, type Quad } from './homography.ts';

/** Radians. */
const MOST_TILT = (10 * Math.PI) / 180;

/** A corner goes in by fewer pixels than this. */
const CORNER_REACH = 10;

const PICTURE: Quad = [
  [0, 0],
  [CUT_WIDTH, 0],
  [CUT_WIDTH, MAP_SIZE],
  [0, MAP_SIZE],
];

/** A rotation about the middle, the angle uniform. Like the two below, what carries points of the result to points of the picture. */
export function drawRotation(random: Random): Matrix {
  return rotation(random.between(-MOST_TILT, MOST_TILT), [CUT_WIDTH / 2, MAP_SIZE / 2]);
}

/** Perspective: four points, each somewhat in from a corner along the upper or lower edge, are stretched out to the corners. */
export function drawPerspective(random: Random): Matrix {
  const [topLeft, topRight, bottomRight, bottomLeft] = [inward(random), inward(random), inward(random), inward(random)];
  return homography(PICTURE, [
    [topLeft, 0],
    [CUT_WIDTH - topRight, 0],
    [CUT_WIDTH - bottomRight, MAP_SIZE],
    [bottomLeft, MAP_SIZE],
  ]);
}

/** Affine: three points near the corners go to three others. A shift, a turn, a stretch and a slant, all of them small. */
export function drawAffine(random: Random): Matrix {
  return homography(drawParallelogram(random), drawParallelogram(random));
}

/** Three corners of the picture, each moved in along both axes, and the fourth that makes it a parallelogram. */
function drawParallelogram(random: Random): Quad {
  const topLeft: Point = [inward(random), inward(random)];
  const topRight: Point = [CUT_WIDTH - inward(random), inward(random)];
  const bottomLeft: Point = [inward(random), MAP_SIZE - inward(random)];
  const bottomRight: Point = [topRight[0] + bottomLeft[0] - topLeft[0], topRight[1] + bottomLeft[1] - topLeft[1]];
  return [topLeft, topRight, bottomRight, bottomLeft];
}

function inward(random: Random): number {
  return below(CORNER_REACH, random);
}
