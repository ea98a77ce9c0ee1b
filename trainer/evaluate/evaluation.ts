/**
 * Everything that is said of a model on a set of clips: upstream's four figures first, then what a screening needs besides. Pure: from logits
 * and truths alone, wherever they come from. Shares are 0…1, intervals 95 %.
 */
import { bootstrapByPerson } from '../../src/gait/bootstrap.ts';
import { expectedCalibrationError } from '../../src/gait/calibrationError.ts';
import { argmax, softmax } from '../../src/gait/classScores.ts';
import type { Interval } from '../../src/gait/interval.ts';
import { CLASS_COUNT, CLASSES, type ClassName } from '../../src/gait/labels.ts';
import {
  confusionMatrix,
  figuresOf,
  ratesPerClass,
  referralRates,
  type ClassFigures,
  type ClassRates,
  type ReferralRates,
} from '../../src/gait/metrics.ts';
import { rocAuc, rocAucPerClass } from '../../src/gait/roc.ts';
import type { ModelMetrics } from '../../src/nets/manifest.ts';
import type { Split } from '../data/partition.ts';
import type { BaselinePredictions, Baselines } from './baselines.ts';
import { figuresByFrames, type FramesFigures } from './byFrames.ts';
import { scoresOf, summarise, type JudgedClip, type Summary } from './judge.ts';

const BOOTSTRAP_SEED = 1;

/** Where the logits come from. */
export type EvaluationSource =
  | {
      kind: 'dataset';
      model: { name: string; sha256: string };
      data: { description: string; root: string };
      partition: string;
      split: Split;
      engine: string;
    }
  | { kind: 'logits'; logits: string; truth: string };

export interface EvaluationInput {
  source: EvaluationSource;
  clips: readonly JudgedClip[];
  /** Whether `person` says who a clip is of, rather than which clip it is. */
  peopleKnown: boolean;
  /** Of the softmax that makes probabilities of the scores. */
  scale: number;
  /** Whether that was fitted on validation people. */
  calibrated: boolean;
  baselines: Baselines;
  warnings: readonly string[];
}

export interface Evaluation {
  schema: 1;
  source: EvaluationSource;
  warnings: readonly string[];
  clips: number;
  /** null where nobody says whose clips they are. */
  people: number | null;
  figures: Summary;
  /** By drawing people again and again, or clips where people are not known: then too narrow where a person has several. */
  intervals: { by: 'person' | 'clip'; accuracy: Interval; macroF1: Interval };
  perClass: ClassReport[];
  /** Positive or neutral = refer. */
  referral: ReferralRates & { auc: number | null };
  /** Mean of the classes' areas under the ROC curve, by the softmax of the mean logits; null where a class has no clip. */
  macroAuc: number | null;
  calibration: { scale: number; calibrated: boolean; /** Expected, over 15 bins. */ error: number };
  /** Empty where nothing is known of the frames. */
  byFrames: FramesFigures[];
  /** Each person once, by the mean of the clips' scores; null where people are not known. */
  perPerson: (Summary & { people: number }) | null;
  baselines: { majority: Baseline; posture: Baseline };
  predictions: Prediction[];
}

export interface ClassReport extends Omit<ClassFigures, 'recall' | 'specificity'>, ClassRates {
  name: ClassName;
  clips: number;
  /** One against the rest; null where that can't be said. */
  auc: number | null;
}

export type Baseline = { what: string; figures: ModelMetrics['model'] } | { what: string; skipped: string };

export interface Prediction {
  id: string;
  view: string;
  person: string | null;
  truth: ClassName;
  prediction: ClassName;
  /** In the order of {@link CLASSES}. */
  probabilities: number[];
  /** null where nobody says. */
  frames: number | null;
  /** Cosines [classes, parts], class-major. */
  logits: number[];
}

