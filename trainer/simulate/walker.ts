/**
 * The walker: where the 17 joints are in space at a moment of the walk. Kinematic, not dynamic: joint curves by gait phase on a
 * person's own segments, with every sign of asymmetry put where it belongs (a difference in leg length under the pelvis, a shift
 * and a lean of the trunk on it, the shoulders, arms and head on that).
 *
 * Body axes, in centimetres: left (the person's), up from the floor, forward from the point where the person is.
 */
import { driftAt, mirrorDrift } from './drift.ts';
import type { GaitStyle } from './gaitStyle.ts';
import { placeLegs } from './lowerBody.ts';
import type { Moment, PostureDrifts, PostureNow, Walker } from './moment.ts';
import { placeUpperBody } from './upperBody.ts';

/** Where in the cycle the body is furthest over the left leg. */
const OVER_LEFT = 0.3;

/** Metres a second. */
export function walkingSpeed(style: GaitStyle): number {
  return (style.cadence * style.stepLength) / 6000;
}

/** Strides (cycles) a second. */
export function strideRate(style: GaitStyle): number {
  return style.cadence / 120;
}

/**
 * Joint positions at one moment.
 * @param cycle gait cycles; whole numbers are left heel strikes
 * @param seconds time in the clip, for what wanders slowly
 * @param out 17×3, COCO order: left, up, forward in centimetres
 */
export function placeJoints(walker: Walker, cycle: number, seconds: number, out: Float64Array): void {
  const overLeft = Math.sin(2 * Math.PI * (cycle - OVER_LEFT + 0.25));
  const moment: Moment = {
    cycle,
    seconds,
    overLeft,
    sway: overLeft + walker.signs.swayBalance * overLeft * overLeft,
    leftAhead: Math.cos(2 * Math.PI * cycle),
  };
  const pelvisUp = placeLegs(walker, moment, out);
  placeUpperBody(walker, moment, pelvisUp, driftsAt(walker.drifts, seconds), out);
}

function driftsAt(drifts: PostureDrifts, seconds: number): PostureNow {
  return {
    trunkLean: driftAt(drifts.trunkLean, seconds),
    trunkTurn: driftAt(drifts.trunkTurn, seconds),
    headTurn: driftAt(drifts.headTurn, seconds),
    headTilt: driftAt(drifts.headTilt, seconds),
    headNod: driftAt(drifts.headNod, seconds),
    leftArmAway: driftAt(drifts.leftArmAway, seconds),
    rightArmAway: driftAt(drifts.rightArmAway, seconds),
  };
}

export function mirrorDrifts(drifts: PostureDrifts): PostureDrifts {
  return {
    trunkLean: mirrorDrift(drifts.trunkLean),
    trunkTurn: mirrorDrift(drifts.trunkTurn),
    headTurn: mirrorDrift(drifts.headTurn),
    headTilt: mirrorDrift(drifts.headTilt),
    headNod: drifts.headNod,
    leftArmAway: drifts.rightArmAway,
    rightArmAway: drifts.leftArmAway,
  };
}
