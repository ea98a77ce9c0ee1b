/** The 24 numbers of an asymmetry vector by name, in the order in which they are stored: 8 pairs of joints × VD, MD, AD. */
import { ASYMMETRY_METRICS, JOINT_PAIRS } from '../gait/asymmetry.ts';
import { JOINTS, type Joint } from '../gait/keypoint.ts';

/** The joints' name without their side: "shoulder". */
export type PairName = NameOfLeft<Joint>;
type NameOfLeft<Name> = Name extends `left${infer Pair}` ? Lowercase<Pair> : never;

export type AsymmetryMetric = (typeof ASYMMETRY_METRICS)[number];

export interface AsymmetryElement {
  pair: PairName;
  metric: AsymmetryMetric;
}

/** From the top of the body to the bottom. */
export const PAIR_NAMES = JOINT_PAIRS.map(([left]) => JOINTS[left].slice('left'.length).toLowerCase() as PairName);

export const ASYMMETRY_ELEMENTS: readonly AsymmetryElement[] = PAIR_NAMES.flatMap((pair) =>
  ASYMMETRY_METRICS.map((metric) => ({ pair, metric })),
);
