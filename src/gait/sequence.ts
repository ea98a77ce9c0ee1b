/** What a walk is to everything downstream: poses with their true times. */
import { POSE_LENGTH } from './keypoint.ts';

/** The size of the picture the keypoints live in, in pixels, after rotation. */
export interface PictureSize {
  width: number;
  height: number;
}

/** What the pose model saw in one sampled frame. */
export interface PoseFrame {
  /** Seconds from the clip's start. */
  time: number;
  /** How many people the pose model found. */
  people: number;
  /** 17×(x px, y px, confidence) of the chosen person; null where nobody was found. */
  keypoints: Float32Array | null;
  /**
   * That person's outline, aligned as the networks take it: 64×64 grey levels. Only where outlines were asked for, and null where there
   * was none to align.
   */
  silhouette?: Uint8Array | null;
}

/** A walk: T poses in the order of time. Frames without a person are not in it. */
export interface PoseSequence {
  picture: PictureSize;
  /** Seconds from the clip's start, ascending; length T. */
  times: Float64Array;
  /** T×17×3: x px, y px, confidence 0..1. */
  keypoints: Float32Array;
}

/** Gathers the frames that hold a pose; optionally only those whose `keep` is true. */
export function toSequence(frames: readonly PoseFrame[], picture: PictureSize, keep?: readonly boolean[]): PoseSequence {
  const posed = frames.filter((frame, index) => frame.keypoints !== null && (keep?.[index] ?? true));
  const times = Float64Array.from(posed, (frame) => frame.time);
  const keypoints = new Float32Array(posed.length * POSE_LENGTH);
  posed.forEach((frame, index) => {
    if (frame.keypoints) keypoints.set(frame.keypoints, index * POSE_LENGTH);
  });
  return { picture, times, keypoints };
}
