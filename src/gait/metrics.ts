/**
 * How good a classifier is, as OpenGait's evaluator counts it: accuracy and unweighted means of precision, recall and F1 over the classes,
 * a quotient without a denominator counting as 0. Everything is computed from the confusion matrix.
 */
import { CLASS_COUNT } from './labels.ts';

/** Rows truth, columns prediction, in the class order negative, neutral, positive. */
export type Confusion = number[][];

export interface ClassFigures {
  precision: number;
  recall: number;
  /** Of those that are not of this class, the share that was not called it. */
  specificity: number;
  f1: number;
}

export interface Figures {
  accuracy: number;
  macroPrecision: number;
  macroRecall: number;
  macroF1: number;
  perClass: ClassFigures[];
}

/** Counts truth against prediction, both class indices, one of each per walk. Throws RangeError where they don't fit. */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number = CLASS_COUNT,
): Confusion {
  if (truth.length !== predicted.length)
    throw new RangeError(`${truth.length} truths can't be held against ${predicted.length} predictions.`);
  const confusion = emptyConfusion(classes);
  for (let i = 0; i < truth.length; i++) {
    const row = confusion[truth[i]!];
    if (row?.[predicted[i]!] === undefined) throw new RangeError(`Walk ${i} has a class outside 0..${classes - 1}.`);
    row[predicted[i]!]! += 1;
  }
  return confusion;
}

export function emptyConfusion(classes: number = CLASS_COUNT): Confusion {
  return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
}

/** Accuracy, macro figures and those of each class, all 0..1. */
export function figuresOf(confusion: Confusion): Figures {
  const classes = confusion.length;
  const total = sum(confusion.map(sum));
  const perClass = confusion.map((row, c): ClassFigures => {
    const hits = row[c]!;
    const actual = sum(row);
    const called = sum(confusion.map((other) => other[c]!));
    return {
      precision: quotient(hits, called),
      recall: quotient(hits, actual),
      specificity: quotient(total - actual - called + hits, total - actual),
      f1: quotient(2 * hits, actual + called),
    };
  });
  const macro = (pick: (figures: ClassFigures) => number) => quotient(sum(perClass.map(pick)), classes);
  return {
    accuracy: quotient(sum(confusion.map((row, c) => row[c]!)), total),
    macroPrecision: macro((figures) => figures.precision),
    macroRecall: macro((figures) => figures.recall),
    macroF1: macro((figures) => figures.f1),
    perClass,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quotient(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
