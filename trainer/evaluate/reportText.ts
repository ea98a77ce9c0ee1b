/** An evaluation as text for a terminal: what upstream prints first, then what a screening needs. */
import type { Interval } from '../../src/gait/interval.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import type { Baseline, Evaluation, EvaluationSource } from './evaluation.ts';
import { textTable } from '../terminal/textTable.ts';
import { upstreamPercent } from './upstreamPercent.ts';

export function evaluationText(evaluation: Evaluation): string {
  return [
    upstreamText(evaluation),
    headText(evaluation),
    confusionText(evaluation),
    classText(evaluation),
    referralText(evaluation),
    otherText(evaluation),
    framesText(evaluation),
    baselineText(evaluation),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headText({ source, clips, people, warnings }: Evaluation): string {
  const who = people === null ? 'people not known apart' : `${people} people`;
  return [...sourceLines(source), `${clips} clips, ${who}`, ...warnings.map((warning) => `warning: ${warning}`)].join('\n');
}

function sourceLines(source: EvaluationSource): string[] {
  if (source.kind === 'logits') return [`logits     ${source.logits}`, `truth      ${source.truth}`];
  const { model, data, partition, split, engine } = source;
  return [
    `model      ${model.name}`,
    `weights    SHA-256 ${model.sha256}`,
    `data       ${data.description} (${data.root})`,
    `partition  ${partition}, ${split} split`,
    `engine     ${engine}`,
  ];
}

function upstreamText({ figures: { accuracy, macroPrecision, macroRecall, macroF1 } }: Evaluation): string {
  return [
    `accuracy         ${upstreamPercent(accuracy)} %`,
    `macro precision  ${upstreamPercent(macroPrecision)} %`,
    `macro recall     ${upstreamPercent(macroRecall)} %`,
    `macro F1         ${upstreamPercent(macroF1)} %`,
  ].join('\n');
}

function confusionText({ figures: { confusion } }: Evaluation): string {
  return textTable(
    ['truth \\ said', ...CLASSES],
    confusion.map((row, label) => [CLASSES[label]!, ...row.map(String)]),
  );
}

function classText({ perClass }: Evaluation): string {
  return textTable(
    ['one class against the rest', 'clips', 'sensitivity', 'specificity', 'precision', 'F1', 'ROC AUC'],
    perClass.map(({ name, clips, sensitivity, specificity, precision, f1, auc }) => [
      name,
      String(clips),
      clips === 0 ? 'no clip' : within(sensitivity),
      within(specificity),
      percent(precision),
      percent(f1),
      ratio(auc),
    ]),
  );
}

function referralText({ referral }: Evaluation): string {
  const { positivesReferred, neutralsReferred, sensitivity, specificity, auc } = referral;
  return textTable(
    ['positive or neutral = refer', 'share', 'ROC AUC'],
    [
      ['positives referred', within(positivesReferred), ''],
      ['neutrals referred', within(neutralsReferred), ''],
      ['both referred (sensitivity)', within(sensitivity), ratio(auc)],
      ['negatives not referred (specificity)', within(specificity), ''],
    ],
  );
}

function otherText({ clips, intervals, macroAuc, calibration, perPerson }: Evaluation): string {
  const drawn = intervals.by === 'person' ? 'people' : 'clips, as if each were of another person';
  const fitted = calibration.calibrated ? 'fitted on validation people' : 'not fitted';
  const lines = [
    `accuracy ${within(intervals.accuracy)}, macro F1 ${within(intervals.macroF1)}: 95 %, by bootstrap over ${drawn}`,
    `macro ROC AUC ${ratio(macroAuc)}`,
    `calibration error ${calibration.error.toFixed(3)} (15 bins; scale of the softmax ${calibration.scale.toFixed(2)}, ${fitted})`,
  ];
  // Where everybody has one clip these are the figures above.
  if (perPerson && perPerson.people < clips) {
    const { people, accuracy, macroPrecision, macroRecall, macroF1 } = perPerson;
    const four = [accuracy, macroPrecision, macroRecall, macroF1].map(percent).join(', ');
    lines.push(`each of ${people} people once, by the mean of their clips: accuracy, macro precision, recall, F1 ${four} %`);
  }
  return lines.join('\n');
}

function framesText({ byFrames }: Evaluation): string {
  if (byFrames.length === 0) return '';
  return textTable(
    ['first frames', 'clips as long', 'accuracy', 'macro F1', 'sensitivity (positive)', 'specificity'],
    byFrames.map(({ frames, clips, accuracy, macroF1, sensitivity, specificity }) => [
      frames === null ? 'all' : String(frames),
      String(clips),
      percent(accuracy),
      percent(macroF1),
      within(sensitivity),
      within(specificity),
    ]),
  );
}

function baselineText({ baselines: { majority, posture } }: Evaluation): string {
  const rows = [posture, majority].flatMap((baseline) =>
    'skipped' in baseline ? [] : [[baseline.what, ...baselineCells(baseline)]],
  );
  const skipped = [posture, majority].flatMap((baseline) =>
    'skipped' in baseline ? [`${baseline.what}: skipped, ${baseline.skipped}.`] : [],
  );
  const table = rows.length > 0 ? [textTable(['to be beaten', 'accuracy', 'precision', 'recall', 'macro F1'], rows)] : [];
  return [...table, ...skipped].join('\n');
}

function baselineCells({ figures }: Extract<Baseline, { figures: unknown }>): string[] {
  const { accuracy, macroPrecision, macroRecall, macroF1 } = figures;
  return [within(accuracy), percent(macroPrecision), percent(macroRecall), within(macroF1)];
}

function within({ value, low, high }: Interval): string {
  return `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
