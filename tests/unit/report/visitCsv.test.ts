import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitCsv } from '../../../src/report/visitCsv.ts';
import { anyVisit } from './anyVisit.ts';
import { twoWalks } from './visits.ts';

/** A reader of RFC 4180 of the test's own: rows of cells. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

/** Rows by the names of their columns. */
function recordsOf(text: string): Record<string, string>[] {
  const [heading = [], ...rows] = readCsv(text.replace('\ufeff', ''));
  return rows.map((row) => Object.fromEntries(heading.map((name, column) => [name, row[column] ?? 'missing'])));
}

describe('visitCsv', () => {
  it('has a row for each walk and one for the visit', () => {
    const records = recordsOf(visitCsv([twoWalks()]));
    expect(records.map(({ row, walk_number, outcome }) => [row, walk_number, outcome])).toEqual([
      ['walk', '1', 'refer'],
      ['walk', '2', 'not-assessable'],
      ['visit', '', 'refer'],
    ]);
  });

  it('says what was measured, with its unit in the heading', () => {
    const [walk, blocked, visit] = recordsOf(visitCsv([twoWalks()]));
    expect(walk).toMatchObject({
      table_version: '1',
      record_version: '1',
      visit_date: '2026-03-02',
      visit_started: '2026-03-02T09:30:00+01:00',
      recorded: '2026-03-02T09:31:00+01:00',
      participant_code: 'S-014',
      participant_age_band_years: '13-15',
      probability_positive: '0.7',
      duration_s: '9.87',
      frames_sampled: '3',
      frames_with_person: '2',
      frames_usable: '1',
      rules_blocking: '',
      rules_warning: 'steps',
      shoulder_tilt_deg: '-2.12346',
      shoulder_tilt_low95_deg: '-2.7',
      shoulder_tilt_side: 'right',
      shoulder_tilt_count_of: 'strides',
      arm_gap_percent: '',
      asymmetry_eye_vd_height128ths: '0',
      asymmetry_ankle_ad_rad: '2.3',
      model_simulated: 'true',
      model_trained_on: '2,000 simulated people',
      app_version: '0.1.0',
    });
    expect(blocked).toMatchObject({ rules_blocking: 'whole-body', probability_positive: '', asymmetry_eye_vd_height128ths: '' });
    expect(visit).toMatchObject({ walks_combined: '1', threshold_refer: '0.6', walk_id: '', duration_s: '', model_id: '' });
  });

  it('begins with a byte order mark, and its columns have different names', () => {
    const text = visitCsv([]);
    expect(text.startsWith('\ufefftable_version,')).toBe(true);
    const [heading = []] = readCsv(text.slice(1));
    expect(new Set(heading).size).toBe(heading.length);
    for (const name of heading) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  it('leaves remarks out and makes no formula of a code or a place', () => {
    const visit = twoWalks();
    visit.participant.code = '=HYPERLINK("x")';
    visit.place = '@SUM(A1)';
    const text = visitCsv([visit]);
    expect(text).not.toMatch(/Ada|mother/);
    expect(recordsOf(text)[0]).toMatchObject({ participant_code: `'=HYPERLINK("x")`, place: "'@SUM(A1)" });
  });

  it('gives every row every column, whatever the visits', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 3 }), (visits) => {
        const [heading = [], ...rows] = readCsv(visitCsv(visits).slice(1));
        expect(rows).toHaveLength(visits.reduce((sum, { walks }) => sum + walks.length + 1, 0));
        for (const row of rows) {
          expect(row).toHaveLength(heading.length);
          for (const cell of row) expect(/^[=+@]/.test(cell) || /^-(?!\d)/.test(cell)).toBe(false);
          expect(row.join()).not.toMatch(/NaN|Infinity|undefined|\[object/);
        }
      }),
      { numRuns: 50 },
    );
  });
});
