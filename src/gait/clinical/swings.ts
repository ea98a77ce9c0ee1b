/**
 * When each leg swings, to a few milliseconds although frames are 67 apart. A leg that swings bends its knee, its shank points away from
 * the camera, and from the front it is seen shortest in the middle of the swing. The moment is the vertex of the parabola through that
 * frame and its two neighbours.
 *
 * The moments at which the lead changes are no measure of this, for they depend on how far apart the feet are. On 200 simulated walks, seen
 * exactly, those moments follow the asymmetry that was put into the steps' times with r = −0.3, those at which one ankle stands highest above
 * the other with 0.79, and these, which belong to one leg alone, with 0.97.
 */
import type { PoseSequence } from '../sequence.ts';
import { jointsOf } from './joints.ts';
import type { Legs } from './legs.ts';

/** The middle of a swing. */
export interface Swing {
  /** Seconds. */
  time: number;
  foot: 'left' | 'right';
}

/** Every swing between two changes of the lead, in the order of time. */
export function swingsOf({ walk, changes }: Legs): Swing[] {
  const { times } = walk;
  return changes.slice(1).flatMap((next, index): Swing[] => {
    const { time: from, foot: leading } = changes[index] ?? next;
    // While the left ankle is the lower one it is the right leg that swings.
    const foot = leading === 'left' ? 'right' : 'left';
    const seen = (frame: number) => shankSeen(walk, frame, foot);
    let shortest = times.indexOf(from);
    for (let frame = shortest; (times[frame] ?? NaN) < next.time; frame++) if (seen(frame) < seen(shortest)) shortest = frame;
    const time = dip(times, seen, shortest);
    return Number.isNaN(time) || !isPassed(times, seen, shortest) ? [] : [{ time, foot }];
  });
}

/** Half of a swing and a little: so long after its middle, and before it, the foot is on the ground. Seconds. */
const HALF_SWING = 0.3;
/** By so much the shank is seen longer then, in thighs: in simulated walks by 0.25 and more in 95 swings of 100, for a foot at rest by 0. */
const LEAST_RISE = 0.03;

/** Whether the leg is longer both before and after: a foot that is held in the air, by somebody who waits, is in no middle of a swing. */
function isPassed(times: Float64Array, seen: (frame: number) => number, frame: number): boolean {
  const middle = times[frame] ?? NaN;
  const longest = [0, 0];
  times.forEach((time, other) => {
    const side = time < middle ? 0 : 1;
    if (Math.abs(time - middle) <= HALF_SWING) longest[side] = Math.max(longest[side] ?? 0, seen(other) - seen(frame));
  });
  return longest.every((rise) => rise >= LEAST_RISE);
}

/** How long the shank is seen, up and down in the picture, in lengths of the same leg's thigh: thighs swing by much less. */
function shankSeen(walk: PoseSequence, frame: number, side: 'left' | 'right'): number {
  const joints = jointsOf(walk, frame);
  const [hip, knee, ankle] = [joints(`${side}Hip`), joints(`${side}Knee`), joints(`${side}Ankle`)];
  return (ankle.y - knee.y) / (knee.y - hip.y);
}

/** Of the parabola through a frame and its neighbours; NaN at the walk's ends, and where the frames aren't evenly spaced or hold no dip. */
function dip(times: Float64Array, value: (frame: number) => number, frame: number): number {
  const [before, at, after] = [times[frame - 1], times[frame], times[frame + 1]];
  if (before === undefined || at === undefined || after === undefined) return NaN;
  const spacing = (after - before) / 2;
  if (Math.abs(at - before - spacing) > 0.25 * spacing) return NaN;
  const [a, b, c] = [value(frame - 1), value(frame), value(frame + 1)];
  const bend = a - 2 * b + c;
  const offset = (a - c) / (2 * bend);
  return bend > 0 && Math.abs(offset) <= 1 ? at + offset * spacing : NaN;
}
