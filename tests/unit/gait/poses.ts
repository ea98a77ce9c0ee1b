/** Made-up poses for the tests of this room. */
import fc from 'fast-check';
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';

/** Left and right partner of each joint in COCO's order. */
const PARTNER = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15];

/**
 * Half a person seen from the front, standing: distance of each pair from the midline and height above the ankles, in units of the
 * height from nose to ankle.
 */
const STANDING: Record<number, readonly [number, number]> = {
  0: [0, 1],
  1: [0.025, 1.02],
  3: [0.055, 1.005],
  5: [0.125, 0.84],
  7: [0.155, 0.65],
  9: [0.165, 0.47],
  11: [0.075, 0.49],
  13: [0.07, 0.25],
  15: [0.06, 0],
};

/** A perfectly symmetric standing person, 460 px from nose to ankle, mid-body at x = 640, ankles at y = 600. */
export function standingPose(confidence = 0.9): Float32Array {
  const pose = new Float32Array(POSE_LENGTH);
  for (const [key, [aside, up]] of Object.entries(STANDING)) {
    const joint = Number(key);
    // Seen from the front, the person's left is on the picture's right.
    setJoint(pose, joint, 640 + 460 * aside, 600 - 460 * up, confidence);
    setJoint(pose, PARTNER[joint]!, 640 - 460 * aside, 600 - 460 * up, confidence);
  }
  return pose;
}

export function setJoint(pose: Float32Array, joint: number, x: number, y: number, confidence: number): void {
  pose.set([x, y, confidence], joint * KEYPOINT_STRIDE);
}

/** One pose after another. */
export function walkOf(poses: readonly Float32Array[]): Float32Array {
  const walk = new Float32Array(poses.length * POSE_LENGTH);
  poses.forEach((pose, frame) => walk.set(pose, frame * POSE_LENGTH));
  return walk;
}

/** The same walk with x → a·x + b, y → |a|·y + c. */
export function moved<T extends Float32Array | Float64Array>(walk: T, a: number, b: number, c: number): T {
  const shifted = walk.slice() as T;
  for (let at = 0; at < walk.length; at += KEYPOINT_STRIDE) {
    shifted[at] = a * walk[at]! + b;
    shifted[at + 1] = Math.abs(a) * walk[at + 1]! + c;
  }
  return shifted;
}

/** The walk as seen in a mirror, left and right joints having changed places. */
export function mirrored<T extends Float32Array | Float64Array>(walk: T, width = 1280): T {
  const flipped = walk.slice() as T;
  for (let from = 0; from < walk.length; from += POSE_LENGTH) {
    for (let joint = 0; joint < JOINT_COUNT; joint++) {
      const at = from + PARTNER[joint]! * KEYPOINT_STRIDE;
      flipped.set([width - walk[at]!, walk[at + 1]!, walk[at + 2]!], from + joint * KEYPOINT_STRIDE);
    }
  }
  return flipped;
}

/** A standing person with every joint displaced by up to `spread` px, for property tests. */
export function anyPose(spread = 25): fc.Arbitrary<Float32Array> {
  const shift = fc.double({ min: -spread, max: spread, noNaN: true });
  return fc.array(shift, { minLength: 2 * JOINT_COUNT, maxLength: 2 * JOINT_COUNT }).map((shifts) => {
    const pose = standingPose();
    for (let i = 0; i < shifts.length; i++) pose[Math.floor(i / 2) * KEYPOINT_STRIDE + (i % 2)]! += shifts[i]!;
    return pose;
  });
}

export function anyWalk(maxFrames = 12): fc.Arbitrary<Float32Array> {
  return fc.array(anyPose(), { minLength: 1, maxLength: maxFrames }).map(walkOf);
}
