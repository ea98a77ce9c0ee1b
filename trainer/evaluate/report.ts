/** The figures a model is judged by on people it has never seen, beside two baselines on the same people. */
import { rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { bootstrapByPerson } from '../../src/gait/bootstrap.ts';
import { expectedCalibrationError } from '../../src/gait/calibrationError.ts';
import { argmax, softmax } from '../../src/gait/classScores.ts';
import { wilsonInterval } from '../../src/gait/interval.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import { confusionMatrix, figuresOf } from '../../src/gait/metrics.ts';
import type { ModelMetrics } from '../../src/nets/manifest.ts';
import { probe, type ProbeSample } from '../simulate/probe.ts';
import { scoresOf, type JudgedWalk } from './logits.ts';
import { drawWalks, type WalkSet } from './walks.ts';

const BOOTSTRAP_SEED = 1;
const POSITIVE = CLASSES.indexOf('positive');
const NEGATIVE = CLASSES.indexOf('negative');

export interface PavSets {
  train: WalkSet;
  validation: WalkSet;
  test: WalkSet;
}

/** @param scale of the softmax that makes probabilities of the logits. */
export function reportOn(set: string, walks: readonly JudgedWalk[], scale: number, pav: PavSets): ModelMetrics {
  const scores = walks.map(scoresOf);
  const predicted = scores.map(argmax);
  const truth = walks.map(({ label }) => label);
  const probabilities = scores.map((score) => softmax(score, scale));
  const positives = walks.filter(({ label }) => label === POSITIVE).length;
  const hits = predicted.filter((value, index) => value === POSITIVE && truth[index] === POSITIVE).length;
  const rejected = predicted.filter((value, index) => value !== POSITIVE && truth[index] !== POSITIVE).length;
  return {
    set,
    people: new Set(walks.map(({ person }) => person)).size,
    clips: walks.length,
    model: figures(walks, predicted),
    majorityBaseline: figures(
      walks,
      truth.map(() => NEGATIVE),
    ),
    pavBaseline: figures(walks, pavPredictions(pav)),
    sensitivity: wilsonInterval(hits, positives),
    specificity: wilsonInterval(rejected, walks.length - positives),
    calibrationError: expectedCalibrationError(probabilities, truth),
  };
}

/** Predictions for the test walks from the postural asymmetry vector alone, by the strongest simple classifier we have. */
function pavPredictions({ train, validation, test }: PavSets): number[] {
  const samples = (set: WalkSet): ProbeSample[] =>
    [...drawWalks(set)].map(({ keypoints, label }) => ({ measures: rawAsymmetry(keypoints), label }));
  return probe({ train: samples(train), validation: samples(validation), test: samples(test) });
}

function figures(walks: readonly JudgedWalk[], predicted: number[]): ModelMetrics['model'] {
  const truth = walks.map(({ label }) => label);
  const people = walks.map(({ person }) => person);
  const confusion = confusionMatrix(truth, predicted);
  const { macroPrecision, macroRecall } = figuresOf(confusion);
  return { ...bootstrapByPerson(people, truth, predicted, { seed: BOOTSTRAP_SEED }), macroPrecision, macroRecall, confusion };
}
