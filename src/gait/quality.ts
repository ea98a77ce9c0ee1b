/**
 * Whether a walk can be judged at all. Each frame is judged as it comes; those that pass go to the network. At the end the walk
 * is judged as a whole. A network answers whatever it is shown, an empty room included, so this is what stands between a bad
 * recording and a wrong answer.
 *
 * The rules are data: limits and reasons are in `quality/frameRules.ts` and `quality/walkRules.ts`.
 */
import { FRAME_RULES, type FrameReason } from './quality/frameRules.ts';
import type { QualityFinding } from './quality/finding.ts';
import { measurePose } from './quality/measures.ts';
import { measureWalk } from './quality/walkMeasures.ts';
import { applyWalkRules, type WalkRuleName } from './quality/walkRules.ts';
import type { PictureSize, PoseFrame } from './sequence.ts';

export type { FrameReason, QualityFinding, WalkRuleName };

export interface FrameVerdict {
  usable: boolean;
  /** Why not; null where usable. */
  reason: FrameReason | null;
}

export interface FrameDemands {
  /** Whether a frame needs the person's outline too. */
  needsOutline: boolean;
}

/** Judges one frame by itself: a whole, upright, frontal body, large and clear enough. */
export function judgeFrame(
  frame: PoseFrame,
  picture: PictureSize,
  { needsOutline }: FrameDemands = { needsOutline: false },
): FrameVerdict {
  if (!frame.keypoints) return { usable: false, reason: 'no-person' };
  const body = measurePose(frame.keypoints, picture);
  const broken = FRAME_RULES.find((rule) => !rule.holds(body));
  if (broken) return { usable: false, reason: broken.reason };
  return needsOutline && !frame.silhouette ? { usable: false, reason: 'no-outline' } : { usable: true, reason: null };
}

/**
 * Judges a whole walk by its frames, in the order of time, and their verdicts. Any failed finding that blocks makes the walk not
 * assessable; the first of them is the one to show. Rules that the walk gives nothing to judge by are left out.
 */
export function judgeWalk(
  frames: readonly PoseFrame[],
  verdicts: readonly FrameVerdict[],
  picture: PictureSize,
): QualityFinding[] {
  return applyWalkRules(measureWalk(frames, verdicts, picture));
}
