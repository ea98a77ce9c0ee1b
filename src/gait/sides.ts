/**
 * Puts left and right of a walk in order. From a blurred or hidden face a pose model can't tell front from back, and then gives whole
 * bodies mirrored: every left joint is where the right one is, from one frame to the next and back again.
 *
 * Putting it right is sound because of what is known and what is not. The outline of a swapped body is right, and so the skeleton map,
 * which draws both sides alike, is the same with and without the swap: nothing here changes what the network sees in a frame, only
 * whether it gets to see it. What does change are the measures: a frontal body counts as seen from behind, and sides go the wrong way.
 *
 * How: bodies move little from frame to frame. Each labelling of a walk (which frames are swapped) has a total travel of its joints, and
 * the one with the least is right, or its mirror image; dynamic programming finds it. Each frame is held against the two before it, so
 * that one odd pose doesn't decide about all that follow. Of the two mirror images the one that agrees with the clear majority of the
 * frames as they came is taken; where there is no such majority nothing is changed, and the rule `left-and-right` still sees every swap.
 *
 * A real turn must stay one. It passes through a side view, in which left and right lie on each other and swapped joints would travel
 * even less. So frames without a clear order are passed over, and a swap has to save more travel than a turn could have caused in
 * the time between the two frames.
 */
import { JOINT_COUNT, JOINT_INDEX, JOINTS, KEYPOINT_STRIDE, POSE_LENGTH, type Joint } from './keypoint.ts';
import { viewOf } from './quality/frameRules.ts';
import { BODY_JOINTS, measureTrunk } from './quality/measures.ts';
import type { PoseFrame } from './sequence.ts';

/** Across longer gaps nothing is known of which side is which. Seconds. */
const LONGEST_GAP = 0.5;
/** Nobody who walks turns round faster than this for longer than a moment. Radians a second. */
const FASTEST_TURN = (240 * Math.PI) / 180;
/**
 * The distance of left and right joints of a body seen from the front, mean over the pairs from the shoulders down: what a joint
 * travels when the body is swapped. Torso lengths.
 */
const FRONT_WIDTH = 0.55;
/** A swap saves at least this much travel a joint, however short the time: a body turned by 50° to the side would save no more. */
const LEAST_SAVING = 0.35;
/**
 * A clear majority. In a recording that the pose model couldn't make sense of, 62 % of the frames agreed, on the wrong side; in one
 * with swaps here and there, 78 %, on the right one.
 */
const MAJORITY = 0.7;
/** Frames with a clear order that a majority takes at least: half a second. */
const FEWEST_VOTES = 8;

/** A frame in which left and right stand clearly apart, in either order. */
interface ClearFrame {
  /** Its place among all frames. */
  index: number;
  time: number;
  keypoints: Float32Array;
  /** Length of the torso in pixels. */
  torso: number;
}

/**
 * The frames of a walk, in the order of time, with whole-body swaps of left and right put right. Frames without need are handed on
 * as they are; the others are copies with all joints exchanged.
 */
export function settleSides(frames: readonly PoseFrame[]): PoseFrame[] {
  const swapped = new Set(stretches(frames.flatMap(clearFrame)).flatMap(swappedIn));
  return frames.map((frame, index) => {
    const { keypoints } = frame;
    return keypoints && swapped.has(index) ? { ...frame, keypoints: swapSides(keypoints) } : frame;
  });
}

/** A pose with every left joint in the place of the right one, confidence included. */
export function swapSides(keypoints: Float32Array): Float32Array {
  const swapped = new Float32Array(POSE_LENGTH);
  for (let joint = 0; joint < JOINT_COUNT; joint++) {
    const from = otherSide(joint) * KEYPOINT_STRIDE;
    swapped.set(keypoints.subarray(from, from + KEYPOINT_STRIDE), joint * KEYPOINT_STRIDE);
  }
  return swapped;
}

const OTHER_SIDE = JOINTS.map((name) => {
  const other = name.startsWith('left') ? name.replace('left', 'right') : name.replace('right', 'left');
  return JOINT_INDEX[other as Joint];
});

function otherSide(joint: number): number {
  return OTHER_SIDE[joint] ?? joint;
}

