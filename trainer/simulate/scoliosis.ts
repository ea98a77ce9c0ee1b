/**
 * The curve and what it does to a person's signs.
 *
 * A class comes from the Cobb angle alone (domain.md §1.2: above 10° positive, around 10° neutral, below negative; here 8° and 12°
 * bound "around"), never from the asymmetry that can be seen. A curve of c degrees moves the mean of every sign in proportion to
 * c, by an amount and toward a side that depend on the type of curve, and adds a spread of its own, also in proportion to c. A
 * person with 12° may well look straighter than a healthy neighbour: classes overlap as they do in life.
 *
 * No one sign tells the classes apart; many together do, far better than the best of them, because each is a separate witness of the
 * same curve (README.md has the figures, sign by sign).
 *
 * Published, and used as they are:
 * - shoulder height: before surgery, thoracic curves of 52° on average had clavicle angles of −10.7°…+6.0° (Ono 2010, 113 people):
 *   middle −2.35°, and the range of 113 draws is about ±2.5 standard deviations, so about 3.3°. On shoulder keypoints 34 cm apart that
 *   is −1.4 ± 2.0 cm at 52°, or −0.27 ± 0.33 cm per 10° (the healthy spread taken out). 80 people with idiopathic scoliosis: −1.7° on
 *   average from the front (2014), which fits;
 * - right thoracic curves are the most common; walking is a little slower and the stride shorter (Arch Physiother 2015), and the
 *   segments' motion in the frontal and transverse planes is asymmetric (Yang 2013): direction published, size not.
 *
 * Assumptions of ours, because nothing citable says how large they are: the effect of every other sign, the shares of curve types
 * and sides, and the distribution of c inside a class. Signs that are not published share one factor, {@link VISIBILITY}, which sets how
 * plainly a curve can be seen. It was set, before any network was trained, so that a good simple classifier of exact measures of one clip
 * reaches a macro-F1 between 0.65 and 0.8 on people it has not seen. That makes curves of 10° plainer than they are likely to be in life
 * (the published sign, shoulder height, moves by 0.3 healthy standard deviations there; the assumed ones by 0.4 to 1.9), so figures on
 * simulated people are no estimate of figures on people.
 */
import type { ClassName } from '../../src/gait/labels.ts';
import type { Random } from '../random/random.ts';
import { HEALTHY_SIGNS, mapSigns, type SignName, type Signs } from './signs.ts';

export const CURVE_TYPES = ['thoracic', 'thoracolumbar', 'lumbar', 'double'] as const;
export type CurveType = (typeof CURVE_TYPES)[number];

export interface Curve {
  type: CurveType;
  /** The side of the convexity (of the thoracic curve, for a double one). */
  convex: 'left' | 'right';
  /** Cobb angle in degrees; 0 is a straight spine. */
  cobb: number;
}

/** Cobb angles from here to there are "around 10°": neutral. Below is negative, above positive. */
export const NEUTRAL_FROM = 8;
export const NEUTRAL_TO = 12;
const COBB_MAX = 50;

/** How plainly a curve shows in the signs whose size is not published: a factor on the whole table below. */
export const VISIBILITY = 2;

/** Spread of a curve's effect between people, as a share of the mean effect: of all signs together, and of each alone. */
const EXPRESSION_SPREAD = 0.15;
const SIGN_SPREAD = 0.3;

const TYPE_SHARE: Record<CurveType, number> = { thoracic: 0.52, thoracolumbar: 0.2, lumbar: 0.14, double: 0.14 };
const RIGHT_SHARE: Record<CurveType, number> = { thoracic: 0.9, thoracolumbar: 0.6, lumbar: 0.25, double: 0.93 };

/**
 * Mean shift of each sign at 10° of a RIGHT convex curve, before {@link VISIBILITY}, in healthy standard deviations of that sign (so
 * −0.55 on `trunkShift` is 2 × 0.55 × 1.1 = 1.2 cm to the right), positive toward the person's left. A left convex curve turns every
 * sign round. Only the relations between the numbers carry a thought: the trunk goes toward a thoracic or thoracolumbar convexity, the
 * shoulder girdle turns and narrows there, the pelvis tilts with curves that reach low, gait follows both.
 */
