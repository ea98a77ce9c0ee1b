/**
 * The strides of a walk: the pieces over which a measure is averaged. Trunk and pelvis sway with every step, so a mean over anything but
 * whole strides has a piece of that sway in it. And frames next to each other are alike while strides hardly are: it is strides, not frames,
 * that say how sure a mean is.
 */
import type { PoseSequence } from '../sequence.ts';
import { followLegs, isFollowed, isStride } from './legs.ts';

/** From the beginning of a piece to before the beginning of the next. Seconds. */
export interface Piece {
  from: number;
  to: number;
}

/** Fewer pieces than this say nothing about how much they differ. */
export const FEWEST_PIECES = 3;

/** Whole strides, from a step of one foot to its next one, without a gap in them. */
export function stridesOf(walk: PoseSequence): Piece[] {
  const legs = followLegs(walk);
  const starts = legs.changes.filter(({ foot }) => foot === legs.changes[0]?.foot).map(({ time }) => time);
  return between(starts).filter(({ from, to }) => isStride(legs, from, to));
}

/**
 * Strides, or where there are fewer than {@link FEWEST_PIECES} of them, seconds: about as long as a stride. Shorter pieces would be more
 * alike, for errors of a pose model last for a third of a second, and would make a mean look surer than it is.
 */
export function piecesOf(walk: PoseSequence): { of: 'strides' | 'seconds'; pieces: Piece[] } {
  const strides = stridesOf(walk);
  return strides.length >= FEWEST_PIECES ? { of: 'strides', pieces: strides } : { of: 'seconds', pieces: secondsOf(walk) };
}

/** A little short of a second, so that times that are rounded don't lose a piece. */
const SECOND = 0.99;

function secondsOf({ times }: PoseSequence): Piece[] {
  const starts: number[] = [];
  for (const time of times) if (time - (starts.at(-1) ?? -Infinity) >= SECOND) starts.push(time);
  return between(starts).filter(({ from, to }) => isFollowed(times, from, to));
}

/** From each moment to the next one. */
function between(moments: readonly number[]): Piece[] {
  return moments.slice(1).map((to, index) => ({ from: moments[index] ?? NaN, to }));
}
