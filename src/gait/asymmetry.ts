/**
 * The postural asymmetry vector (PAV) of a walk: for each of eight left-right joint pairs how much higher one side stands (VD), how far
 * the pair sits off the midline (MD) and how steep the line between the two is (AD). 8×3 numbers for a whole walk.
 *
 * Sources: geometry from the DRF paper's figure; arithmetic from the one public re-implementation, except that the angle is the acute one
 * of the figure, 0..π/2, which also survives a swap of left and right by the pose model. Midline: mid-hip, so that MD of the hips is 0.
 */
import { withinFences } from './fences.ts';
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH } from './keypoint.ts';

/** Left and right COCO-17 indices of each pair, from the top of the body to the bottom. */
export const JOINT_PAIRS = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
  [9, 10],
  [11, 12],
  [13, 14],
  [15, 16],
] as const;

/** Vertical deviation, midline deviation (both in 1/128 of the body's height), angular deviation (radians). */
export const ASYMMETRY_METRICS = ['VD', 'MD', 'AD'] as const;

/** Numbers of one vector: 8 pairs × 3 metrics, the metrics of one pair next to each other. */
export const ASYMMETRY_LENGTH = JOINT_PAIRS.length * ASYMMETRY_METRICS.length;

/** The body's height, and so the unit of VD and MD. */
const UNIT_HEIGHT = 128;

/** Least and greatest value of each element over the training walks; belongs to a model like its weights. */
export interface AsymmetryRange {
  min: Float32Array;
  max: Float32Array;
}

/**
 * The vector of a walk of T×17×(x px, y px, confidence), not yet normalised: 8×(VD, MD, AD). Each element is the mean over the frames in
 * which both joints were seen (confidence above 0), frames beyond Tukey's fences (1.5 interquartile ranges) left out; 0 where a pair was
 * never seen.
 */
export function rawAsymmetry(keypoints: Float32Array | Float64Array): Float32Array {
  const frames = Math.floor(keypoints.length / POSE_LENGTH);
  const series = Array.from({ length: ASYMMETRY_LENGTH }, () => [] as number[]);
  for (let frame = 0; frame < frames; frame++) measurePose(keypoints, frame * POSE_LENGTH, series);
  return Float32Array.from(series, meanWithoutOutliers);
}

/** Adds one pose's measures to the series of each element. */
function measurePose(keypoints: Float32Array | Float64Array, from: number, series: readonly number[][]): void {
  const at = (joint: number) => from + joint * KEYPOINT_STRIDE;
  const seen = (joint: number) => keypoints[at(joint) + 2]! > 0;
  const x = (joint: number) => keypoints[at(joint)]!;
  const y = (joint: number) => keypoints[at(joint) + 1]!;

  let top = Infinity;
  let bottom = -Infinity;
  let sumX = 0;
  let count = 0;
  for (let joint = 0; joint < JOINT_COUNT; joint++) {
    if (!seen(joint)) continue;
    top = Math.min(top, y(joint));
    bottom = Math.max(bottom, y(joint));
    sumX += x(joint);
    count++;
  }
  const height = bottom - top;
  if (count < 2 || !(height > 1e-6)) return;
  const { leftHip, rightHip } = JOINT_INDEX;
  const midline = seen(leftHip) && seen(rightHip) ? (x(leftHip) + x(rightHip)) / 2 : sumX / count;
  const scale = UNIT_HEIGHT / height;

  JOINT_PAIRS.forEach(([left, right], pair) => {
    if (!seen(left) || !seen(right)) return;
    const drop = Math.abs(y(left) - y(right)) * scale;
    const gap = Math.abs(x(left) - x(right)) * scale;
    const element = pair * ASYMMETRY_METRICS.length;
    series[element]!.push(drop);
    series[element + 1]!.push(Math.abs((x(left) + x(right)) / 2 - midline) * scale);
    series[element + 2]!.push(Math.atan2(drop, gap));
  });
}

function meanWithoutOutliers(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(withinFences(values));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The range of each element over the raw vectors of the training walks (only those; and at least one). */
export function fitAsymmetryRange(vectors: readonly Float32Array[]): AsymmetryRange {
  if (vectors.length === 0) throw new RangeError('An asymmetry range needs at least one vector to be fitted on.');
  const element = (pick: (...values: number[]) => number, start: number) =>
    Float32Array.from({ length: ASYMMETRY_LENGTH }, (_, e) =>
      vectors.reduce((best, vector) => pick(best, vector[e] ?? 0), start),
    );
  return { min: element(Math.min, Infinity), max: element(Math.max, -Infinity) };
}

/** A raw vector as the network or a baseline takes it: each element's place in the training range, clipped to 0..1. */
export function normaliseAsymmetry(raw: Float32Array, range: AsymmetryRange): Float32Array {
  return raw.map((value, element) => {
    const min = range.min[element]!;
    const width = Math.max(range.max[element]! - min, 1e-6);
    return Math.min(Math.max((value - min) / width, 0), 1);
  });
}
