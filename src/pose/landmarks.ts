/**
 * BlazePose's 33 landmarks to COCO's 17 keypoints. The 17 are a subset, so nothing is computed: heels, toes, fingers, the mouth and
 * the corners of the eyes are left out. Both name sides by the person.
 */
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from '../gait/keypoint.ts';
import type { PictureSize } from '../gait/sequence.ts';

/** The landmark behind each COCO keypoint, in COCO's order. */
export const COCO_FROM_BLAZEPOSE = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] as const;

/** One landmark as MediaPipe gives it: x and y relative to width and height, 0..1 inside the picture. */
export interface Landmark {
  x: number;
  y: number;
  /** How likely it is to be seen, 0..1. */
  visibility: number;
}

/**
 * 17×(x px, y px, confidence) of a picture of this size. Confidence is the visibility, kept within 0..1. Coordinates outside of the
 * picture stay as the model gave them: they say where a foot has gone, and the quality rules judge by them.
 */
export function toCoco(landmarks: readonly Landmark[], { width, height }: PictureSize): Float32Array {
  const keypoints = new Float32Array(POSE_LENGTH);
  for (let joint = 0; joint < JOINT_COUNT; joint++) {
    const landmark = landmarks[COCO_FROM_BLAZEPOSE[joint] ?? -1];
    if (!landmark) throw new RangeError(`The pose model gave ${landmarks.length} landmarks; COCO's keypoints need 29 of 33.`);
    const at = joint * KEYPOINT_STRIDE;
    keypoints[at] = landmark.x * width;
    keypoints[at + 1] = landmark.y * height;
    keypoints[at + 2] = Math.min(1, Math.max(0, landmark.visibility));
  }
  return keypoints;
}
