/**
 * What can be measured in every single frame of a frontal walk. The person's left is on the right of the picture, so "to the left" is
 * positive x. The picture's own horizontal counts as level: a camera that is rolled by a degree tilts every tilt by that degree.
 */
import { distance, middle, type Joints, type Point } from './joints.ts';

const DEGREES = 180 / Math.PI;

export const shoulderTilt = (joints: Joints): number => tilt(joints('leftShoulder'), joints('rightShoulder'));
export const pelvisTilt = (joints: Joints): number => tilt(joints('leftHip'), joints('rightHip'));

/** Of the line from the right joint to the left one against the horizontal: positive where the left one is higher. Degrees. */
function tilt(left: Point, right: Point): number {
  return Math.atan2(right.y - left.y, left.x - right.x) * DEGREES;
}

function trunk(joints: Joints): { shoulders: Point; hips: Point; length: number } {
  const shoulders = middle(joints('leftShoulder'), joints('rightShoulder'));
  const hips = middle(joints('leftHip'), joints('rightHip'));
  return { shoulders, hips, length: distance(shoulders, hips) };
}

/** Of the line from the middle of the hips to the middle of the shoulders against the vertical. Degrees. */
export function trunkLean(joints: Joints): number {
  const { shoulders, hips } = trunk(joints);
  return Math.atan2(shoulders.x - hips.x, hips.y - shoulders.y) * DEGREES;
}

/**
 * How far the head hangs beside the middle of the pelvis: the middle of the ears off that of the hips, in percent of the trunk's length.
 * It stands for coronal balance, which is the plumb line from the seventh cervical vertebra off the sacrum: of what a pose model sees, the
 * ears are the nearest to that vertebra that don't move with the shoulders, and unlike the nose they stay when the head turns a little.
 * `trunk-lean` is the same at the height of the shoulders.
 */
export function trunkShift(joints: Joints): number {
  const { hips, length } = trunk(joints);
  return ((middle(joints('leftEar'), joints('rightEar')).x - hips.x) / length) * 100;
}

/** The space between the left elbow and the side of the trunk, less that on the right, in percent of the shoulders' width. */
export function armGap(joints: Joints): number {
  const width = distance(joints('leftShoulder'), joints('rightShoulder'));
  return ((gap(joints, 'left') - gap(joints, 'right')) / width) * 100;
}

/** The trunk's side is the line from shoulder to hip; what the elbow is beyond it, at its own height. Pixels, outward positive. */
function gap(joints: Joints, side: 'left' | 'right'): number {
  const [shoulder, elbow, hip] = [joints(`${side}Shoulder`), joints(`${side}Elbow`), joints(`${side}Hip`)];
  const along = (elbow.y - shoulder.y) / (hip.y - shoulder.y);
  const edge = shoulder.x + along * (hip.x - shoulder.x);
  return side === 'left' ? elbow.x - edge : edge - elbow.x;
}
