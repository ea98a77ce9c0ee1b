/** Trunk, shoulders, arms and head on a pelvis that is already placed. */
import { JOINT_INDEX } from '../../src/gait/keypoint.ts';
import { put } from './lowerBody.ts';
import type { Moment, PostureNow, Walker } from './moment.ts';

const RADIANS = Math.PI / 180;

interface Chest {
  left: number;
  up: number;
  forward: number;
  /** Trunk leaning to the person's left, radians. */
  lean: number;
}

/** Places shoulders, arms and head in `out` (17×3: left, up, forward in cm). */
export function placeUpperBody(walker: Walker, moment: Moment, pelvisUp: number, posture: PostureNow, out: Float64Array): void {
  const { build, style, signs } = walker;
  const lean = (signs.trunkLean + posture.trunkLean) * RADIANS;
  const forward = style.trunkForward * RADIANS;
  const chest: Chest = {
    left: style.shoulderSway * moment.sway + signs.pelvisShift + signs.trunkShift + build.trunk * Math.sin(lean),
    up: pelvisUp + build.trunk * Math.cos(lean) * Math.cos(forward),
    forward: build.trunk * Math.sin(forward),
    lean,
  };
  placeShouldersAndArms(walker, moment, chest, posture, out);
  placeHead(walker, chest, posture, out);
}

function placeShouldersAndArms(walker: Walker, moment: Moment, chest: Chest, posture: PostureNow, out: Float64Array): void {
  const { build, style, signs } = walker;
  const half = build.shoulderHalfWidth;
  const list = Math.asin(signs.shoulderHeight / (2 * half)) - chest.lean - style.shoulderList * RADIANS * moment.sway;
  const turn = (signs.trunkRotation - posture.trunkTurn - style.shoulderTurn * moment.leftAhead) * RADIANS;
  for (const side of [1, -1] as const) {
    const left = side === 1;
    const away = half + (side * signs.shoulderWidth) / 2;
    const shoulder = {
      left: chest.left + side * away * Math.cos(turn) * Math.cos(list),
      up: chest.up + side * away * Math.sin(list),
      forward: chest.forward + side * away * Math.sin(turn) * Math.cos(list),
    };
    // The arm goes forward with the other leg.
    const swing = -side * moment.leftAhead * Math.exp((side * signs.armSwing) / 2);
    const flexion = (style.armMiddle + (side * signs.armCarry) / 2 + style.armSwing * swing) * RADIANS;
    const elbow = Math.max(0, style.elbowBend + style.elbowSwing * swing) * RADIANS;
    const drift = left ? posture.leftArmAway : posture.rightArmAway;
    const aside = (style.armAway + drift + (side * signs.armGap) / 2) * RADIANS;
    const forearmAside = aside - style.forearmInward * RADIANS;
    const elbowAt = {
      left: shoulder.left + side * build.upperArm * Math.sin(aside),
      up: shoulder.up - build.upperArm * Math.cos(aside) * Math.cos(flexion),
      forward: shoulder.forward + build.upperArm * Math.cos(aside) * Math.sin(flexion),
    };
    put(out, left ? JOINT_INDEX.leftShoulder : JOINT_INDEX.rightShoulder, shoulder.left, shoulder.up, shoulder.forward);
    put(out, left ? JOINT_INDEX.leftElbow : JOINT_INDEX.rightElbow, elbowAt.left, elbowAt.up, elbowAt.forward);
    put(
      out,
      left ? JOINT_INDEX.leftWrist : JOINT_INDEX.rightWrist,
      elbowAt.left + side * build.forearm * Math.sin(forearmAside),
      elbowAt.up - build.forearm * Math.cos(forearmAside) * Math.cos(flexion + elbow),
      elbowAt.forward + build.forearm * Math.cos(forearmAside) * Math.sin(flexion + elbow),
    );
  }
}

function placeHead(walker: Walker, chest: Chest, posture: PostureNow, out: Float64Array): void {
  const { build, style, signs } = walker;
  // The eyes are kept nearly level: a quarter of the trunk's lean reaches the head.
  const tilt = posture.headTilt * RADIANS + chest.lean / 4;
  const turn = posture.headTurn * RADIANS;
  const nod = posture.headNod * RADIANS;
  const centre = {
    left: chest.left + signs.headOffset + build.neckToEyes * Math.sin(chest.lean),
    up: chest.up + build.neckToEyes,
    forward: chest.forward + style.headForward,
  };
  // A point of the head given left of, above and ahead of its centre: nod, then tilt, then turn to the left.
  const place = (joint: number, left: number, above: number, ahead: number): void => {
    const u = above * Math.cos(nod) + ahead * Math.sin(nod);
    const f = ahead * Math.cos(nod) - above * Math.sin(nod);
    const l = left * Math.cos(tilt) + u * Math.sin(tilt);
    const v = u * Math.cos(tilt) - left * Math.sin(tilt);
    put(
      out,
      joint,
      centre.left + l * Math.cos(turn) + f * Math.sin(turn),
      centre.up + v,
      centre.forward + f * Math.cos(turn) - l * Math.sin(turn),
    );
  };
  place(JOINT_INDEX.nose, 0, -build.noseDrop, build.noseForward);
  place(JOINT_INDEX.leftEye, build.eyeHalfWidth, 0, build.eyesForward);
  place(JOINT_INDEX.rightEye, -build.eyeHalfWidth, 0, build.eyesForward);
  place(JOINT_INDEX.leftEar, build.earHalfWidth, -build.noseDrop / 3, 0);
  place(JOINT_INDEX.rightEar, -build.earHalfWidth, -build.noseDrop / 3, 0);
}
