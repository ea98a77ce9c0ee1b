/** An evaluation for spreadsheets: one file of figures, a figure a line, and one of predictions, a clip a line. */
import { toCsv, type CsvCell } from '../../src/formats/csv.ts';
import type { Interval } from '../../src/gait/interval.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import type { Baseline, Evaluation } from './evaluation.ts';

type Row = [about: string, figure: string, value: CsvCell, low: CsvCell, high: CsvCell];

/** about, figure, value and, where there is one, its 95 % interval; shares 0…1. */
export function figuresCsv(evaluation: Evaluation): string {
  const { figures, intervals, perClass, referral, macroAuc, calibration, byFrames, perPerson, baselines } = evaluation;
  const rows: Row[] = [
    row('all', 'clips', evaluation.clips),
    row('all', 'people', evaluation.people),
    row('all', 'accuracy', intervals.accuracy),
    row('all', 'macro precision', figures.macroPrecision),
    row('all', 'macro recall', figures.macroRecall),
    row('all', 'macro F1', intervals.macroF1),
    row('all', 'macro ROC AUC', macroAuc),
    row('all', 'calibration error', calibration.error),
    ...figures.confusion.flatMap((counts, truth) =>
      counts.map((count, said) => row(CLASSES[truth]!, `said ${CLASSES[said]}`, count)),
    ),
    ...perClass.flatMap(({ name, clips, sensitivity, specificity, precision, f1, auc }) => [
      row(name, 'clips', clips),
      row(name, 'sensitivity', sensitivity),
      row(name, 'specificity', specificity),
      row(name, 'precision', precision),
      row(name, 'F1', f1),
      row(name, 'ROC AUC', auc),
    ]),
    row('refer', 'positives referred', referral.positivesReferred),
    row('refer', 'neutrals referred', referral.neutralsReferred),
    row('refer', 'sensitivity', referral.sensitivity),
    row('refer', 'specificity', referral.specificity),
    row('refer', 'ROC AUC', referral.auc),
    ...byFrames.flatMap(({ frames, clips, accuracy, macroPrecision, macroRecall, macroF1, sensitivity, specificity }) => {
      const about = frames === null ? 'all frames' : `first ${frames} frames`;
      return [
        row(about, 'clips as long', clips),
        ...four(about, { accuracy, macroPrecision, macroRecall, macroF1 }),
        row(about, 'sensitivity for positive', sensitivity),
        row(about, 'specificity for positive', specificity),
      ];
    }),
    ...(perPerson ? [row('each person once', 'people', perPerson.people), ...four('each person once', perPerson)] : []),
    ...[baselines.posture, baselines.majority].flatMap(baselineRows),
  ];
  return toCsv([['about', 'figure', 'value', 'low', 'high'], ...rows]);
}

export function predictionsCsv({ predictions }: Evaluation): string {
  const head = ['id', 'view', 'person', 'truth', 'prediction', ...CLASSES.map((name) => `probability ${name}`), 'frames'];
  const rows = predictions.map(({ id, view, person, truth, prediction, probabilities, frames }): CsvCell[] => [
    ...[id, view, person, truth, prediction],
    ...probabilities,
    frames,
  ]);
  return toCsv([head, ...rows]);
}

interface Four {
  accuracy: number | Interval;
  macroPrecision: number;
  macroRecall: number;
  macroF1: number | Interval;
}

function four(about: string, { accuracy, macroPrecision, macroRecall, macroF1 }: Four): Row[] {
  return [
    row(about, 'accuracy', accuracy),
    row(about, 'macro precision', macroPrecision),
    row(about, 'macro recall', macroRecall),
    row(about, 'macro F1', macroF1),
  ];
}

function baselineRows(baseline: Baseline): Row[] {
  return 'skipped' in baseline ? [] : four(baseline.what, baseline.figures);
}

function row(about: string, figure: string, value: number | null | Interval): Row {
  if (typeof value === 'number' || value === null) return [about, figure, value, null, null];
  return [about, figure, value.value, value.low, value.high];
}
