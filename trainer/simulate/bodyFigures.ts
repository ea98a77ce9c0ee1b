/**
 * Proportions and jitter of a clip's keypoints, to hold simulated people against real ones seen by a pose model: the walk need not be
 * the same, the body and the tremble of its keypoints should be alike.
 */
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH } from '../../src/gait/keypoint.ts';

export const PROPORTIONS = [
  'torso / body',
  'hip to ankle / body',
  'shoulders to eyes / body',
  'torso / leg',
  'shoulder width / torso',
  'hip width / shoulder width',
  'upper arm / torso',
  'forearm / torso',
  'thigh / shank',
] as const;

export type Proportion = (typeof PROPORTIONS)[number];

/** Medians over the frames of T×17×3; "body" is eyes to the lower ankle. */
export function proportionsOf(keypoints: Float32Array): Record<Proportion, number> {
  const rows = eachPose(keypoints, (pose) => {
    const { leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist } = JOINT_INDEX;
    const { leftEye, rightEye, leftHip, rightHip, leftKnee, rightKnee, leftAnkle, rightAnkle } = JOINT_INDEX;
    const level = (left: number, right: number): number => (pose.y(left) + pose.y(right)) / 2;
    const length = (a: number, b: number): number => Math.hypot(pose.x(a) - pose.x(b), pose.y(a) - pose.y(b));
    const both = (a: number, b: number, c: number, d: number): number => (length(a, b) + length(c, d)) / 2;
    const torso = level(leftHip, rightHip) - level(leftShoulder, rightShoulder);
    const leg = level(leftAnkle, rightAnkle) - level(leftHip, rightHip);
    const shoulders = length(leftShoulder, rightShoulder);
    return {
      'torso / body': torso / pose.height,
      'hip to ankle / body': leg / pose.height,
      'shoulders to eyes / body': (level(leftShoulder, rightShoulder) - level(leftEye, rightEye)) / pose.height,
      'torso / leg': torso / leg,
      'shoulder width / torso': shoulders / torso,
      'hip width / shoulder width': length(leftHip, rightHip) / shoulders,
      'upper arm / torso': both(leftShoulder, leftElbow, rightShoulder, rightElbow) / torso,
      'forearm / torso': both(leftElbow, leftWrist, rightElbow, rightWrist) / torso,
      'thigh / shank':
        (level(leftKnee, rightKnee) - level(leftHip, rightHip)) / (level(leftAnkle, rightAnkle) - level(leftKnee, rightKnee)),
    };
  });
  return Object.fromEntries(PROPORTIONS.map((name) => [name, median(rows.map((row) => row[name]))])) as Record<
    Proportion,
    number
  >;
}

/** Longest step between frames, in seconds, over which jitter is still measured: not across a pause. */
const LONGEST_STEP = 0.1;

/**
 * Jitter of each joint as a share of body height: the third difference over time, which smooth movement hardly leaves a trace in, of
 * the position relative to mid-hip, scaled so that independent errors of standard deviation s give s; the median over frames and both
 * axes stands for the standard deviation. An upper bound on real clips, where quick movements leave a trace.
 */
export function jitterOf(keypoints: Float32Array, times: Float64Array): Float64Array {
  const poses = eachPose(keypoints, (pose) => {
    const originX = (pose.x(JOINT_INDEX.leftHip) + pose.x(JOINT_INDEX.rightHip)) / 2;
    const originY = (pose.y(JOINT_INDEX.leftHip) + pose.y(JOINT_INDEX.rightHip)) / 2;
    return Float64Array.from({ length: JOINT_COUNT * 2 }, (_, at) => {
      const joint = at >> 1;
      return at % 2 === 0 ? (pose.x(joint) - originX) / pose.height : (pose.y(joint) - originY) / pose.height;
    });
  });
  const steady = poses.map((_, frame) =>
    [0, 1, 2].every((back) => frame >= 3 && (times[frame - back] ?? NaN) - (times[frame - back - 1] ?? NaN) < LONGEST_STEP),
  );
  return Float64Array.from({ length: JOINT_COUNT }, (_, joint) => {
    const sizes = poses.flatMap((_, frame) =>
      steady[frame] ? [joint * 2, joint * 2 + 1].map((at) => Math.abs(thirdDifference(poses, frame, at))) : [],
    );
    return 1.4826 * median(sizes);
  });
}

/** Divided by √20, the gain of a third difference on independent errors. */
function thirdDifference(poses: readonly Float64Array[], frame: number, at: number): number {
  const back = (frames: number): number => poses[frame - frames]?.[at] ?? NaN;
  return (back(0) - 3 * back(1) + 3 * back(2) - back(3)) / Math.sqrt(20);
}

interface PoseView {
  x(joint: number): number;
  y(joint: number): number;
  height: number;
}

function eachPose<T>(keypoints: Float32Array, look: (pose: PoseView) => T): T[] {
  return Array.from({ length: keypoints.length / POSE_LENGTH }, (_, frame) => {
    const x = (joint: number): number => keypoints[frame * POSE_LENGTH + joint * KEYPOINT_STRIDE] ?? NaN;
    const y = (joint: number): number => keypoints[frame * POSE_LENGTH + joint * KEYPOINT_STRIDE + 1] ?? NaN;
    const { leftEye, rightEye, leftAnkle, rightAnkle } = JOINT_INDEX;
    return look({ x, y, height: Math.max(y(leftAnkle), y(rightAnkle)) - (y(leftEye) + y(rightEye)) / 2 });
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
