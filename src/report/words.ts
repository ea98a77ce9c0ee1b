/**
 * Every word that a report brings along, in English. Another language is another object of the same shape ({@link ReportWords}), handed in
 * by the interface. Codes, which machines read, are the same in every language and stand where they are written.
 */
import type { Visit, Walk } from '../records/visit.ts';
import type { AsymmetryMetric, PairName } from './asymmetryElements.ts';
import type { ClinicalName } from '../gait/clinical.ts';

type Outcome = Walk['outcome'];
type Side = Walk['measures'][number]['side'];
type AgeBand = NonNullable<Visit['participant']['ageBand']>;

export interface ReportWords {
  /** Of these words, as BCP 47 names it. */
  language: string;
  outcomes: Readonly<Record<Outcome, { name: string; next: string }>>;
  sides: Readonly<Record<Side, string>>;
  ageBands: Readonly<Record<AgeBand, string>>;
  /** Each measure, and what a positive mean says. */
  measures: Readonly<Record<ClinicalName, { name: string; positive: string }>>;
  /** The eight pairs of joints, and what is measured of each. */
  pairs: Readonly<Record<PairName, string>>;
  metrics: Readonly<Record<AsymmetryMetric, string>>;
  terms: Readonly<Record<Term, string>>;
  /** The pattern's probability; `walks` is how many were assessed. */
  probability(positive: number, walks: number): string;
  /** A rule that a walk doesn't meet. */
  finding(finding: Walk['findings'][number]): string;
  noWalk: string;
  sampleWalk: string;
  /** On every result. */
  researchUse: string;
  /** On every result of a model that has seen simulated walks only. */
  simulated: string;
  trainedOn(data: string): string;
  uncalibrated: string;
  /** Where consent was recorded without its text. */
  consentWithoutText: string;
}

/** What a figure or a property is, where its code is not that of an outcome, a class, a measure or a rule. */
export type Term =
  | 'gait-screening'
  | 'visit-outcome'
  | 'walk-outcome'
  | 'probability-negative'
  | 'probability-neutral'
  | 'probability-positive'
  | 'probability-spread'
  | 'threshold-refer'
  | 'threshold-borderline'
  | 'walks-combined'
  | 'frames-sampled'
  | 'frames-usable'
  | 'frames-sides-settled'
  | 'duration'
  | 'standard-deviation'
  | 'standard-error'
  | 'interval-95'
  | 'count'
  | 'side'
  | 'asymmetry'
  | 'prevalence'
  | 'positive-predictive-value'
  | 'negative-predictive-value'
  | 'age-band'
  | 'software'
  | 'model-id'
  | 'model-name'
  | 'model-sha256'
  | 'model-trained-on'
  | 'backend'
  | 'pose-model'
  | 'network-input'
  | 'frame-rate';

export const englishReport: ReportWords = {
  language: 'en',
  outcomes: {
    refer: {
      name: 'Pattern found',
      next: 'Refer for a clinical check: someone trained in it looks at the back standing and bending forward.',
    },
    borderline: {
      name: 'Borderline',
      next: 'Repeat the screening. If it comes out borderline again, refer for a clinical check.',
    },
    'none-found': {
      name: 'No pattern found',
      next: 'Where something looks uneven to the eye, refer all the same: a screening misses some.',
    },
    'not-assessable': {
      name: 'Not assessable',
      next: 'Record a walk again with that put right. Nothing was concluded.',
    },
  },
  sides: { left: 'Left', right: 'Right', even: 'Even' },
  ageBands: {
    'under-10': 'Under 10 years',
    '10-12': '10 to 12 years',
    '13-15': '13 to 15 years',
    '16-18': '16 to 18 years',
    'over-18': 'Over 18 years',
  },
  measures: {
    'shoulder-tilt': { name: 'Shoulder tilt', positive: 'Positive where the person’s left shoulder is higher.' },
    'pelvis-tilt': { name: 'Pelvis tilt', positive: 'Positive where the left side of the person’s pelvis is higher.' },
    'trunk-shift': { name: 'Trunk shift', positive: 'Positive towards the person’s left.' },
    'trunk-lean': { name: 'Trunk lean', positive: 'Positive towards the person’s left.' },
    'arm-gap': { name: 'Space between arm and trunk', positive: 'Positive where the left space is wider.' },
    'step-symmetry': { name: 'Symmetry of steps', positive: 'Positive where left steps take longer.' },
    'arm-swing-symmetry': { name: 'Symmetry of arm swing', positive: 'Positive where the left arm swings more.' },
  },
  pairs: {
    eye: 'Eyes',
    ear: 'Ears',
    shoulder: 'Shoulders',
    elbow: 'Elbows',
    wrist: 'Wrists',
    hip: 'Hips',
    knee: 'Knees',
    ankle: 'Ankles',
  },
  metrics: {
    VD: 'difference in height, of the body’s height',
    MD: 'distance of their middle from the midline, of the body’s height',
    AD: 'slope of the line between them',
  },
  terms: {
    'gait-screening': 'Gait screening for the pattern of scoliosis',
    'visit-outcome': 'Gait screening, all walks together',
    'walk-outcome': 'Gait screening, one walk',
    'probability-negative': 'Probability of no pattern',
    'probability-neutral': 'Probability of borderline',
    'probability-positive': 'Probability of the pattern',
    'probability-spread': 'Standard deviation of that probability between the walks',
    'threshold-refer': 'Probability from which to refer',
    'threshold-borderline': 'Probability from which it is borderline',
    'walks-combined': 'Walks that were assessed',
    'frames-sampled': 'Frames looked at',
    'frames-usable': 'Frames used',
    'frames-sides-settled': 'Frames in which left and right were put right',
    duration: 'Length of the recording',
    'standard-deviation': 'Standard deviation',
    'standard-error': 'Standard error of the mean',
    'interval-95': '95 % interval',
    count: 'Number of values',
    side: 'Side',
    asymmetry: 'Postural asymmetry over the walk',
    prevalence: 'Prevalence of the pattern at the site',
    'positive-predictive-value': 'Share of the pattern among those referred',
    'negative-predictive-value': 'Share without the pattern among those not referred',
    'age-band': 'Age band',
    software: 'Screening software',
    'model-id': 'Model',
    'model-name': 'Name of the model',
    'model-sha256': 'SHA-256 of the model’s weights',
    'model-trained-on': 'What the model was trained on',
    backend: 'Engine of the network',
    'pose-model': 'Pose model',
    'network-input': 'Input of the network',
    'frame-rate': 'Frames looked at in a second',
  },
  probability: (positive, walks) =>
    `Probability of the pattern: ${percent(positive)}, from ${walks === 1 ? 'one walk' : `${walks} walks together`}.`,
  finding: ({ rule, value, threshold, unit }) =>
    `Not met: ${rule} is ${short(value)}, the limit is ${`${short(threshold)} ${unit}`.trim()}.`,
  noWalk: 'No walk was recorded.',
  sampleWalk: 'This is the sample: a simulated walk, and nobody’s.',
  researchUse: 'For research use, not for clinical decisions. An aid for screening that does not replace a clinical examination.',
  simulated:
    'The model was trained on simulated walks only: what it says shows how the tool works and says nothing about a person.',
  trainedOn: (data) => `The model was trained on: ${data}.`,
  uncalibrated: 'The probabilities are not calibrated: nobody has checked how often the model is right when it sounds this sure.',
  consentWithoutText: 'Consent was given; its text was not recorded.',
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
