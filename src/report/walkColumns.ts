/** What a table says of one walk: how it was recorded, what was measured, and what made the result. Units are part of the names. */
import type { CsvCell } from '../formats/csv.ts';
import type { Walk } from '../records/visit.ts';
import { ASYMMETRY_ELEMENTS, type AsymmetryMetric } from './asymmetryElements.ts';
import { figure } from './figure.ts';
import { CLINICAL_MEASURES } from '../gait/clinical.ts';
import { isoMoment } from './moment.ts';

export interface WalkColumn {
  name: string;
  cell: (walk: Walk) => CsvCell;
}

export const RECORDING_COLUMNS: readonly WalkColumn[] = [
  { name: 'walk_id', cell: ({ id }) => id },
  { name: 'recorded', cell: ({ recorded }) => isoMoment(recorded) },
  { name: 'source', cell: ({ source }) => source },
  { name: 'duration_s', cell: ({ duration }) => figure(duration) },
  { name: 'picture_width_px', cell: ({ picture }) => picture.width },
  { name: 'picture_height_px', cell: ({ picture }) => picture.height },
  { name: 'frames_sampled', cell: ({ times }) => times.length },
  { name: 'frames_with_person', cell: ({ people }) => people.filter((count) => count > 0).length },
  { name: 'frames_usable', cell: ({ leftOut }) => leftOut.filter((reason) => reason === null).length },
  { name: 'frames_sides_settled', cell: ({ sidesSettled }) => sidesSettled },
  { name: 'rules_blocking', cell: failedRules('blocks') },
  { name: 'rules_warning', cell: failedRules('warns') },
];

const UNITS: Record<Walk['measures'][number]['unit'], string> = { '°': 'deg', '%': 'percent' };

/** Positive means are explained by `CLINICAL_MEASURES`; the side is the person's own. */
export const MEASURE_COLUMNS: readonly WalkColumn[] = CLINICAL_MEASURES.flatMap(({ name, unit }) => {
  const heading = name.replaceAll('-', '_');
  const measured = (pick: (measure: Walk['measures'][number]) => CsvCell) => (walk: Walk) => {
    const measure = walk.measures.find((each) => each.name === name);
    return measure ? pick(measure) : null;
  };
  return [
    { name: `${heading}_${UNITS[unit]}`, cell: measured(({ mean }) => figure(mean)) },
    { name: `${heading}_sd_${UNITS[unit]}`, cell: measured(({ spread }) => figure(spread)) },
    { name: `${heading}_se_${UNITS[unit]}`, cell: measured(({ standardError }) => figure(standardError)) },
    { name: `${heading}_low95_${UNITS[unit]}`, cell: measured(({ low }) => figure(low)) },
    { name: `${heading}_high95_${UNITS[unit]}`, cell: measured(({ high }) => figure(high)) },
    { name: `${heading}_side`, cell: measured(({ side }) => side) },
    { name: `${heading}_count`, cell: measured(({ count }) => count) },
    { name: `${heading}_count_of`, cell: measured(({ countOf }) => countOf) },
  ];
});

/** VD and MD are counted in 1/128 of the body's height (`gait/asymmetry.ts`). */
const METRIC_UNITS: Record<AsymmetryMetric, string> = { VD: 'height128ths', MD: 'height128ths', AD: 'rad' };

export const ASYMMETRY_COLUMNS: readonly WalkColumn[] = ASYMMETRY_ELEMENTS.map(({ pair, metric }, element) => ({
  name: `asymmetry_${pair}_${metric.toLowerCase()}_${METRIC_UNITS[metric]}`,
  cell: ({ asymmetry }) => (asymmetry ? figure(asymmetry[element] ?? NaN) : null),
}));

export const PROVENANCE_COLUMNS: readonly WalkColumn[] = [
  { name: 'model_id', cell: ({ provenance }) => provenance.model.id },
  { name: 'model_name', cell: ({ provenance }) => provenance.model.name },
  { name: 'model_sha256', cell: ({ provenance }) => provenance.model.sha256 },
  { name: 'model_trained_on', cell: ({ provenance }) => provenance.model.trainedOn },
  { name: 'model_simulated', cell: ({ provenance }) => provenance.model.simulated },
  { name: 'model_calibrated', cell: ({ provenance }) => provenance.model.calibrated },
  { name: 'backend', cell: ({ provenance }) => provenance.backend },
  { name: 'pose_model', cell: ({ provenance }) => provenance.poseModel },
  { name: 'network_input', cell: ({ provenance }) => provenance.input },
  { name: 'frame_rate_hz', cell: ({ provenance }) => figure(provenance.framesPerSecond) },
  { name: 'app_version', cell: ({ provenance }) => provenance.appVersion },
];

/** Names of the rules that failed with this severity, in the order in which they are judged. */
function failedRules(severity: Walk['findings'][number]['severity']): (walk: Walk) => string {
  return ({ findings }) =>
    findings
      .filter((finding) => !finding.passed && finding.severity === severity)
      .map(({ rule }) => rule)
      .join(' ');
}
