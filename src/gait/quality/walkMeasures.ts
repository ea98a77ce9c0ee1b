/** A whole walk in numbers: what the walk's rules read. */
import { JOINT_INDEX, KEYPOINT_STRIDE, type Joint } from '../keypoint.ts';
import type { PictureSize, PoseFrame } from '../sequence.ts';
import { FRAME_RULES, viewOf, type FrameReason } from './frameRules.ts';
import { measurePose, type BodyMeasures } from './measures.ts';
import { median, percentile } from './spread.ts';
import { ankleSample, stepTimes } from './steps.ts';

export interface WalkMeasures {
  /** Seconds from the first frame to the end of the last. */
  duration: number;
  sampled: number;
  posed: number;
  usable: number;
  /** Seconds of walking that the usable frames stand for. */
  usableTime: number;
  /** Frames a second, as usual in this clip. */
  frameRate: number;
  /** Of the frames between the first and the last with a pose, the share that has one. */
  foundShare: number;
  /** Of the frames with a pose, the share with more than one person. */
  crowdedShare: number;
  /** By reason: frames that met all rules before this one, and how many of them fail it. */
  failures: Map<FrameReason, { asked: number; failed: number }>;
  /** Times that front and back changed places from one frame to the next. */
  swaps: number;
  /** Times that the person followed was somewhere else, or of another size, from one frame to the next. */
  jumps: number;
  /** How much the body's rigid lengths change from one usable frame to the next: the 95th percentile, in torso lengths. */
  unsteadiness: number;
  /** Steps seen in usable frames. */
  steps: number;
  /** Steps a second of usable walking. */
  stepRate: number;
}

/** Frames further apart than this can't be compared: at 15 frames a second, one may be missing between them. Seconds. */
const NEIGHBOURS = 0.15;
/** A step takes half a second; the leading leg can be followed over gaps up to this. Seconds. */
const FOLLOWED_GAP = 0.25;

/** In neighbouring frames the hips of one person move by less than this (a fast run: 0.6 torsos in 0.13 s). In torso lengths. */
const LONGEST_MOVE = 1;
/** And the torso grows by less than this factor (a bow towards the camera: 1.3). */
const LARGEST_GROWTH = 1.6;

interface Seen {
  frame: PoseFrame;
  keypoints: Float32Array;
  body: BodyMeasures;
  usable: boolean;
}

export function measureWalk(
  frames: readonly PoseFrame[],
  verdicts: readonly { usable: boolean; reason: FrameReason | null }[],
  picture: PictureSize,
): WalkMeasures {
  const seen: Seen[] = [];
  let [first, last] = [-1, -1];
  frames.forEach((frame, index) => {
    const { keypoints } = frame;
    if (!keypoints) return;
    if (first < 0) first = index;
    last = index;
    seen.push({ frame, keypoints, body: measurePose(keypoints, picture), usable: verdicts[index]?.usable ?? false });
  });
  const usable = seen.filter((item) => item.usable);
  const neighbours = pairs(seen, NEIGHBOURS);
  const usableNeighbours = neighbours.filter(([a, b]) => a.usable && b.usable);
  const usableTime = pairs(usable, FOLLOWED_GAP).reduce((total, [a, b]) => total + b.frame.time - a.frame.time, 0);
  const steps = stepTimes(usable.map(({ frame, keypoints }) => ankleSample(frame.time, keypoints))).length;
  return {
    duration: durationOf(frames),
    frameRate: 1 / usualGap(frames),
    sampled: frames.length,
    posed: seen.length,
    usable: usable.length,
    usableTime,
    foundShare: seen.length === 0 ? 0 : seen.length / (last - first + 1),
    crowdedShare: seen.length === 0 ? 0 : seen.filter(({ frame }) => frame.people > 1).length / seen.length,
    failures: countFailures(verdicts),
    swaps: neighbours.filter(isSwap).length,
    jumps: neighbours.filter(isJump).length,
    unsteadiness: percentile(usableNeighbours.map(changeOfLengths), 0.95),
    steps,
    stepRate: steps / usableTime,
  };
}

/** The last frame lasts as long as frames usually do here. */
function durationOf(frames: readonly PoseFrame[]): number {
  const [start, end] = [frames[0]?.time, frames.at(-1)?.time];
  if (start === undefined || end === undefined) return 0;
  return end - start + (frames.length > 1 ? usualGap(frames) : 0);
}

function usualGap(frames: readonly PoseFrame[]): number {
  return median(frames.slice(1).map(({ time }, index) => time - (frames[index]?.time ?? NaN)));
}

/** A frame that fails one rule has met those before it. */
function countFailures(verdicts: readonly { reason: FrameReason | null }[]): WalkMeasures['failures'] {
  const order: FrameReason[] = ['by-hand', 'no-person', ...FRAME_RULES.map(({ reason }) => reason), 'no-outline'];
  let asked = verdicts.length;
  return new Map(
    order.map((reason) => {
      const failed = verdicts.filter((verdict) => verdict.reason === reason).length;
      const entry = { asked, failed };
      asked -= failed;
      return [reason, entry];
    }),
  );
}

type Pair = readonly [Seen, Seen];

/** Each frame with the one before it, where the two are no further apart than `gap` seconds. */
function pairs(seen: readonly Seen[], gap: number): Pair[] {
  return seen.slice(1).flatMap((next, index) => {
    const before = seen[index];
    return before && next.frame.time - before.frame.time <= gap ? [[before, next] as const] : [];
  });
}

function isSwap([a, b]: Pair): boolean {
  const views = [viewOf(a.body), viewOf(b.body)];
  return views.includes('front') && views.includes('behind');
}

function isJump([a, b]: Pair): boolean {
  const hip = ({ keypoints }: Seen, axis: 0 | 1): number =>
    (coordinate(keypoints, 'leftHip', axis) + coordinate(keypoints, 'rightHip', axis)) / 2;
  const smaller = Math.min(a.body.torso, b.body.torso);
  const moved = Math.hypot(hip(a, 0) - hip(b, 0), hip(a, 1) - hip(b, 1));
  return moved > LONGEST_MOVE * smaller || Math.max(a.body.torso, b.body.torso) > LARGEST_GROWTH * smaller;
}

/**
 * The bones that a walk towards the camera hardly shortens: shoulders, hips, upper arms and thighs. Forearms and shanks swing
 * towards the camera and change by 0.3 in a frame in any healthy walk.
 */
const STEADY_BONES: readonly (readonly [Joint, Joint])[] = [
  ['leftShoulder', 'rightShoulder'],
  ['leftHip', 'rightHip'],
  ['leftShoulder', 'leftElbow'],
  ['rightShoulder', 'rightElbow'],
  ['leftHip', 'leftKnee'],
  ['rightHip', 'rightKnee'],
];

/** The mean change of the steady bones' lengths between two frames, in torso lengths of each frame. */
function changeOfLengths([a, b]: Pair): number {
  const sum = STEADY_BONES.reduce((total, bone) => total + Math.abs(boneLength(a, bone) - boneLength(b, bone)), 0);
  return sum / STEADY_BONES.length;
}

function boneLength({ keypoints, body }: Seen, [from, to]: readonly [Joint, Joint]): number {
  const along = (axis: 0 | 1): number => coordinate(keypoints, from, axis) - coordinate(keypoints, to, axis);
  return Math.hypot(along(0), along(1)) / body.torso;
}

function coordinate(keypoints: Float32Array, joint: Joint, axis: 0 | 1): number {
  return keypoints[JOINT_INDEX[joint] * KEYPOINT_STRIDE + axis] ?? NaN;
}
