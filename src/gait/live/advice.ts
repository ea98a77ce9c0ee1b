/**
 * What to tell a person in front of the camera, as data: the first thing that stands in the way of a walk, in the order in which it makes
 * sense to mend them. One piece of advice at a time; the words are the interface's.
 */
import type { FrameVerdict } from '../quality.ts';
import { ANKLE_ABOVE_SOLE, measurePose } from '../quality/measures.ts';
import { JOINT_INDEX, keypointAt } from '../keypoint.ts';
import type { PictureSize, PoseFrame } from '../sequence.ts';

export type Advice =
  /** The picture is black: the lens is covered, or another program holds the camera. */
  | 'uncover'
  | 'more-light'
  /** Nobody is in the picture. */
  | 'come-into-view'
  | 'one-person'
  | 'stand-upright'
  | 'step-back'
  | 'come-closer'
  /** Feet or head are cut off by the picture's edge; the camera may be tilted instead. */
  | 'whole-feet'
  | 'whole-head'
  | 'to-the-middle'
  | 'face-the-camera'
  | 'clear-background'
  /** Nothing stands in the way. */
  | 'walk';

/** What one moment offers to judge by. */
export interface Moment {
  frame: PoseFrame;
  verdict: FrameVerdict;
  picture: PictureSize;
  /** Mean brightness of the picture, 0 black to 1 white; null where nobody measured it. */
  light: number | null;
}

/** Mean brightness. A lens cap gives below 0.01, a lit room at night 0.15 and more. */
const BLACK = 0.02;
const DARK = 0.12;

/** A body as high as this share of the picture leaves no room for a step. */
const FILLS_PICTURE = 0.88;

interface AdviceRule {
  advice: Advice;
  applies: (moment: Moment) => boolean;
}

const because =
  (...reasons: FrameVerdict['reason'][]) =>
  ({ verdict }: Moment): boolean =>
    reasons.includes(verdict.reason);

const ADVICE_RULES: readonly AdviceRule[] = [
  { advice: 'uncover', applies: ({ light }) => light !== null && light < BLACK },
  { advice: 'more-light', applies: (moment) => isDark(moment) && !moment.verdict.usable },
  { advice: 'come-into-view', applies: because('no-person') },
  { advice: 'one-person', applies: ({ frame }) => frame.people > 1 },
  { advice: 'step-back', applies: (moment) => because('outside-picture')(moment) && fillsPicture(moment) },
  { advice: 'whole-feet', applies: (moment) => because('outside-picture')(moment) && beyond(moment).bottom },
  { advice: 'whole-head', applies: (moment) => because('outside-picture')(moment) && beyond(moment).top },
  { advice: 'to-the-middle', applies: because('outside-picture') },
  { advice: 'stand-upright', applies: because('not-a-body') },
  { advice: 'come-closer', applies: because('too-small') },
  { advice: 'face-the-camera', applies: because('from-behind', 'from-the-side') },
  { advice: 'clear-background', applies: because('unclear', 'no-outline') },
];

export function adviceFor(moment: Moment): Advice {
  return ADVICE_RULES.find(({ applies }) => applies(moment))?.advice ?? 'walk';
}

function isDark({ light }: Moment): boolean {
  return light !== null && light < DARK;
}

function fillsPicture({ frame, picture }: Moment): boolean {
  return frame.keypoints !== null && bodyHeight(frame.keypoints, picture) > FILLS_PICTURE * picture.height;
}

/** Over which edges the body reaches. */
function beyond({ frame, picture }: Moment): { top: boolean; bottom: boolean } {
  const { keypoints } = frame;
  if (!keypoints) return { top: false, bottom: false };
  const ankles = [JOINT_INDEX.leftAnkle, JOINT_INDEX.rightAnkle].map((joint) => keypointAt(keypoints, joint).y);
  const sole = bodyHeight(keypoints, picture) * ANKLE_ABOVE_SOLE;
  return { top: keypointAt(keypoints, JOINT_INDEX.nose).y < 0, bottom: Math.max(...ankles) + sole > picture.height };
}

/** Pixels. */
function bodyHeight(keypoints: Float32Array, picture: PictureSize): number {
  return measurePose(keypoints, picture).size * Math.max(picture.width, picture.height);
}
