import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { dayOf, instantOf } from '../../../src/records/moment.ts';

describe('moments', () => {
  it.each([
    ['2026-03-02T09:30:00+01:00', '2026-03-02T08:30:00.000Z'],
    ['2026-03-02T09:30:00Z', '2026-03-02T09:30:00.000Z'],
    ['2026-03-02 09:30:00.25 -0330', '2026-03-02T13:00:00.250Z'],
    ['2026-03-02T09:30:00+05', '2026-03-02T04:30:00.000Z'],
    ['2026-01-01T00:30:00+14:00', '2025-12-31T10:30:00.000Z'],
  ])('%s is %s', (moment, instant) => {
    expect(new Date(instantOf(moment)).toISOString()).toBe(instant);
  });

  it('every moment that a record may hold is an instant', () => {
    const moment = fc.stringMatching(
      /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z| ?[+-]([01]\d|2[0-3])(:?[0-5]\d)?)$/,
    );
    fc.assert(
      fc.property(moment, (value) => {
        expect(v.is(v.pipe(v.string(), v.isoTimestamp()), value)).toBe(true);
        expect(instantOf(value)).not.toBeNaN();
      }),
    );
  });

  it('lies on the day of its place', () => {
    expect(dayOf('2026-03-02T23:30:00-05:00')).toBe('2026-03-02');
  });
});
