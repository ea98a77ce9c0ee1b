import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import { SITE, SUMMARIES } from '../../../src/records/layout.ts';
import { matches, newestFirst, summaryOf, type VisitFilter } from '../../../src/records/summary.ts';
import { OUTCOMES } from '../../../src/records/visit.ts';
import { Device } from './device.ts';
import { idOf, visit } from './madeUpVisit.ts';

/** Every way to read rows of a store. */
const READS = ['get', 'getAll', 'openCursor'] as const;

const PLACES = ['Gym', 'Corridor', 'Gym 2'];

/** Day after day from the first of January, in a made-up order; every seventh has something due. */
function made(number: number) {
  const day = new Date(Date.UTC(2024, 0, 1 + ((number * 7919) % 700)));
  const followUp = { due: `2026-0${1 + (number % 9)}-15`, done: number % 2 === 0 ? null : '2026-01-01T08:00:00Z', note: '' };
  const source = visit(number);
  return {
    ...source,
    participant: { ...source.participant, code: `S-${String(number).padStart(4, '0')}` },
    started: day.toISOString(),
    place: PLACES[number % 3]!,
    result: { ...source.result, outcome: OUTCOMES[number % 4]! },
    followUp: number % 7 === 0 ? followUp : null,
  };
}

describe('2,000 records', async () => {
  const store = await new Device().open();
  const visits = Array.from({ length: 2000 }, (_, number) => made(number));
  await store.merge(visits.map((each) => ({ changed: '2026-01-01T00:00:00Z', visit: each })));
  const summaries = visits.map(summaryOf);

  it('are listed, the newest first', async () => {
    const { found, damaged } = await store.list();
    expect(damaged).toEqual([]);
    expect(found).toHaveLength(2000);
    expect(found.every(({ started }, index) => index === 0 || started <= found[index - 1]!.started)).toBe(true);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2000);
  });

  it.each([
    ['a code', { code: 'S-1234' }, 1],
    ['a part of a code, in lower case with blanks around it', { code: ' s-12 ' }, 100],
    ['an outcome', { outcome: 'borderline' }, 500],
    ['a place', { place: 'Gym' }, 667],
    ['a time, both days included', { from: '2024-03-01', to: '2024-03-02' }, 6],
    ['what is due', { dueBy: '2026-01-15' }, 16],
    ['all of it together', { code: '1', outcome: 'refer', place: 'Corridor', from: '2024-01-01', to: '2024-12-31' }, 49],
    ['what nobody has', { code: 'X' }, 0],
  ] satisfies [string, VisitFilter, number][])('are searched by %s', async (_, filter, count) => {
    const reading = READS.map((method) => vi.spyOn(IDBObjectStore.prototype, method));
    const { found } = await store.list(filter);
    const read = reading.flatMap(({ mock }) => mock.contexts.map((context) => (context as IDBObjectStore).name));
    vi.restoreAllMocks();
    // Where keypoints are isn't looked at.
    expect([...new Set(read)].sort()).toEqual([SITE, SUMMARIES]);
    expect(found).toHaveLength(count);
    expect(found).toEqual(summaries.filter((summary) => matches(summary, filter)).sort(newestFirst));
  });
});

describe('a summary', () => {
  it('has nothing due where it was done, or nothing was agreed', () => {
    const source = visit(1);
    expect(summaryOf(source).due).toBe('2026-04-01');
    expect(summaryOf({ ...source, followUp: { ...source.followUp!, done: '2026-03-09T10:00:00Z' } }).due).toBeNull();
    expect(summaryOf({ ...source, followUp: null }).due).toBeNull();
  });

  it('is found by a letter however it was typed', () => {
    const summary = { ...summaryOf(visit(1)), code: 'É-1' };
    expect(matches(summary, { code: 'e\u0301-' })).toBe(true);
    expect(matches(summary, { code: 'e-' })).toBe(false);
  });

  it('stands in the order of moments, not of clocks', () => {
    const at = (id: string, started: string) => ({ ...summaryOf(visit(1)), id, started });
    const sorted = [
      at('a', '2026-03-02T09:00:00+02:00'),
      at('b', '2026-03-02T08:30:00Z'),
      at('d', '2026-03-02T07:00:00Z'),
      at('c', '2026-03-02T02:00:00-05:00'),
    ].sort(newestFirst);
    expect(sorted.map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('belongs to the day on the calendar of the place', () => {
    const summary = { ...summaryOf(visit(1)), started: '2026-03-02T23:30:00-05:00', id: idOf(1) };
    expect(matches(summary, { from: '2026-03-02', to: '2026-03-02' })).toBe(true);
  });
});
