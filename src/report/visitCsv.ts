/**
 * Visits as a table for statistics: one row for each walk, and one for what the walks of a visit say together. Names of classes, rules,
 * measures and sides are the program's own and never translated. Units stand in the headings, after the name: a row of units below them
 * would make text of every column of numbers. A cell is empty where there is nothing to say.
 *
 * It begins with a byte order mark, without which Excel takes UTF-8 for something else; readr and pandas pass over it. Text that a
 * spreadsheet would take for a formula is made harmless (`formats/csv.ts`). Free remarks are left out: they may name somebody.
 */
import { toCsv, type CsvCell } from '../formats/csv.ts';
import { dayOf } from '../records/moment.ts';
import type { Visit, Walk } from '../records/visit.ts';
import { ASYMMETRY_COLUMNS, MEASURE_COLUMNS, PROVENANCE_COLUMNS, RECORDING_COLUMNS, type WalkColumn } from './walkColumns.ts';
import { figure } from './figure.ts';
import { isoMoment } from './moment.ts';

/** Grows when a column is renamed, taken away or changes its meaning. */
export const VISIT_CSV_VERSION = 1;

/** A row is about a walk, or about the whole visit. */
interface Row {
  visit: Visit;
  /** null for the visit's own row. */
  walk: Walk | null;
}

interface Column {
  name: string;
  cell: (row: Row) => CsvCell;
}

const ABOUT: readonly Column[] = [
  { name: 'table_version', cell: () => VISIT_CSV_VERSION },
  { name: 'record_version', cell: ({ visit }) => visit.schema },
  { name: 'row', cell: ({ walk }) => (walk ? 'walk' : 'visit') },
  { name: 'visit_id', cell: ({ visit }) => visit.id },
  { name: 'visit_date', cell: ({ visit }) => dayOf(visit.started) },
  { name: 'visit_started', cell: ({ visit }) => isoMoment(visit.started) },
  { name: 'place', cell: ({ visit }) => visit.place },
  { name: 'participant_code', cell: ({ visit }) => visit.participant.code },
  { name: 'participant_age_band_years', cell: ({ visit }) => visit.participant.ageBand },
  { name: 'participant_sex', cell: ({ visit }) => visit.participant.sex },
  { name: 'consent', cell: ({ visit }) => visit.consent !== null },
  { name: 'prevalence', cell: ({ visit }) => share(visit.prevalence) },
  { name: 'follow_up_due', cell: ({ visit }) => visit.followUp?.due ?? null },
  { name: 'walk_number', cell: ({ visit, walk }) => walk && visit.walks.indexOf(walk) + 1 },
];

const OUTCOME: readonly Column[] = [
  { name: 'outcome', cell: (row) => said(row).outcome },
  { name: 'probability_negative', cell: (row) => share(said(row).probabilities?.negative) },
  { name: 'probability_neutral', cell: (row) => share(said(row).probabilities?.neutral) },
  { name: 'probability_positive', cell: (row) => share(said(row).probabilities?.positive) },
  { name: 'probability_positive_sd', cell: ({ visit, walk }) => (walk ? null : share(visit.result.spread)) },
  { name: 'walks_combined', cell: ({ visit, walk }) => (walk ? null : visit.result.walks) },
  { name: 'threshold_refer', cell: ({ visit }) => share(visit.result.thresholds?.refer) },
  { name: 'threshold_borderline', cell: ({ visit }) => share(visit.result.thresholds?.borderline) },
];

const OF_WALK = [...RECORDING_COLUMNS, ...MEASURE_COLUMNS, ...ASYMMETRY_COLUMNS, ...PROVENANCE_COLUMNS].map(
  ({ name, cell }: WalkColumn): Column => ({ name, cell: ({ walk }) => walk && cell(walk) }),
);

const COLUMNS = [...ABOUT, ...OUTCOME, ...OF_WALK];

/** The text of the file, UTF-8 when written. Visits in the order given; of each its walks, and then the visit. */
export function visitCsv(visits: readonly Visit[]): string {
  const rows = visits.flatMap((visit): Row[] => [...visit.walks.map((walk) => ({ visit, walk })), { visit, walk: null }]);
  const heading = COLUMNS.map(({ name }) => name);
  return toCsv([heading, ...rows.map((row) => COLUMNS.map(({ cell }) => cell(row)))], { byteOrderMark: true });
}

function said({ visit, walk }: Row): Pick<Walk, 'outcome' | 'probabilities'> {
  return walk ?? visit.result;
}

function share(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : figure(value);
}
