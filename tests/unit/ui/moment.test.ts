import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Answer, Question } from './momentsElsewhere.ts';

const TIME = '2026-03-02T22:45:30.250Z';

/** What the clock shows at that time, and how far it is from UTC. */
const PLACES = [
  ['UTC', '2026-03-02T22:45:30.250', '+00:00'],
  ['Asia/Shanghai', '2026-03-03T06:45:30.250', '+08:00'],
  ['Asia/Kolkata', '2026-03-03T04:15:30.250', '+05:30'],
  ['America/New_York', '2026-03-02T17:45:30.250', '-05:00'],
  ['America/St_Johns', '2026-03-02T19:15:30.250', '-03:30'],
  ['Pacific/Marquesas', '2026-03-02T13:15:30.250', '-09:30'],
] as const;

const answers = ask({
  places: PLACES.map(([place]) => place),
  time: TIME,
  days: [
    { locale: 'en-GB', moment: '2026-03-02T23:30:00-05:00' },
    { locale: 'en-GB', moment: '2026-03-02T00:30:00+08:00' },
    { locale: 'zh-CN', moment: '2026-12-31' },
  ],
});

test.each(PLACES)('a moment in %s has the clock and the offset of the place', (place, local, offset) => {
  const { moment, today, clock } = answers.get(place)!;
  expect(moment).toBe(`${local}${offset}`);
  expect(new Date(moment)).toEqual(new Date(TIME));
  expect(today).toBe(local.slice(0, 10));
  expect(clock).toBe(local.slice(11, 16));
});

test('a day is the one on the calendar there, wherever it is read', () => {
  // The offset says that it was read in that place.
  const read = PLACES.map(([place]) => [answers.get(place)!.moment.slice(-6), answers.get(place)!.days]);
  expect(read).toEqual(PLACES.map(([, , offset]) => [offset, ['2 March 2026', '2 March 2026', '2026年12月31日']]));
});

/** The answers, by place. */
function ask(question: Question): Map<string, Answer> {
  const program = fileURLToPath(new URL('./momentsElsewhere.ts', import.meta.url));
  const said = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', 'tsx', program, JSON.stringify(question)],
    { encoding: 'utf8' },
  );
  const found = JSON.parse(said) as Answer[];
  return new Map(question.places.map((place, index) => [place, found[index]!]));
}
