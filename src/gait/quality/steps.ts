/**
 * Counts steps by the ankles: in a walk towards the camera one ankle and then the other is lower in the picture, because it is nearer or
 * because the other one is lifted. Works for steps on the spot too; does not for standing, however long.
 */

import { median } from './spread.ts';

/** One usable frame's signal: left ankle lower than right, in torso lengths. */
export interface AnkleSample {
  time: number;
  leftLower: number;
}

/**
 * A change of sides counts when it goes this far beyond the middle. Standing and squatting people's ankles waver by 0.025 (standard
 * deviation) with the pose model's noise; a step from 6 m away still moves them by 0.2.
 */
const SWING = 0.07;

/** Times at which the leading side changed, in seconds. */
export function stepTimes(samples: readonly AnkleSample[]): number[] {
  // The middle is the walk's own: a camera that stands askew or a floor that slopes puts one ankle lower all the time.
  const middle = median(samples.map(({ leftLower }) => leftLower));
  const times: number[] = [];
  let side = 0;
  for (const { time, leftLower } of samples) {
    const now = Math.abs(leftLower - middle) < SWING ? side : Math.sign(leftLower - middle);
    if (side !== 0 && now !== side) times.push(time);
    side = now;
  }
  return times;
}
