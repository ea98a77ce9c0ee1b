import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { summaryOf, type VisitSummary } from '../../../src/records/summary.ts';
import { Search } from '../../../src/ui/records/search.svelte.ts';
import { visit, withCode } from '../records/madeUpVisit.ts';

const followUp = (due: string | null, done: string | null = null) => ({ due, done, note: '' });

const VISITS: readonly VisitSummary[] = [
  withCode(1, 'S-014'),
  withCode(2, 's-0145'),
  { ...withCode(3, 'T-2'), started: '2026-01-31T23:30:00+01:00', followUp: followUp('2026-03-10') },
  { ...withCode(4, 'T-3'), started: '2026-04-01T00:30:00+02:00', followUp: followUp('2026-03-11') },
  { ...withCode(5, 'T-4'), followUp: followUp('2026-01-01', '2026-01-01T09:00:00Z') },
  visit(6, { result: { ...visit(6).result, outcome: 'none-found' }, followUp: null }),
].map(summaryOf);

let search: Search;

beforeEach(() => {
  search = new Search();
  vi.useFakeTimers({ now: new Date('2026-03-10T12:00:00Z') });
});

afterEach(() => vi.useRealTimers());

/** The numbers of the visits that are found. */
const found = () => search.in(VISITS).map(({ id }) => Number.parseInt(id.slice(-12), 16));

test('who looks for nothing sees everything, in its order', () => {
  expect(found()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a code is found by a part of it', () => {
  search.code = ' S-01 ';
  expect(found()).toEqual([1, 2, 6]);
  search.code = '  ';
  expect(found()).toHaveLength(6);
});

test('an outcome, and days as the calendar showed them there', () => {
  search.outcome = 'none-found';
  expect(found()).toEqual([6]);
  search.outcome = '';
  search.to = '2026-01-31';
  expect(found()).toEqual([3]);
  search.to = '';
  search.from = '2026-04-01';
  expect(found()).toEqual([4]);
});

test('what is to be done by today', () => {
  search.due = true;
  expect(found()).toEqual([3]);
  vi.setSystemTime(new Date('2026-04-01T12:00:00Z'));
  expect(found()).toEqual([1, 2, 3, 4]);
});

test('everything that is asked for has to hold', () => {
  search.code = 't-';
  search.due = true;
  search.from = '2026-02-01';
  expect(found()).toEqual([]);
});

test('a hundred rows are drawn, and as many more each time', () => {
  expect(search.shown).toBe(100);
  search.more();
  expect(search.shown).toBe(200);
});
