/**
 * Fills in joints the pose model did not see, from the frames of the same walk that look most alike.
 * The arithmetic is scikit-learn's `KNNImputer(missing_values=0, n_neighbors=4, weights='distance')` on the T×34 coordinates, which is
 * what OpenGait's pretreatment runs; a coordinate of exactly 0 counts as missing.
 */
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from './keypoint.ts';

const NEIGHBOURS = 4;
const COORDINATES = JOINT_COUNT * 2;

/**
 * Fills missing coordinates of T×17×(x px, y px, confidence); confidences stay as they are. A coordinate missing in every frame of the
 * walk leaves nothing to learn it from: then all data is returned as it came (as upstream does). Always a new array.
 */
export function imputeMissing<T extends Float32Array | Float64Array>(keypoints: T): T {
  const filled = keypoints.slice() as T;
  const frames = Math.floor(keypoints.length / POSE_LENGTH);
  const values = coordinatesOf(keypoints, frames);
  if (!values.includes(0)) return filled;
  for (let c = 0; c < COORDINATES; c++) if (isMissingEverywhere(values, frames, c)) return filled;

  const distances = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const row = values.subarray(frame * COORDINATES, (frame + 1) * COORDINATES);
    if (!row.includes(0)) continue;
    for (let other = 0; other < frames; other++) distances[other] = nanDistance(values, frame, other);
    for (let c = 0; c < COORDINATES; c++) {
      if (row[c] !== 0) continue;
      filled[frame * POSE_LENGTH + Math.floor(c / 2) * KEYPOINT_STRIDE + (c % 2)] = estimate(values, frames, c, distances);
    }
  }
  return filled;
}

/** T×34 in float64: x and y of each joint, without confidences. */
function coordinatesOf(keypoints: Float32Array | Float64Array, frames: number): Float64Array {
  const values = new Float64Array(frames * COORDINATES);
  for (let i = 0; i < values.length; i++) {
    values[i] = keypoints[Math.floor(i / 2) * KEYPOINT_STRIDE + (i % 2)] ?? 0;
  }
  return values;
}

function isMissingEverywhere(values: Float64Array, frames: number, coordinate: number): boolean {
  for (let frame = 0; frame < frames; frame++) if (values[frame * COORDINATES + coordinate] !== 0) return false;
  return true;
}

/** Euclidean distance over the coordinates both frames have, scaled up as if all 34 were there; NaN where they share none. */
function nanDistance(values: Float64Array, a: number, b: number): number {
  let squares = 0;
  let shared = 0;
  for (let c = 0; c < COORDINATES; c++) {
    const left = values[a * COORDINATES + c]!;
    const right = values[b * COORDINATES + c]!;
    if (left === 0 || right === 0) continue;
    squares += (left - right) ** 2;
    shared++;
  }
  return shared === 0 ? NaN : Math.sqrt((squares / shared) * COORDINATES);
}

/**
 * Mean of the nearest frames that have the coordinate, weighted by 1/distance. Frames at distance 0 take all the weight. A frame
 * comparable with no other gets the coordinate's mean over the walk.
 */
function estimate(values: Float64Array, frames: number, coordinate: number, distances: Float64Array): number {
  const donors: { distance: number; value: number }[] = [];
  let sum = 0;
  let count = 0;
  for (let frame = 0; frame < frames; frame++) {
    const value = values[frame * COORDINATES + coordinate]!;
    if (value === 0) continue;
    sum += value;
    count++;
    const distance = distances[frame]!;
    if (!Number.isNaN(distance)) donors.push({ distance, value });
  }
  if (donors.length === 0) return sum / count;
  donors.sort((a, b) => a.distance - b.distance);
  const nearest = donors.slice(0, NEIGHBOURS);
  const twins = nearest.filter((donor) => donor.distance === 0);
  const weighted = twins.length > 0 ? twins : nearest;
  let total = 0;
  let weights = 0;
  for (const { distance, value } of weighted) {
    const weight = twins.length > 0 ? 1 : 1 / distance;
    total += weight * value;
    weights += weight;
  }
  return total / weights;
}
