/** Moments of a record as points in time: they carry the offset of the place they were written at. */

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z| ?([+-])(\d{2}):?(\d{2})?)$/;
const MINUTE = 60_000;

export const DAY = 24 * 60 * MINUTE;

/** Milliseconds since 1970, for any moment that a record may hold; browsers don't all read its rarer forms. */
export function instantOf(moment: string): number {
  const [, year, month, day, hour, minute, second, fraction = '0', sign, hours = '0', minutes = '0'] = MOMENT.exec(moment) ?? [];
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return local + Number(`0.${fraction}`) * 1000 - (sign === '-' ? -offset : offset);
}

/** The day on the calendar of the place where it was, YYYY-MM-DD. */
export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}
