/** What a screening is, from outside: the result with everything it depended on, and the progress on the way to it. */
import type { ClinicalMeasure } from '../gait/clinical.ts';
import type { FrameVerdict, QualityFinding, WalkRuleName } from '../gait/quality.ts';
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { BackendChoice } from '../nets/backends.ts';
import type { Stretch } from '../nets/influence.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * - `refer`: the pattern was found.
 * - `borderline`: something of it was found.
 * - `none-found`: nothing of it was found.
 * - `not-assessable`: the walk doesn't allow an answer; the findings say why.
 */
export type Outcome = 'refer' | 'borderline' | 'none-found' | 'not-assessable';

/** The rules that a screening's findings are about: those of the walk, and what its source says of the clip. */
export type FindingRule = WalkRuleName | 'file-complete';

/** Calibrated, adding up to 1. */
export interface Probabilities {
  negative: number;
  neutral: number;
  positive: number;
}

/** Which model made the result. */
export interface ModelMark {
  id: string;
  name: string;
  /** SHA-256 of the weights. */
  sha256: string;
  /** To be said next to every result. */
  trainedOn: string;
  simulated: boolean;
  /** Whether its probabilities were fitted to walks it hadn't learned. */
  calibrated: boolean;
}

/** What a stretch of the walk did to its result. */
export interface StretchInfluence extends Stretch {
  /** Probability of "positive" with it, less without it: above 0 where it spoke for the pattern. */
  shift: number;
}

/** Milliseconds. `pose` and `classify` overlap, so they may add up to more than `total`. */
export interface ScreeningTimings {
  /** From the first frame asked for to the last pose, waiting for the network left out. 0 for the sample walk. */
  poseMs: number;
  /** Work in the network: maps and classification. */
  classifyMs: number;
  /** Of `classifyMs`, drawing the maps. */
  mapsMs: number;
  totalMs: number;
}

export type PoseModelName = 'lite' | 'full' | 'none';

export interface Screening {
  outcome: Outcome;
  /** null where the walk is not assessable. */
  probabilities: Probabilities | null;
  /** Where the lines were drawn; null where the likeliest class decided. */
  thresholds: Thresholds | null;
  /**
   * What the network said of the usable frames: cosines [3, parts], classes negative, neutral, positive; null where there were none.
   * No answer where the walk is not assessable.
   */
  logits: Float32Array | null;
  /** The walk's stretches in order, by the place of their frames among the usable ones; empty where the walk is not assessable. */
  influence: StretchInfluence[];
  findings: QualityFinding[];
  /** What can be checked by eye, from the usable frames, free of the model. */
  measures: ClinicalMeasure[];
  /** The raw asymmetry vector of the usable frames, 8×3 (`gait/asymmetry.ts`); null where there are none. */
  asymmetry: Float32Array | null;
  /** Frames looked at, frames with a person in them, frames the network saw, frames whose left and right were put right. */
  counts: { sampled: number; posed: number; usable: number; sidesSettled: number };
  /** Seconds. */
  duration: number;
  picture: PictureSize;
  frames: PoseFrame[];
  /** One for each of `frames`. */
  verdicts: FrameVerdict[];
  /** Grey levels [usable, channels, 64, 44], in the order of the usable frames. */
  maps: Uint8Array;
  model: ModelMark;
  backend: BackendChoice;
  /** 'none' where the keypoints didn't come from a picture. */
  poseModel: PoseModelName;
  /** What the network was fed with: the name of a map recipe, or `silhouette`. */
  input: string;
  /** Frames a second that were looked at. */
  framesPerSecond: number;
  appVersion: string;
  timings: ScreeningTimings;
}

export interface Progress {
  /** Workers and models starting; pose running (the network with it); the network finishing. */
  stage: 'preparing' | 'watching' | 'classifying';
  /** Of the whole screening, 0..1; never goes back. */
  share: number;
  /** null while too little is known. */
  secondsLeft: number | null;
  /** Frames looked at so far. */
  sampled: number;
}
