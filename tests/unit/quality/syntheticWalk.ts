/** Made-up walks for the quality rules: a plain upright body that steps towards the camera, and ways to spoil it. */
import { JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH, type Joint } from '../../../src/gait/keypoint.ts';
import type { PictureSize, PoseFrame } from '../../../src/gait/sequence.ts';

export const PICTURE: PictureSize = { width: 720, height: 1280 };

export interface BodyOptions {
  /** Where in a stride, in turns. */
  phase?: number;
  /** Pixels of one torso length. */
  torso?: number;
  /** Middle of the hips, pixels. */
  at?: { x: number; y: number };
  /** Turned about the vertical: 0 towards the camera, 90 in profile, 180 away from it. Degrees. */
  turned?: number;
  confidence?: number;
}

/** Across, down and towards the camera from the middle of the hips, in torso lengths; the person's left has positive `across`. */
const BODY: Record<Joint, readonly [across: number, down: number, towards: number]> = {
  nose: [0, -1.3, 0.25],
  leftEye: [0.06, -1.36, 0.2],
  rightEye: [-0.06, -1.36, 0.2],
  leftEar: [0.13, -1.34, 0.05],
  rightEar: [-0.13, -1.34, 0.05],
  leftShoulder: [0.32, -1, 0],
  rightShoulder: [-0.32, -1, 0],
  leftElbow: [0.4, -0.45, 0],
  rightElbow: [-0.4, -0.45, 0],
  leftWrist: [0.42, 0, 0.1],
  rightWrist: [-0.42, 0, 0.1],
  leftHip: [0.18, 0, 0],
  rightHip: [-0.18, 0, 0],
  leftKnee: [0.17, 0.75, 0.05],
  rightKnee: [-0.17, 0.75, 0.05],
  leftAnkle: [0.15, 1.45, 0],
  rightAnkle: [-0.15, 1.45, 0],
};

export function body(options: BodyOptions = {}): Float32Array {
  const { phase = 0, torso = 220, at = { x: 360, y: 620 }, turned = 0, confidence = 0.95 } = options;
  const keypoints = new Float32Array(POSE_LENGTH);
  const angle = (turned * Math.PI) / 180;
  const swing = Math.sin(2 * Math.PI * phase);
  for (const [joint, [across, down, towards]] of Object.entries(BODY) as [Joint, (typeof BODY)[Joint]][]) {
    const side = Math.sign(across);
    const lift = joint.endsWith('Ankle') ? 0.15 * side * swing : joint.endsWith('Knee') ? 0.05 * side * swing : 0;
    // Toward the camera is out of the picture; turned by 90° it becomes across.
    const x = across * Math.cos(angle) - towards * Math.sin(angle);
    set(keypoints, joint, at.x + x * torso, at.y + (down + lift) * torso, confidence);
  }
  return keypoints;
}

/** Puts one joint elsewhere. */
export function set(keypoints: Float32Array, joint: Joint, x: number, y: number, confidence: number): Float32Array {
  keypoints.set([x, y, confidence], JOINT_INDEX[joint] * KEYPOINT_STRIDE);
  return keypoints;
}

/** Moves one joint, in pixels. */
export function move(keypoints: Float32Array, joint: Joint, x: number, y: number): Float32Array {
  const at = JOINT_INDEX[joint] * KEYPOINT_STRIDE;
  keypoints[at] = (keypoints[at] ?? NaN) + x;
  keypoints[at + 1] = (keypoints[at + 1] ?? NaN) + y;
  return keypoints;
}

export interface WalkOptions {
  seconds?: number;
  framesPerSecond?: number;
  /** Strides a second: 0 for standing still. */
  strides?: number;
  /** The pose of one frame, from its time and the usual pose; null for none. */
  pose?: (time: number, index: number, usual: BodyOptions) => Float32Array | null;
  people?: (index: number) => number;
}

/** A walk at 0.95 strides (1.9 steps) a second, 15 frames a second, 6 s long, unless told otherwise. */
export function walk(options: WalkOptions = {}): PoseFrame[] {
  const {
    seconds = 6,
    framesPerSecond = 15,
    strides = 0.95,
    pose = (_time, _index, usual) => body(usual),
    people = () => 1,
  } = options;
  return Array.from({ length: Math.round(seconds * framesPerSecond) }, (_, index) => {
    const time = index / framesPerSecond;
    const keypoints = pose(time, index, { phase: time * strides });
    return { time, people: keypoints ? people(index) : 0, keypoints };
  });
}
