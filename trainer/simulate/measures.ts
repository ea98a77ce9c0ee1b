/**
 * Plain measures of one clip, as a careful person with a ruler would take them from its keypoints: signed left-right differences,
 * averaged over the frames, and how the two sides move against each other. They feed the probe that says how separable the simulated
 * classes are; no network sees them.
 */
import { JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH } from '../../src/gait/keypoint.ts';

/** Joints whose two sides are compared, and those whose movement is. */
const PAIRS = [
  [JOINT_INDEX.leftShoulder, JOINT_INDEX.rightShoulder],
  [JOINT_INDEX.leftElbow, JOINT_INDEX.rightElbow],
  [JOINT_INDEX.leftWrist, JOINT_INDEX.rightWrist],
  [JOINT_INDEX.leftHip, JOINT_INDEX.rightHip],
  [JOINT_INDEX.leftKnee, JOINT_INDEX.rightKnee],
  [JOINT_INDEX.leftAnkle, JOINT_INDEX.rightAnkle],
] as const;
const HIPS = 3;

/**
 * Measures of T×17×(x, y, confidence), in shares of body height, mid-hip as origin:
 * for each pair the mean height difference, the log ratio of vertical travel, the mean midpoint offset, the log ratio of lateral travel
 * and the lean of the midpoint's distribution to one side (of the hips the height alone); then the nose's offset.
 */
export function measureClip(keypoints: Float32Array): Float64Array {
  const frames = keypoints.length / POSE_LENGTH;
  const poses = Array.from({ length: frames }, (_, frame) => relativePose(keypoints, frame * POSE_LENGTH));
  const series = (joint: number, axis: 0 | 1): number[] => poses.map((pose) => pose[joint * 2 + axis] ?? NaN);
  const measures: number[] = [];
  PAIRS.forEach(([left, right], pair) => {
    const [leftX, rightX, leftY, rightY] = [series(left, 0), series(right, 0), series(left, 1), series(right, 1)];
    measures.push(trimmedMean(leftY.map((y, frame) => y - (rightY[frame] ?? NaN))));
    // Mid-hip is the origin: the hips mirror each other, and only their height tells anything.
    if (pair === HIPS) return;
    measures.push(logRatio(spread(leftY), spread(rightY)));
    const middle = leftX.map((x, frame) => (x + (rightX[frame] ?? NaN)) / 2);
    measures.push(trimmedMean(middle), logRatio(spread(leftX), spread(rightX)), oneSidedness(middle));
  });
  measures.push(trimmedMean(series(JOINT_INDEX.nose, 0)));
  return Float64Array.from(measures);
}

/** x, y of all joints from mid-hip in shares of the pose's height; y grows downward. */
function relativePose(keypoints: Float32Array, from: number): Float64Array {
  const pose = new Float64Array((POSE_LENGTH / KEYPOINT_STRIDE) * 2);
  const x = (joint: number): number => keypoints[from + joint * KEYPOINT_STRIDE] ?? NaN;
  const y = (joint: number): number => keypoints[from + joint * KEYPOINT_STRIDE + 1] ?? NaN;
  const { leftHip, rightHip, leftAnkle, rightAnkle, leftEye, rightEye } = JOINT_INDEX;
  const originX = (x(leftHip) + x(rightHip)) / 2;
  const originY = (y(leftHip) + y(rightHip)) / 2;
  const height = Math.max(y(leftAnkle), y(rightAnkle)) - (y(leftEye) + y(rightEye)) / 2;
  for (let joint = 0; joint * 2 < pose.length; joint++) {
    pose[joint * 2] = (x(joint) - originX) / height;
    pose[joint * 2 + 1] = (y(joint) - originY) / height;
  }
  return pose;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Mean without the lowest and highest twentieth. */
function trimmedMean(values: readonly number[]): number {
  const sorted = ascending(values);
  const cut = Math.floor(sorted.length / 20);
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

function spread(values: readonly number[]): number {
  const sorted = ascending(values);
  return quantile(sorted, 0.95) - quantile(sorted, 0.05);
}

function oneSidedness(values: readonly number[]): number {
  const sorted = ascending(values);
  return quantile(sorted, 0.95) + quantile(sorted, 0.05) - 2 * quantile(sorted, 0.5);
}

function logRatio(a: number, b: number): number {
  return Math.log((a + 1e-6) / (b + 1e-6));
}