function clearFrame({ time, keypoints }: PoseFrame, index: number): ClearFrame[] {
  if (!keypoints) return [];
  const trunk = measureTrunk(keypoints);
  return viewOf(trunk) === 'side' ? [] : [{ index, time, keypoints, torso: trunk.torso }];
}

/** Frames that can be compared, each with the one before it. */
function stretches(frames: readonly ClearFrame[]): ClearFrame[][] {
  const all: ClearFrame[][] = [];
  for (const frame of frames) {
    const current = all.at(-1);
    const before = current?.at(-1);
    if (current && before && frame.time - before.time <= LONGEST_GAP) current.push(frame);
    else all.push([frame]);
  }
  return all;
}

/** Indices of the frames of a stretch to be swapped. */
function swappedIn(stretch: readonly ClearFrame[]): number[] {
  const labels = unlikeFirst(stretch);
  const having = (label: number) => stretch.filter((_, at) => labels[at] === label).map(({ index }) => index);
  const [alike, unlike] = [having(0), having(1)];
  const fewer = alike.length < unlike.length ? alike : unlike;
  const agreeing = stretch.length - fewer.length;
  return stretch.length >= FEWEST_VOTES && agreeing >= MAJORITY * stretch.length ? fewer : [];
}

type Label = 0 | 1;
const LABELS: readonly Label[] = [0, 1];

/** The best labelling up to a frame, among those that end in the same two labels. */
interface Path {
  saved: number;
  labels: readonly Label[];
}

/** The labelling that saves most travel: 1 where a frame has its sides unlike the first one. */
function unlikeFirst(stretch: readonly ClearFrame[]): readonly Label[] {
  let paths: Path[] = [{ saved: 0, labels: [0] }];
  for (const [at, frame] of stretch.entries()) {
    if (at === 0) continue;
    const [one, two] = [saving(stretch[at - 1], frame), saving(stretch[at - 2], frame)];
    const longer = paths.flatMap(({ saved, labels }) =>
      LABELS.map((label) => ({
        saved: saved + (label === labels[at - 1] ? 0 : one) + (label === (labels[at - 2] ?? label) ? 0 : two),
        labels: [...labels, label],
      })),
    );
    paths = bestByEnding(longer);
  }
  return paths.reduce((best, path) => (path.saved > best.saved ? path : best)).labels;
}

/** Only the last two labels matter for what is still to come. */
function bestByEnding(paths: readonly Path[]): Path[] {
  const best = new Map<string, Path>();
  for (const path of paths) {
    const ending = path.labels.slice(-2).join('');
    const rival = best.get(ending);
    if (!rival || path.saved > rival.saved) best.set(ending, path);
  }
  return [...best.values()];
}

/** How much less the joints travel with one of the two bodies swapped, beyond what a turn could account for. Torso lengths. */
function saving(before: ClearFrame | undefined, next: ClearFrame): number {
  if (!before || next.time - before.time > LONGEST_GAP) return 0;
  const angle = Math.min(Math.PI, FASTEST_TURN * (next.time - before.time));
  const turned = 2 * FRONT_WIDTH * Math.sin(angle / 2);
  const saved = travel(before, next, (joint) => joint) - travel(before, next, otherSide);
  // A pose with a joint missing speaks for nothing.
  return (Number.isNaN(saved) ? 0 : saved) - Math.max(LEAST_SAVING, turned);
}

/** How far the joints are from where `match` says they were before: the mean from the shoulders down, in torso lengths. */
function travel(before: ClearFrame, next: ClearFrame, match: (joint: number) => number): number {
  const total = BODY_JOINTS.reduce((sum, joint) => {
    const along = (axis: 0 | 1) => coordinate(next, joint, axis) - coordinate(before, match(joint), axis);
    return sum + Math.hypot(along(0), along(1));
  }, 0);
  return total / BODY_JOINTS.length / ((before.torso + next.torso) / 2);
}

function coordinate({ keypoints }: ClearFrame, joint: number, axis: 0 | 1): number {
  return keypoints[joint * KEYPOINT_STRIDE + axis] ?? NaN;
}
