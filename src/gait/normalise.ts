/**
 * Puts a pose on the canvas the maps are drawn on: mid-hip in the middle, the body always equally tall, so that neither the distance to
 * the camera nor the place in the picture is left in the map. As OpenGait's pretreatment does it, frame by frame.
 */
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE } from './keypoint.ts';

/** Width and height of the canvas, in pixels. */
export const CANVAS_SIZE = 128;

/** Height of the body on the canvas: 128 // 1.5. */
export const BODY_HEIGHT = Math.floor(CANVAS_SIZE / 1.5);

const HALF = CANVAS_SIZE / 2;

/** All 17: what the height is measured from in upstream's maps. */
export const ALL_JOINTS: readonly number[] = Array.from({ length: JOINT_COUNT }, (_, joint) => joint);

/**
 * Writes the canvas position of one pose of 17×(x px, y px, confidence) to `out`. `measured` are the joints that decide the height; all
 * 17 are placed, and the mid-hip is in the middle whichever they are. Confidences are copied.
 * Returns false, writing nothing, where the measured joints have no height to scale by.
 */
export function normalisePose(
  pose: Float32Array | Float64Array,
  out: Float32Array | Float64Array,
  measured: readonly number[] = ALL_JOINTS,
): boolean {
  let top = Infinity;
  let bottom = -Infinity;
  for (const joint of measured) {
    const y = pose[joint * KEYPOINT_STRIDE + 1]!;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  const scale = BODY_HEIGHT / (bottom - top);
  if (!Number.isFinite(scale) || scale <= 0) return false;

  const left = JOINT_INDEX.leftHip * KEYPOINT_STRIDE;
  const right = JOINT_INDEX.rightHip * KEYPOINT_STRIDE;
  const hipX = (pose[left]! + pose[right]!) / 2;
  const hipY = (pose[left + 1]! + pose[right + 1]!) / 2;
  for (let at = 0; at < JOINT_COUNT * KEYPOINT_STRIDE; at += KEYPOINT_STRIDE) {
    out[at] = (pose[at]! - hipX) * scale + HALF;
    out[at + 1] = (pose[at + 1]! - hipY) * scale + HALF;
    out[at + 2] = pose[at + 2]!;
  }
  return true;
}