const EFFECT_AT_10: Record<CurveType, Record<Exclude<SignName, 'shoulderHeight'>, number>> = {
  thoracic: {
    pelvisHeight: 0.35,
    pelvisShift: 0.35,
    trunkShift: -0.55,
    trunkLean: -0.35,
    headOffset: -0.5,
    shoulderWidth: -0.7,
    armGap: -0.85,
    armCarry: 0.6,
    armSwing: 0.6,
    trunkRotation: 0.8,
    pelvisRotation: -0.35,
    swayBalance: -0.6,
    stepLength: 0.45,
    stepTime: 0.4,
  },
  thoracolumbar: {
    pelvisHeight: -0.7,
    pelvisShift: 0.7,
    trunkShift: -0.65,
    trunkLean: -0.6,
    headOffset: -0.4,
    shoulderWidth: -0.35,
    armGap: -0.9,
    armCarry: 0.45,
    armSwing: 0.5,
    trunkRotation: 0.6,
    pelvisRotation: -0.5,
    swayBalance: -0.65,
    stepLength: 0.5,
    stepTime: 0.45,
  },
  lumbar: {
    pelvisHeight: -0.95,
    pelvisShift: 0.85,
    trunkShift: -0.6,
    trunkLean: -0.6,
    headOffset: -0.3,
    shoulderWidth: -0.2,
    armGap: -0.85,
    armCarry: 0.25,
    armSwing: 0.35,
    trunkRotation: 0.35,
    pelvisRotation: -0.75,
    swayBalance: -0.6,
    stepLength: 0.55,
    stepTime: 0.5,
  },
  double: {
    pelvisHeight: 0.75,
    pelvisShift: 0.45,
    trunkShift: -0.35,
    trunkLean: 0.35,
    headOffset: -0.3,
    shoulderWidth: -0.65,
    armGap: -0.55,
    armCarry: 0.5,
    armSwing: 0.6,
    trunkRotation: 0.75,
    pelvisRotation: 0.55,
    swayBalance: -0.5,
    stepLength: 0.45,
    stepTime: 0.4,
  },
};

/** Shoulder height in cm per 10°, right convex: mean by type, and its spread (published for thoracic curves; see above). */
const SHOULDER_AT_10: Record<CurveType, number> = { thoracic: -0.27, thoracolumbar: -0.16, lumbar: 0.1, double: -0.12 };
const SHOULDER_SPREAD_AT_10 = 0.33;

/** Shares of walking speed and step length lost per 10° (direction published, size assumed). */
const STEP_LOSS_AT_10 = 0.012;
const CADENCE_LOSS_AT_10 = 0.008;

export function classOfCobb(cobb: number): ClassName {
  if (cobb < NEUTRAL_FROM) return 'negative';
  return cobb <= NEUTRAL_TO ? 'neutral' : 'positive';
}

/** A curve of the given class. Negative: mostly none, else below 8° with small ones more common. Positive: 12° to 50°, mean about 28°. */
export function drawCurve(random: Random, className: ClassName): Curve {
  const type = CURVE_TYPES[random.pick(CURVE_TYPES.map((name) => TYPE_SHARE[name]))] ?? 'thoracic';
  const convex = random.chance(RIGHT_SHARE[type]) ? 'right' : 'left';
  return { type, convex, cobb: drawCobb(random, className) };
}

function drawCobb(random: Random, className: ClassName): number {
  if (className === 'neutral') return random.between(NEUTRAL_FROM, NEUTRAL_TO);
  if (className === 'negative') return random.chance(0.75) ? 0 : NEUTRAL_FROM * (1 - Math.sqrt(1 - random.uniform()));
  for (;;) {
    // Gamma of shape 2: few just above 12°, most around 20 to 30°, a tail to 50°.
    const above = -8 * (Math.log(1 - random.uniform()) + Math.log(1 - random.uniform()));
    const cobb = NEUTRAL_TO + above;
    if (above > 0 && cobb <= COBB_MAX) return cobb;
  }
}

/** What the curve adds to a person's signs: the mean shift for its type, side and size, with the person's own spread. */
export function drawCurveSigns(random: Random, curve: Curve): Signs {
  const expression = 1 + random.tame(0, EXPRESSION_SPREAD);
  const spread = mapSigns(() => random.tame(0, 1));
  return mapSigns((name) => {
    const mean = meanShift(curve, name);
    if (name === 'shoulderHeight') return mean + (SHOULDER_SPREAD_AT_10 * curve.cobb * spread[name]) / 10;
    return mean * (expression + SIGN_SPREAD * spread[name]);
  });
}

/** The mean shift of one sign under a curve, in the sign's unit. */
export function meanShift(curve: Curve, name: SignName): number {
  const side = curve.convex === 'right' ? 1 : -1;
  if (name === 'shoulderHeight') return (side * curve.cobb * SHOULDER_AT_10[curve.type]) / 10;
  return side * growth(curve.cobb) * VISIBILITY * EFFECT_AT_10[curve.type][name] * HEALTHY_SIGNS[name].sd;
}

/** How the assumed signs grow with the angle: 1 at 10°, 2.3 at 28°, 3.6 at 50°. The body makes up for part of a large curve. */
function growth(cobb: number): number {
  return (cobb / 10) ** 0.8;
}

/** Factors on step length and cadence under a curve of this size. */
export function paceUnder(cobb: number): { stepLength: number; cadence: number } {
  return { stepLength: 1 - (STEP_LOSS_AT_10 * cobb) / 10, cadence: 1 - (CADENCE_LOSS_AT_10 * cobb) / 10 };
}

export function mirrorCurve(curve: Curve): Curve {
  return { ...curve, convex: curve.convex === 'right' ? 'left' : 'right' };
}
