/**
 * The body around the joints: every part is the convex hull of a few spheres, so that a limb is a rounded cone, the trunk a stack of
 * rounded boxes and a foot a wedge. Thicknesses are textbook breadths and girths of a slender adolescent as shares of body height, times
 * the person's own factors; where a part lies follows from the joints of the same moment and nothing else.
 */
import { JOINT_INDEX } from '../../../src/gait/keypoint.ts';
import type { Build } from '../build.ts';
import type { Flesh } from './flesh.ts';

/** In the body's axes (walker.ts), centimetres. */
export interface Sphere {
  left: number;
  up: number;
  ahead: number;
  radius: number;
}

type Point = Omit<Sphere, 'radius'>;

const RADIANS = Math.PI / 180;

/** Half widths and half depths of the trunk at shares of the way from the hips up to the shoulders; waist and hips are the person's own. */
const CHEST = { at: 0.8, half: 0.088, depth: 0.056 };
const RIBS = { at: 0.52, half: 0.081, depth: 0.055 };
const WAIST = { at: 0.3, depth: 0.05 };
const HIPS = { at: 0, depth: 0.055 };
const SEAT = { at: -0.16, half: 0.07, depth: 0.05 };
/** By how much loose clothes widen the waist, as a share of body height for each unit of their factor. */
const SLACK = 0.08;

/** Toes turned out, and the furthest that they are lifted, in degrees. */
const TOES_OUT = 7;
const TOES_UP = 15;

/** The parts of a body whose joints are at `joints` (17×3: left, up, forward in centimetres): a list of spheres each. */
export function bodyParts(joints: Float64Array, build: Build, flesh: Flesh): Sphere[][] {
  const joint = (index: number): Point => ({
    left: joints[index * 3]!,
    up: joints[index * 3 + 1]!,
    ahead: joints[index * 3 + 2]!,
  });
  const shoulders = [joint(JOINT_INDEX.leftShoulder), joint(JOINT_INDEX.rightShoulder)] as const;
  const hips = [joint(JOINT_INDEX.leftHip), joint(JOINT_INDEX.rightHip)] as const;
  const sides = [
    { side: 1, elbow: 'leftElbow', wrist: 'leftWrist', knee: 'leftKnee', ankle: 'leftAnkle' },
    { side: -1, elbow: 'rightElbow', wrist: 'rightWrist', knee: 'rightKnee', ankle: 'rightAnkle' },
  ] as const;
  const head = ['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar'] as const;
  return [
    ...headAndNeck(
      head.map((name) => joint(JOINT_INDEX[name])),
      shoulders,
      build,
      flesh,
    ),
    ...trunk(shoulders, hips, build, flesh),
    ...sides.flatMap(({ side, elbow, wrist, knee, ankle }, index) => [
      ...arm(shoulders[index]!, joint(JOINT_INDEX[elbow]), joint(JOINT_INDEX[wrist]), build, flesh),
      ...leg(hips[index]!, joint(JOINT_INDEX[knee]), joint(JOINT_INDEX[ankle]), build, flesh),
      foot(side, joint(JOINT_INDEX[knee]), joint(JOINT_INDEX[ankle]), build, flesh),
    ]),
  ];
}

function headAndNeck(
  [nose, leftEye, rightEye, leftEar, rightEar]: Point[],
  shoulders: readonly [Point, Point],
  { height }: Build,
  { crown, headHalfWidth, girth }: Flesh,
): Sphere[][] {
  const eyes = between(leftEye!, rightEye!, 0.5);
  const ears = between(leftEar!, rightEar!, 0.5);
  const across = direction(rightEar!, leftEar!);
  // Up along the head: away from the nose, square to the line of the ears.
  const tilt = Math.atan2(-across.up, across.left);
  const above = (from: Point, by: number): Point => ({
    left: from.left + by * Math.sin(tilt),
    up: from.up + by * Math.cos(tilt),
    ahead: from.ahead,
  });
  const middle = between(eyes, ears, 0.5);
  const skull = sphere(above(middle, crown - headHalfWidth), headHalfWidth);
  const face = sphere(above(between(middle, nose!, 0.3), -0.012 * height), 0.93 * headHalfWidth);
  const chin = sphere(above(between(middle, nose!, 0.5), -0.041 * height), 0.026 * height);
  const lobes = [leftEar!, rightEar!].map((ear) => sphere(ear, 0.008 * height));
  const base = between(shoulders[0], shoulders[1], 0.5);
  const neckTop = sphere(between(base, ears, 0.6), 0.028 * height * Math.sqrt(girth));
  const neckFoot = sphere(between(base, ears, 0.22), 0.031 * height * Math.sqrt(girth));
  const yoke = shoulders.map((shoulder) => sphere(between(shoulder, base, 0.15), 0.018 * height));
  return [
    [skull, face, chin, ...lobes],
    [neckTop, neckFoot],
    [neckFoot, ...yoke],
  ];
}

