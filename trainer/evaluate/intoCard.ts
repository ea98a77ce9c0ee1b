/** Puts an evaluation on test people into a model's manifest, and so into its card. */
import { CLASSES } from '../../src/gait/labels.ts';
import type { ModelManifest, ModelMetrics } from '../../src/nets/manifest.ts';
import type { Baselines } from './baselines.ts';
import { cardFigures, type Evaluation } from './evaluation.ts';
import type { JudgedSet } from './judgedSet.ts';

/** How the limits begin that only the figures can tell. */
const NO_BETTER = 'Not shown to be better than posture alone';
const NOT_COMPARED = 'Not compared with posture alone';

/** Throws in a sentence where figures on this set are not such as a card can stand by. */
export function checkCardable({ faults }: JudgedSet, { majority }: Baselines): void {
  if (faults.length > 0) throw new Error(`The card stays as it is: ${faults.join(' ')}`);
  requireBaseline(majority);
}

/** The manifest with the figures in it; of a set that {@link checkCardable} lets pass. */
export function withMetrics(manifest: ModelManifest, evaluation: Evaluation): ModelManifest {
  const metrics = metricsOf(evaluation);
  const others = manifest.limits.filter((limit) => ![NO_BETTER, NOT_COMPARED].some((start) => limit.startsWith(start)));
  return { ...manifest, metrics, limits: [...others, ...comparedWithPosture(metrics)] };
}

function requireBaseline<T extends { what: string }>(baseline: T | { what: string; skipped: string }): T {
  if (!('skipped' in baseline)) return baseline;
  throw new Error(`The card stays as it is: it compares with ${baseline.what}, and ${baseline.skipped}.`);
}

function metricsOf(evaluation: Evaluation): ModelMetrics {
  const { source, predictions, baselines, perClass, calibration, people, clips } = evaluation;
  if (source.kind !== 'dataset' || source.split !== 'test') throw new Error('Only figures on the test split go into the card.');
  const positive = perClass[CLASSES.indexOf('positive')]!;
  return {
    set: `the test ${people === null ? 'clips (people not known apart)' : 'people'} of ${source.partition}.json, ${source.data.description}`,
    people: people ?? clips,
    clips,
    model: cardFigures(
      predictions.map(({ id, person }) => person ?? id),
      predictions.map(({ truth }) => CLASSES.indexOf(truth)),
      predictions.map(({ prediction }) => CLASSES.indexOf(prediction)),
    ),
    majorityBaseline: requireBaseline(baselines.majority).figures,
    pavBaseline: 'skipped' in baselines.posture ? null : baselines.posture.figures,
    sensitivity: positive.sensitivity,
    specificity: positive.specificity,
    calibrationError: calibration.error,
  };
}

/** A network has to be worth its weight: where a handful of posture measures does as well, its card says so. */
function comparedWithPosture({ model, pavBaseline }: ModelMetrics): string[] {
  if (!pavBaseline) return [`${NOT_COMPARED}: the data had no asymmetry vectors.`];
  if (model.macroF1.low > pavBaseline.macroF1.value) return [];
  const figures = `macro-F1 ${model.macroF1.value.toFixed(3)} against ${pavBaseline.macroF1.value.toFixed(3)}`;
  return [`${NO_BETTER}, measured without any network (${figures} on the same people).`];
}
