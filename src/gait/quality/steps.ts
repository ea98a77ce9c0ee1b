/**
 * Counts steps by the ankles: in a walk towards the camera one ankle and then the other is lower in the picture, because it is nearer or
 * because the other one is lifted. Works for steps on the spot too; does not for standing, however long.
 */
import { JOINT_INDEX, keypointAt } from '../keypoint.ts';
import { measureTrunk } from './measures.ts';
import { median } from './spread.ts';

/** One usable frame's signal: left ankle lower than right, in torso lengths. */
export interface AnkleSample {
  time: number;
  leftLower: number;
}

/** One pose's sample; `time` in seconds. */
export function ankleSample(time: number, keypoints: Float32Array): AnkleSample {
  const [left, right] = [JOINT_INDEX.leftAnkle, JOINT_INDEX.rightAnkle].map((joint) => keypointAt(keypoints, joint).y);
  return { time, leftLower: ((left ?? NaN) - (right ?? NaN)) / measureTrunk(keypoints).torso };
}

/**
 * A change of sides counts when it goes this far beyond the middle. Standing and squatting people's ankles waver by 0.025 (standard
 * deviation) with the pose model's noise; a step from 6 m away still moves them by 0.2.
 */
const SWING = 0.07;

/** The leading side changed: that foot is the lower one in the picture now. */
export interface Step {
  /** Seconds. */
  time: number;
  foot: 'left' | 'right';
}

/** Times at which the leading side changed, in seconds. */
export function stepTimes(samples: readonly AnkleSample[]): number[] {
  return steps(samples).map(({ time }) => time);
}

/** Every change of the leading side, in the order of time. */
export function steps(samples: readonly AnkleSample[]): Step[] {
  // The middle is the walk's own: a camera that stands askew or a floor that slopes puts one ankle lower all the time.
  const middle = median(samples.map(({ leftLower }) => leftLower));
  const found: Step[] = [];
  let side = 0;
  for (const { time, leftLower } of samples) {
    const now = Math.abs(leftLower - middle) < SWING ? side : Math.sign(leftLower - middle);
    if (side !== 0 && now !== side) found.push({ time, foot: now > 0 ? 'left' : 'right' });
    side = now;
  }
  return found;
}
