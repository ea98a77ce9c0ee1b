/**
 * One pose in numbers that don't depend on how far away the person is: lengths in torso lengths (middle of the shoulders to middle
 * of the hips), up counted positive. Every rule about a frame reads from here.
 */
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, type Joint } from '../keypoint.ts';
import type { PictureSize } from '../sequence.ts';

/** What says from where the person is seen. */
export interface TrunkMeasures {
  /** Length of the torso in pixels. */
  torso: number;
  /** The person's left is right in the picture: positive from the front, negative from behind, near zero from the side. */
  shoulderWidth: number;
  hipWidth: number;
}

export interface BodyMeasures extends TrunkMeasures {
  /** Height of the box around all joints, as a share of the picture's longer side. */
  size: number;
  /** How far the middle of one pair of joints is above the next. Torso lengths. */
  headAboveShoulders: number;
  /** 1 for an upright trunk, 0 for a lying one, negative head down. */
  shouldersAboveHips: number;
  hipsAboveKnees: number;
  kneesAboveAnkles: number;
  /** Thigh and shank of the straighter leg. Torso lengths. */
  legLength: number;
  /** Joints from the nose and the shoulders down that are outside of the picture. */
  jointsOutside: number;
  /** Joints from the shoulders down that the pose model is sure of. */
  clearJoints: number;
}

/** A joint counts as clear from this confidence on: more likely seen than not. */
export const CLEAR_CONFIDENCE = 0.5;

/** The 12 joints from the shoulders down, as COCO-17 indices: those the skeleton map draws. */
export const BODY_JOINTS: readonly number[] = Array.from({ length: 12 }, (_, index) => JOINT_INDEX.leftShoulder + index);

/** How far below the ankle the sole is, as a share of the body's height (Drillis and Contini 1966: 0.039 of stature). */
export const ANKLE_ABOVE_SOLE = 0.04;

interface Point {
  x: number;
  y: number;
}

/** A pose's reading aids: any joint by number or by name, and the middle of a pair. */
function readPose(keypoints: Float32Array) {
  const at = (index: number): Point => ({
    x: keypoints[index * KEYPOINT_STRIDE] ?? NaN,
    y: keypoints[index * KEYPOINT_STRIDE + 1] ?? NaN,
  });
  const joint = (name: Joint): Point => at(JOINT_INDEX[name]);
  const middle = (left: Joint, right: Joint): Point => between(joint(left), joint(right));
  return { at, joint, middle };
}

export function measureTrunk(keypoints: Float32Array): TrunkMeasures {
  const { joint, middle } = readPose(keypoints);
  const torso = distance(middle('leftShoulder', 'rightShoulder'), middle('leftHip', 'rightHip'));
  return {
    torso,
    shoulderWidth: (joint('leftShoulder').x - joint('rightShoulder').x) / torso,
    hipWidth: (joint('leftHip').x - joint('rightHip').x) / torso,
  };
}

export function measurePose(keypoints: Float32Array, picture: PictureSize): BodyMeasures {
  const { at, joint, middle } = readPose(keypoints);
  const trunk = measureTrunk(keypoints);
  const { torso } = trunk;
  const head = joint('nose');
  const shoulders = middle('leftShoulder', 'rightShoulder');
  const hips = middle('leftHip', 'rightHip');
  const knees = middle('leftKnee', 'rightKnee');
  const ankles = middle('leftAnkle', 'rightAnkle');

  const heights = Array.from({ length: JOINT_COUNT }, (_, index) => at(index).y);
  const height = Math.max(...heights) - Math.min(...heights);
  const leg = (side: 'left' | 'right') =>
    distance(joint(`${side}Hip`), joint(`${side}Knee`)) + distance(joint(`${side}Knee`), joint(`${side}Ankle`));

  const sole = height * ANKLE_ABOVE_SOLE;
  const isOutside = (index: number): boolean => {
    const { x, y } = at(index);
    const room = index === JOINT_INDEX.leftAnkle || index === JOINT_INDEX.rightAnkle ? sole : 0;
    return !(x >= 0 && x <= picture.width && y >= 0 && y + room <= picture.height);
  };

  return {
    ...trunk,
    size: height / Math.max(picture.width, picture.height),
    headAboveShoulders: (shoulders.y - head.y) / torso,
    shouldersAboveHips: (hips.y - shoulders.y) / torso,
    hipsAboveKnees: (knees.y - hips.y) / torso,
    kneesAboveAnkles: (ankles.y - knees.y) / torso,
    legLength: Math.max(leg('left'), leg('right')) / torso,
    jointsOutside: [JOINT_INDEX.nose, ...BODY_JOINTS].filter(isOutside).length,
    clearJoints: BODY_JOINTS.filter((index) => (keypoints[index * KEYPOINT_STRIDE + 2] ?? 0) >= CLEAR_CONFIDENCE).length,
  };
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
