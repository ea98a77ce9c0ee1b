/** What the parts of the walker's body share: the person who walks, and where in the walk they are at one moment. */
import type { Build } from './build.ts';
import type { Drift } from './drift.ts';
import type { GaitStyle } from './gaitStyle.ts';
import type { Signs } from './signs.ts';

export interface Walker {
  build: Build;
  style: GaitStyle;
  /** Signs of this clip: the person's and what the clip adds. */
  signs: Signs;
  drifts: PostureDrifts;
}

/** Wandering of posture within a walk, in degrees; lateral ones are positive toward the person's left. */
export interface PostureDrifts {
  trunkLean: Drift;
  trunkTurn: Drift;
  headTurn: Drift;
  headTilt: Drift;
  headNod: Drift;
  leftArmAway: Drift;
  rightArmAway: Drift;
}

/** What all parts of the body follow at one moment. */
export interface Moment {
  /** Gait cycles; whole numbers are left heel strikes. */
  cycle: number;
  seconds: number;
  /** −1…1: over the right leg … over the left leg. */
  overLeft: number;
  /** The same with the person's own imbalance between the sides. */
  sway: number;
  /** −1…1: right leg ahead … left leg ahead. */
  leftAhead: number;
}

/** Where the wandering has come to at one moment, in degrees. */
export type PostureNow = Record<keyof PostureDrifts, number>;
