/**
 * Left against right over a walk: steps and arms. Both by the symmetry index of Robinson, Herzog and Nigg (J Manipulative Physiol Ther
 * 1987;10:172): the difference in percent of the mean of the two, 0 where they are the same, positive where the left is larger.
 */
import { deviation } from '../deviation.ts';
import type { PoseSequence } from '../sequence.ts';
import { distance, jointsOf, middle } from './joints.ts';
import { followLegs, isStride } from './legs.ts';
import { stridesOf } from './strides.ts';
import { swingsOf } from './swings.ts';

/** Percent. */
export function symmetryIndex(left: number, right: number): number {
  return ((left - right) / ((left + right) / 2)) * 100;
}

/**
 * Times of the steps: a foot's step takes from the middle of the other foot's swing to the middle of its own. One index for each stride, of
 * its left and its right step; positive where the left one takes longer.
 */
export function stepSymmetries(walk: PoseSequence): number[] {
  const legs = followLegs(walk);
  const swings = swingsOf(legs);
  return swings.slice(2).flatMap(({ time, foot }, index) => {
    const [start, between] = [swings[index], swings[index + 1]];
    // Every stride once: those that begin and end with the first swing's foot, and have the other one's between.
    if (!start || !between || foot !== swings[0]?.foot || start.foot !== foot || between.foot === foot) return [];
    if (!isStride(legs, start.time, time)) return [];
    const [first, second] = [between.time - start.time, time - between.time];
    return [foot === 'left' ? symmetryIndex(second, first) : symmetryIndex(first, second)];
  });
}

/** Below this, in trunk lengths, an arm hangs still: a pose model's wrist alone wavers by half a hundredth of the body's height. */
const LEAST_SWING = 0.02;

/**
 * Amplitudes of the arms' swing. From the front an arm that swings back and forth shortens, so its wrist rises and falls against its
 * shoulder: that, in trunk lengths, over each stride, as a standard deviation about the stride's own straight line, for a person who comes
 * nearer grows all the time. One index for each stride; positive where the left arm swings more.
 *
 * It is the wrist's movement in the picture, not the arm's angle: an arm that is carried bent shows more of its swing than one that hangs
 * straight, and on simulated walks the index is 1.7 times that of the arms' angles (r = 0.91).
 */
export function armSwingSymmetries(walk: PoseSequence): number[] {
  return stridesOf(walk).flatMap(({ from, to }) => {
    const frames = [...walk.times.keys()].filter((frame) => walk.times[frame]! >= from && walk.times[frame]! < to);
    const swing = (side: 'left' | 'right') =>
      aboutLine(frames.map((frame) => ({ x: walk.times[frame]!, y: wristBelowShoulder(walk, frame, side) })));
    const [left, right] = [swing('left'), swing('right')];
    return left + right >= 2 * LEAST_SWING ? [symmetryIndex(left, right)] : [];
  });
}

function wristBelowShoulder(walk: PoseSequence, frame: number, side: 'left' | 'right'): number {
  const joints = jointsOf(walk, frame);
  const trunk = distance(middle(joints('leftShoulder'), joints('rightShoulder')), middle(joints('leftHip'), joints('rightHip')));
  return (joints(`${side}Wrist`).y - joints(`${side}Shoulder`).y) / trunk;
}

/** Standard deviation about the straight line through points, those that aren't there left out; NaN for too few of them. */
function aboutLine(all: readonly { x: number; y: number }[]): number {
  const points = all.filter(({ y }) => !Number.isNaN(y));
  if (points.length < Math.max(4, all.length / 2)) return NaN;
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const slope = mean(({ x, y }) => (x - meanX) * (y - meanY)) / mean(({ x }) => (x - meanX) ** 2);
  return deviation(points.map(({ x, y }) => y - meanY - slope * (x - meanX)));
}
