import { describe, expect, it } from 'vitest';
import { simulateExactClip } from '../../../trainer/simulate/clip.ts';
import { measureClip } from '../../../trainer/simulate/measures.ts';
import { simulatePeople } from '../../../trainer/simulate/population.ts';
import { probe, type ProbeSample } from '../../../trainer/simulate/probe.ts';
import { Random } from '../../../trainer/random/random.ts';

const accuracy = (test: readonly ProbeSample[], predicted: readonly number[]): number =>
  predicted.filter((label, index) => label === test[index]?.label).length / predicted.length;

describe('the probe', () => {
  const random = new Random(5);
  const draw = (count: number, informative: boolean): ProbeSample[] =>
    Array.from({ length: count }, (_, index) => {
      const label = index % 3;
      // The side is random, so the class shows in the size alone: a straight line can't find it.
      const size = informative ? 3 * label * (random.chance(0.5) ? 1 : -1) : 0;
      return { measures: [size + random.normal(0, 0.7), random.normal()], label };
    });

  it('finds classes that differ in size on either side', () => {
    const test = draw(150, true);
    expect(accuracy(test, probe({ train: draw(300, true), validation: draw(150, true), test }))).toBeGreaterThan(0.8);
  });

  it('finds nothing where there is nothing', () => {
    const test = draw(150, false);
    expect(accuracy(test, probe({ train: draw(300, false), validation: draw(150, false), test }))).toBeLessThan(0.5);
  });
});

describe('measures of a clip', () => {
  const people = simulatePeople({ people: 120, seed: 21, classShares: { negative: 1, neutral: 0, positive: 1 } });
  const measures = people.map((person) => measureClip(simulateExactClip(person, 0).sequence.keypoints));

  it('are finite', () => {
    expect(measures.every((values) => values.every(Number.isFinite))).toBe(true);
  });

  it('are larger, all together, in people with a curve', () => {
    const width = measures[0]!.length;
    const scale = Array.from({ length: width }, (_, at) => Math.sqrt(measures.reduce((sum, row) => sum + row[at]! ** 2, 0)));
    const size = (label: number): number => {
      const rows = measures.filter((_, index) => people[index]!.label === label);
      return (
        rows.reduce((sum, row) => sum + row.reduce((total, value, at) => total + (value / scale[at]!) ** 2, 0), 0) / rows.length
      );
    };
    expect(size(2)).toBeGreaterThan(1.3 * size(0));
  });
});
