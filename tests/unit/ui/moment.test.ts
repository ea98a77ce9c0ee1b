import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockOf, dayIn, momentOf, today } from '../../../src/ui/moment.ts';

const zone = process.env['TZ'];

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test.each([
  ['UTC', '2026-03-02T22:45:30.250', '+00:00'],
  ['Asia/Shanghai', '2026-03-03T06:45:30.250', '+08:00'],
  ['Asia/Kolkata', '2026-03-03T04:15:30.250', '+05:30'],
  ['America/New_York', '2026-03-02T17:45:30.250', '-05:00'],
  ['America/St_Johns', '2026-03-02T19:15:30.250', '-03:30'],
  ['Pacific/Marquesas', '2026-03-02T13:15:30.250', '-09:30'],
])('a moment in %s has the clock and the offset of the place', (place, local, offset) => {
  process.env['TZ'] = place;
  const date = new Date('2026-03-02T22:45:30.250Z');
  vi.setSystemTime(date);
  const moment = momentOf(date);
  expect(moment).toBe(`${local}${offset}`);
  expect(new Date(moment)).toEqual(date);
  expect(today()).toBe(local.slice(0, 10));
  expect(clockOf(moment)).toBe(local.slice(11, 16));
});

test('a day is the one on the calendar there, wherever it is read', () => {
  for (const place of ['Asia/Shanghai', 'America/New_York']) {
    process.env['TZ'] = place;
    expect(dayIn('en-GB', '2026-03-02T23:30:00-05:00')).toBe('2 March 2026');
    expect(dayIn('en-GB', '2026-03-02T00:30:00+08:00')).toBe('2 March 2026');
    expect(dayIn('zh-CN', '2026-12-31')).toBe('2026年12月31日');
  }
});
