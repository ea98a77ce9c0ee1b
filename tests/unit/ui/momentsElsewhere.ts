/**
 * What `moment.ts` says in other time zones, for moment.test.ts. This is a program of its own: a time zone is a process's, and where a
 * worker thread sets `TZ`, its clock stays as it is. It takes a `Question` as JSON and prints an `Answer` for each place.
 */
import { mock } from 'node:test';
import { clockOf, dayIn, momentOf, today } from '../../../src/ui/moment.ts';

export interface Question {
  places: string[];
  /** What the time is, ISO 8601. */
  time: string;
  /** Moments to be written out as days. */
  days: { locale: string; moment: string }[];
}

export interface Answer {
  moment: string;
  today: string;
  clock: string;
  days: string[];
}

const { places, time, days } = JSON.parse(process.argv[2]!) as Question;
mock.timers.enable({ apis: ['Date'], now: new Date(time) });
const answers = places.map((place): Answer => {
  process.env['TZ'] = place;
  const moment = momentOf(new Date(time));
  return {
    moment,
    today: today(),
    clock: clockOf(moment),
    days: days.map((day) => dayIn(day.locale, day.moment)),
  };
});
console.log(JSON.stringify(answers));