function trunk(
  shoulders: readonly [Point, Point],
  hips: readonly [Point, Point],
  { height }: Build,
  { girth, clothes, waist, hips: hipHalf }: Flesh,
): Sphere[][] {
  const low = between(hips[0], hips[1], 0.5);
  const high = between(shoulders[0], shoulders[1], 0.5);
  const hipAxis = direction(hips[1], hips[0]);
  const shoulderAxis = direction(shoulders[1], shoulders[0]);
  const ring = (at: number, half: number, depth: number): [Sphere, Sphere] => {
    const centre = between(low, high, at);
    const axis = between(hipAxis, shoulderAxis, Math.min(Math.max(at, 0), 1));
    const radius = depth * height * girth;
    const aside = half * height * girth - radius;
    return [sphere(along(centre, axis, aside), radius), sphere(along(centre, axis, -aside), radius)];
  };
  const chest = ring(CHEST.at, CHEST.half, CHEST.depth);
  const ribs = ring(RIBS.at, RIBS.half, RIBS.depth);
  const middle = ring(WAIST.at, waist + SLACK * (clothes - 1), WAIST.depth);
  const pelvis = ring(HIPS.at, hipHalf, HIPS.depth);
  const seat = ring(SEAT.at, SEAT.half, SEAT.depth);
  const top = shoulders.map((shoulder) => sphere(between(shoulder, high, 0.25), 0.018 * height));
  return [
    [...top, ...chest],
    [...chest, ...ribs],
    [...ribs, ...middle],
    [...middle, ...pelvis],
    [...pelvis, ...seat],
  ];
}

function arm(shoulder: Point, elbow: Point, wrist: Point, { height }: Build, { girth, clothes }: Flesh): Sphere[][] {
  const thick = height * girth * clothes;
  const onward = direction(elbow, wrist);
  const elbowBall = sphere(elbow, 0.0215 * thick);
  return [
    [
      sphere(between(shoulder, elbow, 0.06), 0.028 * height * girth),
      sphere(between(shoulder, elbow, 0.4), 0.0255 * thick),
      elbowBall,
    ],
    [elbowBall, sphere(between(elbow, wrist, 0.25), 0.022 * thick), sphere(wrist, 0.0155 * thick)],
    [
      sphere(wrist, 0.0155 * height),
      sphere(along(wrist, onward, 0.045 * height), 0.02 * height),
      sphere(along(wrist, onward, 0.085 * height), 0.012 * height),
    ],
  ];
}

function leg(hip: Point, knee: Point, ankle: Point, { height }: Build, { girth, clothes }: Flesh): Sphere[][] {
  const thick = height * girth * clothes;
  const kneeBall = sphere(knee, 0.0335 * thick);
  return [
    [sphere(between(hip, knee, 0.12), 0.0475 * height * girth), sphere(between(hip, knee, 0.4), 0.044 * thick), kneeBall],
    [kneeBall, sphere(between(knee, ankle, 0.3), 0.0325 * thick)],
    [sphere(between(knee, ankle, 0.3), 0.0325 * thick), sphere(ankle, 0.023 * thick)],
  ];
}

/** A foot square to its shank, but with neither toes nor sole in the floor. `side` is 1 for the left one. */
function foot(side: 1 | -1, knee: Point, ankle: Point, { height, ankleHeight }: Build, { clothes }: Flesh): Sphere[] {
  const reach = 0.1 * height;
  const squared = Math.asin(-direction(ankle, knee).ahead);
  const floor = Math.asin(Math.min(Math.max((ankleHeight - ankle.up) / reach, -1), 1));
  const pitch = Math.min(Math.max(squared, floor), TOES_UP * RADIANS);
  const out = side * Math.sin(TOES_OUT * RADIANS);
  /** Ahead of the ankle along the foot, below it, to the person's left. */
  const place = (forward: number, below: number, aside: number): Point => {
    const ahead = forward * Math.cos(pitch) + below * Math.sin(pitch);
    return {
      left: ankle.left + ahead * out + aside,
      up: ankle.up + forward * Math.sin(pitch) - below * Math.cos(pitch),
      ahead: ankle.ahead + ahead,
    };
  };
  const [heel, ball, toe] = [0.022 * height, 0.021 * height, 0.016 * height];
  return [
    sphere(ankle, 0.022 * height * clothes),
    sphere(place(-0.02 * height, ankleHeight - heel, 0), heel),
    sphere(place(0.075 * height, ankleHeight - ball, 0.01 * height), ball),
    sphere(place(0.075 * height, ankleHeight - ball, -0.01 * height), ball),
    sphere(place(reach, ankleHeight - toe, 0), toe),
  ];
}

function sphere({ left, up, ahead }: Point, radius: number): Sphere {
  return { left, up, ahead, radius };
}

/** The point at a share of the way from `a` to `b`. */
function between(a: Point, b: Point, share: number): Point {
  return {
    left: a.left + (b.left - a.left) * share,
    up: a.up + (b.up - a.up) * share,
    ahead: a.ahead + (b.ahead - a.ahead) * share,
  };
}

function along(from: Point, axis: Point, by: number): Point {
  return { left: from.left + axis.left * by, up: from.up + axis.up * by, ahead: from.ahead + axis.ahead * by };
}

/** Of length 1, from `a` toward `b`. */
function direction(a: Point, b: Point): Point {
  const [left, up, ahead] = [b.left - a.left, b.up - a.up, b.ahead - a.ahead];
  const length = Math.hypot(left, up, ahead);
  return { left: left / length, up: up / length, ahead: ahead / length };
}
