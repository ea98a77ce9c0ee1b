import { expect, it } from 'vitest';
import { dayOf } from '../../../src/records/moment.ts';
import { isoMoment } from '../../../src/report/moment.ts';

it.each([
  ['2026-03-02T09:30:00+01:00', '2026-03-02T09:30:00+01:00'],
  ['2026-03-02 09:30:00.250Z', '2026-03-02T09:30:00.250Z'],
  ['2026-03-02T09:30:00-0330', '2026-03-02T09:30:00-03:30'],
  ['2026-03-02T09:30:00 +05', '2026-03-02T09:30:00+05:00'],
  ['2026-03-02T09:30:00+14:00', '2026-03-02T09:30:00+14:00'],
  // No clock is that far from UTC, and FHIR doesn't take it.
  ['2026-03-02T09:30:00+14:30', '2026-03-01T19:00:00.000Z'],
])('%s is written as %s', (moment, expected) => {
  expect(isoMoment(moment)).toBe(expected);
});

it('knows the day where the moment was', () => {
  expect(dayOf('2026-03-02T00:30:00+08:00')).toBe('2026-03-02');
});
