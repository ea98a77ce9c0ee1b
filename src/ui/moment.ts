/** Moments as they are kept and shown: ISO 8601 with the offset of the place, so that a walk's day is the one on the calendar there. */

import { dayOf } from '../records/moment.ts';

export { dayOf };

const MINUTE = 60_000;

export function now(): Date {
  return new Date();
}

export function momentOf(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const pad = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  const local = new Date(date.getTime() + offset * MINUTE).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? '-' : '+'}${pad(offset / 60)}:${pad(offset % 60)}`;
}

/** This day on the calendar of this place, YYYY-MM-DD. */
export function today(): string {
  return dayOf(momentOf(now()));
}

/** A moment's or a day's date, as a language writes it in full: "2 March 2026". */
export function dayIn(locale: string, moment: string): string {
  const [year = NaN, month = NaN, day = NaN] = dayOf(moment).split('-').map(Number);
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day));
}

/** Hour and minute, as the clock showed them there: "09:30". */
export function clockOf(moment: string): string {
  return moment.slice(11, 16);
}