/** Throws a RangeError where there is no clip. */
export function evaluationOf(input: EvaluationInput): Evaluation {
  const { source, clips, peopleKnown, scale, calibrated, baselines, warnings } = input;
  if (clips.length === 0) throw new RangeError('There is no clip to be judged.');
  const truth = clips.map(({ label }) => label);
  const people = clips.map(({ person }) => person);
  const scores = clips.map(scoresOf);
  const predicted = scores.map(argmax);
  const figures = summarise(clips);
  const probabilities = scores.map((row) => softmax(row, scale));
  const unscaled = scores.map((row) => softmax(row, 1));
  const areas = rocAucPerClass(unscaled, truth, CLASS_COUNT).map(orNull);
  return {
    schema: 1,
    source,
    warnings,
    clips: clips.length,
    people: peopleKnown ? new Set(people).size : null,
    figures,
    intervals: { by: peopleKnown ? 'person' : 'clip', ...bootstrapByPerson(people, truth, predicted, { seed: BOOTSTRAP_SEED }) },
    perClass: classReports(figures, areas),
    referral: { ...referralRates(figures.confusion), auc: referralAuc(unscaled, truth) },
    macroAuc: areas.includes(null) ? null : areas.reduce((sum: number, area) => sum + area!, 0) / CLASS_COUNT,
    calibration: { scale, calibrated, error: expectedCalibrationError(probabilities, truth) },
    byFrames: figuresByFrames(clips),
    perPerson: peopleKnown ? personFigures(clips) : null,
    baselines: {
      majority: baselineOf(baselines.majority, people, truth),
      posture: baselineOf(baselines.posture, people, truth),
    },
    predictions: clips.map(({ id, view, person, label, frames, logits }, index) => ({
      id,
      view,
      person: peopleKnown ? person : null,
      truth: CLASSES[label]!,
      prediction: CLASSES[predicted[index]!]!,
      probabilities: [...probabilities[index]!],
      frames: source.kind === 'logits' ? null : frames,
      logits,
    })),
  };
}

/** The figures of predictions as a card has them. */
export function cardFigures(
  people: readonly string[],
  truth: readonly number[],
  predicted: readonly number[],
): ModelMetrics['model'] {
  const confusion = confusionMatrix(truth, predicted);
  const { macroPrecision, macroRecall } = figuresOf(confusion);
  return { ...bootstrapByPerson(people, truth, predicted, { seed: BOOTSTRAP_SEED }), macroPrecision, macroRecall, confusion };
}

function classReports({ confusion }: Summary, areas: readonly (number | null)[]): ClassReport[] {
  const { perClass } = figuresOf(confusion);
  const rates = ratesPerClass(confusion);
  return CLASSES.map((name, label) => {
    const { precision, f1 } = perClass[label]!;
    const clips = confusion[label]!.reduce((sum, count) => sum + count, 0);
    return { name, clips, precision, f1, ...rates[label]!, auc: areas[label] ?? null };
  });
}

/** Whoever is not negative against the negatives, by the probability of not being negative. */
function referralAuc(probabilities: readonly Float64Array[], truth: readonly number[]): number | null {
  const negative = CLASSES.indexOf('negative');
  return orNull(
    rocAuc(
      probabilities.map((row) => 1 - row[negative]!),
      truth.map((label) => label !== negative),
    ),
  );
}

/** Clips of one person and one truth together: the mean of their scores is one part's logits of the person. */
function personFigures(clips: readonly JudgedClip[]): Summary & { people: number } {
  const groups = new Map<string, JudgedClip[]>();
  for (const clip of clips) {
    const key = JSON.stringify([clip.person, clip.label]);
    groups.set(key, [...(groups.get(key) ?? []), clip]);
  }
  const people = Array.from(groups.values(), (own) => {
    const scores = own.map(scoresOf);
    const logits = CLASSES.map((_, label) => scores.reduce((sum, row) => sum + row[label]!, 0) / own.length);
    return { label: own[0]!.label, logits };
  });
  return { people: people.length, ...summarise(people) };
}

function baselineOf(baseline: BaselinePredictions, people: readonly string[], truth: readonly number[]): Baseline {
  if ('skipped' in baseline) return baseline;
  return { what: baseline.what, figures: cardFigures(people, truth, baseline.predicted) };
}

/** JSON knows no NaN. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
