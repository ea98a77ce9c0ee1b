/**
 * What a run's log is made of. Everywhere in it an iteration is the number of steps done by then: the figures of the first step stand at 1,
 * and an evaluation after 1000 steps at 1000, beside the step that led to it.
 */
import * as v from 'valibot';
import { CLASS_COUNT } from '../../src/gait/labels.ts';

/** What the training loop says of a step. */
export interface StepFigures {
  /** The step's number, counted from 0. */
  iteration: number;
  /** Weighted sum of the two that follow. */
  loss: number;
  crossEntropy: number;
  triplet: number;
  /** Share of the batch's clips classified right. */
  accuracy: number;
  learningRate: number;
  /** The whole step, waiting included. */
  seconds: number;
  /** Seconds of it in which there was no batch to compute on. */
  waitingForData: number;
  gradientNorm?: number;
}

/** What it says of a look at the validation clips. */
export interface EvaluationFigures {
  /** Steps done. */
  iteration: number;
  split: 'validation';
  clips: number;
  accuracy: number;
  macroPrecision: number;
  macroRecall: number;
  macroF1: number;
  /** Rows truth, columns prediction, in the order negative, neutral, positive. */
  confusion: number[][];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const classes = <Schema extends v.GenericSchema>(item: Schema) => v.pipe(v.array(item), v.length(CLASS_COUNT));

/** A line of `log.jsonl`. */
export const stepLineSchema = v.object({
  /** Steps done, this one included. */
  iteration: count,
  /** Unix seconds. */
  time: v.number(),
  loss: v.number(),
  crossEntropy: v.number(),
  triplet: v.number(),
  accuracy: share,
  learningRate: v.number(),
  seconds: v.number(),
  waitingForData: v.number(),
  gradientNorm: v.optional(v.number()),
});
export type StepLine = v.InferOutput<typeof stepLineSchema>;

/** A line of `evaluations.jsonl`. */
export const evaluationLineSchema = v.object({
  iteration: count,
  time: v.number(),
  split: v.literal('validation'),
  clips: count,
  accuracy: share,
  macroPrecision: share,
  macroRecall: share,
  macroF1: share,
  confusion: classes(classes(count)),
});
export type EvaluationLine = v.InferOutput<typeof evaluationLineSchema>;

/** Names that TensorBoard and W&B group by what stands before the slash. */
export function stepScalars(line: StepLine): Record<string, number> {
  return {
    'loss/total': line.loss,
    'loss/cross-entropy': line.crossEntropy,
    'loss/triplet': line.triplet,
    'accuracy/train': line.accuracy,
    'learning-rate': line.learningRate,
    ...(line.gradientNorm === undefined ? {} : { 'gradient-norm': line.gradientNorm }),
    'speed/seconds-a-step': line.seconds,
    'speed/share-waiting-for-data': line.seconds > 0 ? line.waitingForData / line.seconds : 0,
  };
}

export function evaluationScalars({ accuracy, macroF1, macroPrecision, macroRecall }: EvaluationLine): Record<string, number> {
  return {
    'evaluation/accuracy': accuracy,
    'evaluation/macro-f1': macroF1,
    'evaluation/macro-precision': macroPrecision,
    'evaluation/macro-recall': macroRecall,
  };
}
