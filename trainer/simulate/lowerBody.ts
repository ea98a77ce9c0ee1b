/** Pelvis and legs: the pelvis turns and lists with the cycle, the lower foot carries it, so its height follows from the legs. */
import { JOINT_INDEX } from '../../src/gait/keypoint.ts';
import { bendLeg, hipAmplitudeFor } from './legs.ts';
import type { Moment, Walker } from './moment.ts';

const RADIANS = Math.PI / 180;
/** How softly weight passes from one foot to the other when both are near the floor, in centimetres. */
const FOOT_BLEND = 0.6;
/** Share of the way from hip to ankle, sideways, at which the knee lies. */
const KNEE_SHARE = 0.5;

/** Places hips, knees and ankles in `out` (17×3: left, up, forward in cm) and returns the height of the mid-hip. */
export function placeLegs(walker: Walker, moment: Moment, out: Float64Array): number {
  const { build, style, signs } = walker;
  const half = build.hipHalfWidth;
  const list = Math.asin(signs.pelvisHeight / (2 * half)) + style.pelvisList * RADIANS * moment.overLeft;
  const turn = (style.pelvisTurn * moment.leftAhead + signs.pelvisRotation) * RADIANS;
  const centre = style.pelvisSway * moment.sway + signs.pelvisShift;
  const length = build.thigh + build.shank;

  const legs = ([1, -1] as const).map((side) => {
    const stretch = 1 + (side * signs.pelvisHeight) / (2 * length);
    const hipLeft = centre + side * half * Math.cos(turn) * Math.cos(list);
    const hipUp = side * half * Math.sin(list);
    const hipForward = side * half * Math.sin(turn) * Math.cos(list);
    const ankleAside = (side * style.stepWidth) / 2 - hipLeft;
    const kneeAside = ankleAside * KNEE_SHARE - side * style.kneeInward;
    const bend = bendLeg(
      {
        thigh: build.thigh * stretch,
        shank: build.shank * stretch,
        hipMiddle: style.hipFlexion,
        hipAmplitude: hipAmplitudeFor(style.stepLength * Math.exp((side * signs.stepLength) / 2), length),
        kneeScale: style.kneeFlexionScale,
      },
      moment.cycle + (side === 1 ? 0 : 0.5) - (side * signs.stepTime) / 2,
      kneeAside,
      ankleAside,
    );
    return { side, hipLeft, hipUp, hipForward, kneeAside, ankleAside, bend };
  });

  const reach = legs.map((leg) => leg.bend.ankleDown - leg.hipUp);
  const pelvisUp = build.ankleHeight + softMaximum(reach[0] ?? NaN, reach[1] ?? NaN);
  for (const { side, hipLeft, hipUp, hipForward, kneeAside, ankleAside, bend } of legs) {
    const left = side === 1;
    const up = pelvisUp + hipUp;
    put(out, left ? JOINT_INDEX.leftHip : JOINT_INDEX.rightHip, hipLeft, up, hipForward);
    put(
      out,
      left ? JOINT_INDEX.leftKnee : JOINT_INDEX.rightKnee,
      hipLeft + kneeAside,
      up - bend.kneeDown,
      hipForward + bend.kneeForward,
    );
    put(
      out,
      left ? JOINT_INDEX.leftAnkle : JOINT_INDEX.rightAnkle,
      hipLeft + ankleAside,
      up - bend.ankleDown,
      hipForward + bend.ankleForward,
    );
  }
  return pelvisUp;
}

function softMaximum(a: number, b: number): number {
  return Math.max(a, b) + FOOT_BLEND * Math.log1p(Math.exp(-Math.abs(a - b) / FOOT_BLEND));
}

/** Writes one joint. */
export function put(out: Float64Array, joint: number, left: number, up: number, forward: number): void {
  out[joint * 3] = left;
  out[joint * 3 + 1] = up;
  out[joint * 3 + 2] = forward;
}
