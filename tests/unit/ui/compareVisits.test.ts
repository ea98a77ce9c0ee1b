import { describe, expect, test } from 'vitest';
import type { Visit, Walk } from '../../../src/records/visit.ts';
import { measureChanges } from '../../../src/ui/records/compareVisits.ts';
import { bestWalk, knownMeasures } from '../../../src/ui/report/kept.ts';
import { idOf, visit } from '../records/madeUpVisit.ts';
import { assessedWalk } from '../report/visits.ts';

type Measure = Walk['measures'][number];

const [measure] = assessedWalk().measures as [Measure];
const named = (name: string, other: Partial<Measure> = {}): Measure => ({ ...measure, name, ...other });

/** A walk with so many usable frames among ten. */
const walk = (number: number, usable: number, measures: Measure[] = [measure]): Walk => ({
  ...assessedWalk(),
  id: idOf(number),
  measures,
  leftOut: Array.from({ length: 10 }, (_, frame) => (frame < usable ? null : 'unclear')),
});

const visitOf = (...measures: Measure[]): Visit => visit(1, { walks: [walk(1, 5, measures)] });

describe('of the walks of a visit', () => {
  test('the one that was seen best is shown, the first of equals', () => {
    expect(bestWalk({ walks: [walk(1, 3), walk(2, 7), walk(3, 7)] })?.id).toBe(idOf(2));
  });

  test('one without measures is none, however well it was seen', () => {
    expect(bestWalk({ walks: [walk(1, 9, []), walk(2, 1)] })?.id).toBe(idOf(2));
    expect(bestWalk({ walks: [walk(1, 9, [])] })).toBeNull();
    expect(bestWalk({ walks: [] })).toBeNull();
  });

  test('measures that another version had are left out', () => {
    const walked = walk(1, 5, [named('head-tilt'), measure]);
    expect(knownMeasures(walked)).toEqual([measure]);
  });
});

describe('between two visits', () => {
  test('a measure changes from the earlier to the later one', () => {
    const earlier = visitOf(named('shoulder-tilt', { mean: -2, low: -2.7, high: -1.5 }));
    const later = visitOf(named('shoulder-tilt', { mean: 1, low: 0.5, high: 1.5 }));
    expect(measureChanges(earlier, later)).toEqual([
      {
        name: 'shoulder-tilt',
        earlier: earlier.walks[0]!.measures[0],
        later: later.walks[0]!.measures[0],
        change: 3,
        beyond: true,
      },
    ]);
    expect(measureChanges(later, earlier)).toMatchObject([{ change: -3, beyond: true }]);
  });

  test('no change is beyond chance where the intervals meet', () => {
    const earlier = visitOf(named('shoulder-tilt', { mean: 1, low: 0, high: 2 }));
    const beyond = (low: number, high: number) =>
      measureChanges(earlier, visitOf(named('shoulder-tilt', { mean: (low + high) / 2, low, high })))[0]!.beyond;
    expect([beyond(2, 3), beyond(-1, 0), beyond(0.5, 0.6), beyond(2.01, 3), beyond(-1, -0.01)]).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test('what only one of them has is left out', () => {
    const earlier = visitOf(named('trunk-lean'), named('shoulder-tilt'));
    const later = visitOf(named('shoulder-tilt'), named('arm-gap'));
    expect(measureChanges(earlier, later).map(({ name }) => name)).toEqual(['shoulder-tilt']);
    expect(measureChanges(earlier, visit(2, { walks: [] }))).toEqual([]);
  });

  test('the walks that were seen best are compared', () => {
    const earlier = visit(1, { walks: [walk(1, 2, [named('trunk-lean')]), walk(2, 8, [named('arm-gap')])] });
    expect(measureChanges(earlier, visitOf(named('trunk-lean'), named('arm-gap'))).map(({ name }) => name)).toEqual(['arm-gap']);
  });
});
