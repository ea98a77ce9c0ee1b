/**
 * One leg through the gait cycle: flexion of hip and knee by phase, and where that puts knee and ankle. The curves have the shape of
 * the textbook ones for level walking (Winter): the hip swings once, the knee bends a little on loading and deeply in swing.
 * Phase 0 is this leg's heel strike, 0.6 its toe-off, 1 the next heel strike.
 */

const RADIANS = Math.PI / 180;

/** Hip flexion about its middle, as a share of its amplitude, every tenth of the cycle. */
const HIP_CURVE = [0.95, 0.76, 0.37, -0.1, -0.58, -0.95, -0.82, 0.02, 0.76, 1];
/** Knee flexion in degrees, every twentieth of the cycle. */
const KNEE_CURVE = [5, 10, 15, 17, 15, 12, 9, 7, 7, 9, 14, 24, 37, 51, 59, 58, 48, 31, 14, 5];

export interface Leg {
  thigh: number;
  shank: number;
  /** Degrees. */
  hipMiddle: number;
  hipAmplitude: number;
  kneeScale: number;
}

export interface LegPosition {
  /** Below and ahead of the hip joint, in centimetres. */
  kneeDown: number;
  kneeForward: number;
  ankleDown: number;
  ankleForward: number;
}

/**
 * Knee and ankle relative to the hip. `kneeAside` and `ankleAside` are how far to the side of the hip they lie: segments keep
 * their length, so what goes sideways is taken from the rest.
 */
export function bendLeg(leg: Leg, phase: number, kneeAside: number, ankleAside: number): LegPosition {
  const hip = (leg.hipMiddle + leg.hipAmplitude * periodic(HIP_CURVE, phase)) * RADIANS;
  const knee = periodic(KNEE_CURVE, phase) * leg.kneeScale * RADIANS;
  const thigh = Math.sqrt(Math.max(0, leg.thigh ** 2 - kneeAside ** 2));
  const shank = Math.sqrt(Math.max(0, leg.shank ** 2 - (ankleAside - kneeAside) ** 2));
  const kneeDown = thigh * Math.cos(hip);
  const kneeForward = thigh * Math.sin(hip);
  return {
    kneeDown,
    kneeForward,
    ankleDown: kneeDown + shank * Math.cos(hip - knee),
    ankleForward: kneeForward + shank * Math.sin(hip - knee),
  };
}

/** Hip amplitude in degrees that makes steps of this length with a leg (hip to ankle) of that length. */
export function hipAmplitudeFor(stepLength: number, legLength: number): number {
  return Math.asin(Math.min(0.8, stepLength / (2 * legLength))) / RADIANS;
}

/** A closed curve through equally spaced values (Catmull-Rom), at phase in cycles. */
function periodic(values: readonly number[], phase: number): number {
  const count = values.length;
  const at = (phase - Math.floor(phase)) * count;
  const index = Math.floor(at);
  const t = at - index;
  const value = (offset: number): number => values[(index + offset + count) % count] ?? NaN;
  const [a, b, c, d] = [value(-1), value(0), value(1), value(2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
