/** The joints of one frame, read for measuring: a joint that is not clear is not there. */
import { JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH, type Joint } from '../keypoint.ts';
import { CLEAR_CONFIDENCE } from '../quality/measures.ts';
import type { PoseSequence } from '../sequence.ts';

/** Pixels: x to the right in the picture, y downward. NaN where the joint is not clear, so that whatever is computed from it is NaN too. */
export interface Point {
  x: number;
  y: number;
}

export type Joints = (joint: Joint) => Point;

/** The joints of a frame of the walk. */
export function jointsOf({ keypoints }: PoseSequence, frame: number): Joints {
  return (joint) => {
    const at = frame * POSE_LENGTH + JOINT_INDEX[joint] * KEYPOINT_STRIDE;
    const clear = (keypoints[at + 2] ?? 0) >= CLEAR_CONFIDENCE;
    return clear ? { x: keypoints[at] ?? NaN, y: keypoints[at + 1] ?? NaN } : { x: NaN, y: NaN };
  };
}

export function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
