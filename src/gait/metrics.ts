/**
 * How good a classifier is, as OpenGait's evaluator counts it: accuracy and unweighted means of precision, recall and F1 over the classes,
 * a quotient without a denominator counting as 0. Everything is computed from the confusion matrix.
 */
import { wilsonInterval, type Interval } from './interval.ts';
import { CLASS_COUNT, CLASSES, type ClassName } from './labels.ts';

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

/** One class against the rest, Wilson 95 %. */
export interface ClassRates {
  /** Of those of the class, the share that was called it. */
  sensitivity: Interval;
  /** Of the others, the share that was not. */
  specificity: Interval;
}

export function ratesPerClass(confusion: Confusion): ClassRates[] {
  const total = sum(confusion.map(sum));
  return confusion.map((row, c) => {
    const hits = row[c]!;
    const actual = sum(row);
    const called = sum(confusion.map((other) => other[c]!));
    return {
      sensitivity: wilsonInterval(hits, actual),
      specificity: wilsonInterval(total - actual - called + hits, total - actual),
    };
  });
}

/**
 * What a screening does with three classes: whoever is called positive or neutral is referred to somebody who examines them. Shares with
 * Wilson's 95 % intervals.
 */
export interface ReferralRates {
  /** Of the positives. */
  positivesReferred: Interval;
  neutralsReferred: Interval;
  /** Of positives and neutrals together: the sensitivity of referring. */
  sensitivity: Interval;
  /** Of the negatives, the share that is not referred. */
  specificity: Interval;
}

/** From a confusion matrix of the three classes. */
export function referralRates(confusion: Confusion): ReferralRates {
  const rowOf = (name: ClassName) => confusion[CLASSES.indexOf(name)]!;
  const cleared = (row: readonly number[]) => row[CLASSES.indexOf('negative')]!;
  const referred = (...names: ClassName[]) => {
    const rows = names.map(rowOf);
    const all = sum(rows.map(sum));
    return wilsonInterval(all - sum(rows.map(cleared)), all);
  };
  const negatives = rowOf('negative');
  return {
    positivesReferred: referred('positive'),
    neutralsReferred: referred('neutral'),
    sensitivity: referred('positive', 'neutral'),
    specificity: wilsonInterval(cleared(negatives), sum(negatives)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quotient(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
