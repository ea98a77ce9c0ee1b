/**
 * The 17 keypoints of COCO, in COCO's order: the skeleton every file, map and network of this field uses.
 * "Left" is always the person's left, whichever side of the picture it is on.
 */
export const JOINTS = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;

export type Joint = (typeof JOINTS)[number];

export const JOINT_COUNT = JOINTS.length;

/** Numbers per keypoint: x px, y px, confidence. */
export const KEYPOINT_STRIDE = 3;

/** Numbers per pose: 17 keypoints of x px, y px, confidence. */
export const POSE_LENGTH = JOINT_COUNT * KEYPOINT_STRIDE;

/** Index of each joint in COCO's order. */
export const JOINT_INDEX = Object.fromEntries(JOINTS.map((joint, index) => [joint, index])) as Record<Joint, number>;

/** One joint as seen in a picture: pixels of the picture after rotation, origin top left, confidence 0..1. */
export interface Keypoint {
  x: number;
  y: number;
  confidence: number;
}

/** Reads one joint of a pose stored flat as 17×(x, y, confidence), the pose starting at `offset`. */
export function keypointAt(keypoints: Float32Array, joint: number, offset = 0): Keypoint {
  const at = offset + joint * KEYPOINT_STRIDE;
  return { x: keypoints[at] ?? NaN, y: keypoints[at + 1] ?? NaN, confidence: keypoints[at + 2] ?? 0 };
}
