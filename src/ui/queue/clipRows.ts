/** The table as rows of a CSV file: plain names and numbers, one row a clip, readable by a spreadsheet and by a script. */
import type { Clip } from '../clip.svelte.ts';
import type { CsvCell } from '../../formats/csv.ts';
import { reasonOf } from '../reason.ts';

export const CSV_COLUMNS = [
  'file',
  'outcome',
  'probability_pattern',
  'probability_borderline',
  'probability_no_pattern',
  'usable_frames',
  'sampled_frames',
  'reason',
  'model',
  'model_sha256',
  'simulated_weights',
  'backend',
  'pose_model',
  'input',
  'app_version',
];

/** Clips that came to an end of their own; cancelled ones say nothing. */
export function clipRows(clips: readonly Clip[]): CsvCell[][] {
  const finished = clips.filter(({ state }) => state === 'done' || state === 'failed');
  return [CSV_COLUMNS, ...finished.map(clipRow)];
}

function clipRow({ name, result, problem }: Clip): CsvCell[] {
  if (!result) {
    const row = [name, 'not-screened', null, null, null, null, null, problem?.() ?? null];
    return [...row, ...Array<null>(CSV_COLUMNS.length - row.length).fill(null)];
  }
  const { probabilities, counts, model } = result;
  const share = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(4)));
  return [
    name,
    result.outcome,
    share(probabilities?.positive),
    share(probabilities?.neutral),
    share(probabilities?.negative),
    counts.usable,
    counts.sampled,
    reasonOf(result),
    model.id,
    model.sha256,
    model.simulated,
    result.backend.name,
    result.poseModel,
    result.input,
    result.appVersion,
  ];
}
