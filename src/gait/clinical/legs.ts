/**
 * The legs of a walk, followed from frame to frame: what strides and steps are found by. Frames in which they are not clear are passed
 * over, for a guessed ankle changes the lead as a real step does.
 */
import { POSE_LENGTH, type Joint } from '../keypoint.ts';
import { ankleSample, steps, type Step } from '../quality/steps.ts';
import type { PoseSequence } from '../sequence.ts';
import { jointsOf } from './joints.ts';

export interface Legs {
  /** The frames of the walk in which trunk and legs are clear. */
  walk: PoseSequence;
  /** Every change of the leading side. */
  changes: Step[];
}

/** The trunk's joints are the measure of how far the ankles are apart. */
const NEEDED: readonly Joint[] = [
  'leftShoulder',
  'rightShoulder',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
];

export function followLegs(whole: PoseSequence): Legs {
  const frames = [...whole.times.keys()].filter((frame) => {
    const joints = jointsOf(whole, frame);
    return NEEDED.every((joint) => !Number.isNaN(joints(joint).y));
  });
  const times = Float64Array.from(frames, (frame) => whole.times[frame] ?? NaN);
  const keypoints = new Float32Array(frames.length * POSE_LENGTH);
  frames.forEach((frame, index) => keypoints.set(poseAt(whole.keypoints, frame), index * POSE_LENGTH));
  const samples = Array.from(times, (time, frame) => ankleSample(time, poseAt(keypoints, frame)));
  return { walk: { picture: whole.picture, times, keypoints }, changes: steps(samples) };
}

/** A step takes half a second; over a longer gap between frames the feet can't be followed. Seconds. */
const FOLLOWED_GAP = 0.25;

/** Whether no gap between two frames from one moment to another is too long. */
export function isFollowed(times: Float64Array, from: number, to: number): boolean {
  return times.every((time, frame) => !(time > from && time <= to) || time - (times[frame - 1] ?? NaN) <= FOLLOWED_GAP);
}

/**
 * Strides of people who walk take 0.95 to 1.4 s; below 1.2 steps a second the legs do something else (quality/walkRules.ts), such as
 * waiting between two passes, and above 3.3 it is not the legs that are seen. Seconds.
 */
const SHORTEST_STRIDE = 0.6;
const LONGEST_STRIDE = 1.7;

/** Whether a stride may lie between two moments. */
export function isStride({ walk: { times } }: Legs, from: number, to: number): boolean {
  return to - from >= SHORTEST_STRIDE && to - from <= LONGEST_STRIDE && isFollowed(times, from, to);
}

function poseAt(keypoints: Float32Array, frame: number): Float32Array {
  return keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH);
}
