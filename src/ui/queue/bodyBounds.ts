/**
 * Fits a body whose picture's size isn't known yet into a stage. The bounds only grow, over all poses so far, so that a person who
 * comes nearer gets larger and nothing jumps.
 */
import { KEYPOINT_STRIDE } from '../../gait/keypoint.ts';
import type { PictureSize } from '../../gait/sequence.ts';
import { isDrawn } from '../replay/skeletonLines.ts';

/** Share of the stage that stays free around the body. */
const MARGIN = 0.12;

export class BodyBounds {
  #left = Infinity;
  #right = -Infinity;
  #top = Infinity;
  #bottom = -Infinity;

  constructor(readonly stage: PictureSize) {}

  /** 17×(x px, y px, confidence) of the picture → the same on the stage. */
  fit(keypoints: Float32Array): Float32Array {
    this.#grow(keypoints);
    const { width, height } = this.stage;
    const room = 1 - 2 * MARGIN;
    const across = Math.max(this.#right - this.#left, 1);
    const down = Math.max(this.#bottom - this.#top, 1);
    const scale = Math.min((width * room) / across, (height * room) / down);
    const fitted = keypoints.slice();
    for (let at = 0; at < fitted.length; at += KEYPOINT_STRIDE) {
      fitted[at] = width / 2 + (keypoints[at]! - (this.#left + this.#right) / 2) * scale;
      fitted[at + 1] = height / 2 + (keypoints[at + 1]! - (this.#top + this.#bottom) / 2) * scale;
    }
    return fitted;
  }

  #grow(keypoints: Float32Array): void {
    for (let at = 0; at < keypoints.length; at += KEYPOINT_STRIDE) {
      const [x, y, confidence] = [keypoints[at]!, keypoints[at + 1]!, keypoints[at + 2]!];
      if (!isDrawn({ x, y, confidence })) continue;
      this.#left = Math.min(this.#left, x);
      this.#right = Math.max(this.#right, x);
      this.#top = Math.min(this.#top, y);
      this.#bottom = Math.max(this.#bottom, y);
    }
  }
}
