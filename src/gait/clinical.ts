/**
 * What a clinician can check by eye, free of any model, from the usable frames of a frontal walk: how the shoulders and the pelvis tilt,
 * how the trunk stands, how the arms hang, and whether left and right do the same. Signs are the person's own: positive is left.
 */
import { deviation } from './deviation.ts';
import { jointsOf, type Joints } from './clinical/joints.ts';
import { armGap, pelvisTilt, shoulderTilt, trunkLean, trunkShift } from './clinical/posture.ts';
import { FEWEST_PIECES, piecesOf, type Piece } from './clinical/strides.ts';
import { summarise, type Summary } from './clinical/summary.ts';
import { armSwingSymmetries, stepSymmetries } from './clinical/symmetry.ts';
import { withinFences } from './fences.ts';
import type { PoseSequence } from './sequence.ts';

type HowToMeasure =
  /** In every frame; NaN where a joint is not clear. */
  | { inFrame(joints: Joints): number }
  /** Over whole strides: one value for each. */
  | { inStrides(walk: PoseSequence): number[] };

/** Every measure, in the order in which it is shown, with what a positive mean says and how it is measured. */
export const CLINICAL_MEASURES = [
  { name: 'shoulder-tilt', unit: '°', positive: 'left-higher', inFrame: shoulderTilt },
  { name: 'pelvis-tilt', unit: '°', positive: 'left-higher', inFrame: pelvisTilt },
  { name: 'trunk-shift', unit: '%', positive: 'towards-left', inFrame: trunkShift },
  { name: 'trunk-lean', unit: '°', positive: 'towards-left', inFrame: trunkLean },
  { name: 'arm-gap', unit: '%', positive: 'left-wider', inFrame: armGap },
  { name: 'step-symmetry', unit: '%', positive: 'left-longer', inStrides: stepSymmetries },
  { name: 'arm-swing-symmetry', unit: '%', positive: 'left-larger', inStrides: armSwingSymmetries },
] as const satisfies readonly ({ name: string; unit: '°' | '%'; positive: string } & HowToMeasure)[];

export type ClinicalName = (typeof CLINICAL_MEASURES)[number]['name'];

export interface ClinicalMeasure extends Summary {
  name: ClinicalName;
  unit: '°' | '%';
  /** Standard deviation: over the frames of a posture, over the strides of a symmetry. */
  spread: number;
  /** How many pieces the mean is made of. */
  count: number;
  countOf: 'strides' | 'seconds';
}

/** One measure along the walk, NaN where a joint it needs is not clear. */
export interface ClinicalSeries {
  name: ClinicalName;
  unit: '°' | '%';
  /** Seconds. */
  times: Float64Array;
  values: Float64Array;
}

/**
 * The measures of a walk of usable frames, left and right settled (`sides.ts`). Those that the walk is too short or too unclear for are left
 * out: fewer than three strides, or where there are no strides seconds, say nothing about how sure a mean is.
 *
 * Pixels are square, and the picture's own horizontal counts as level: a camera that is rolled by a degree tilts all of it by that degree.
 */
export function measureClinically(walk: PoseSequence): ClinicalMeasure[] {
  const { of, pieces } = piecesOf(walk);
  return CLINICAL_MEASURES.flatMap((measure): ClinicalMeasure[] => {
    const { name, unit } = measure;
    if ('inStrides' in measure) {
      const values = measure.inStrides(walk);
      return told(values)
        ? [{ name, unit, ...summarise(values), spread: deviation(values), count: values.length, countOf: 'strides' }]
        : [];
    }
    const frames = alongWalk(walk, measure.inFrame);
    const values = pieceMeans(walk.times, frames, pieces);
    const spread = deviation([...withinFences([...frames].filter(isThere))]);
    return told(values) ? [{ name, unit, ...summarise(values), spread, count: values.length, countOf: of }] : [];
  });
}

/** The measures that every frame has, along the walk. */
export function clinicalSeries(walk: PoseSequence): ClinicalSeries[] {
  return CLINICAL_MEASURES.flatMap((measure) => {
    if (!('inFrame' in measure)) return [];
    const { name, unit, inFrame } = measure;
    return [{ name, unit, times: walk.times, values: alongWalk(walk, inFrame) }];
  });
}

function alongWalk(walk: PoseSequence, inFrame: (joints: Joints) => number): Float64Array {
  return Float64Array.from(walk.times, (_, frame) => inFrame(jointsOf(walk, frame)));
}

/** The mean of each piece, what lies beyond Tukey's fences left out; pieces without half of their values are no pieces. */
function pieceMeans(times: Float64Array, frames: Float64Array, pieces: readonly Piece[]): number[] {
  return pieces.flatMap(({ from, to }) => {
    const values = [...frames].filter((_, frame) => (times[frame] ?? NaN) >= from && (times[frame] ?? NaN) < to);
    const clear = values.filter(isThere);
    if (clear.length < values.length / 2) return [];
    const kept = withinFences(clear);
    return [kept.reduce((sum, value) => sum + value, 0) / kept.length];
  });
}

function isThere(value: number): boolean {
  return Number.isFinite(value);
}

function told(values: readonly number[]): boolean {
  return values.length >= FEWEST_PIECES;
}
