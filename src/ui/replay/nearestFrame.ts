/** Which of the sampled frames a moment of the video belongs to. */
import type { PoseFrame } from '../../gait/sequence.ts';

/** The index of the frame nearest in time; frames ascend in time. */
export function nearestFrame(frames: readonly PoseFrame[], time: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = frames[middle]?.time ?? 0;
    const next = frames[middle + 1]?.time ?? Infinity;
    if ((here + next) / 2 < time) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, 0);
}
