/** Clinical measures on simulated people, whose true signs are known. */
import { describe, expect, it } from 'vitest';
import { measureClinically, type ClinicalName } from '../../../src/gait/clinical.ts';
import { drawClipConditions, simulateClip, simulateExactClip } from '../../../trainer/simulate/clip.ts';
import { drawPerson, type SimulatedPerson } from '../../../trainer/simulate/person.ts';
import { addSigns, type Signs } from '../../../trainer/simulate/signs.ts';

const people = Array.from({ length: 60 }, (_, index) => drawPerson(77, index, index % 2 === 0 ? 'positive' : 'negative'));
const signsOf = (person: SimulatedPerson): Signs => addSigns(person.signs, drawClipConditions(person, 0).signs);
const exact = people.map((person) => measureClinically(simulateExactClip(person, 0).sequence));
const noisy = people.map((person) => measureClinically(simulateClip(person, 0).sequence));

const DEGREES = 180 / Math.PI;

interface Truth {
  name: ClinicalName;
  /** What was put in, in the measure's own unit; the arm gap in degrees of the arms, which is what is known of it. */
  of(person: SimulatedPerson, signs: Signs): number;
  /**
   * Least correlation over people, seen exactly and through a pose model's noise. Not 1 even where seen exactly: the camera is rolled by 0.7° (standard deviation),
   * a turned trunk brings one shoulder nearer and so higher or lower, posture wanders.
   */
  exact: number;
  noisy: number;
  /** Measured for true, where both are in one unit. */
  slope?: readonly [number, number];
}

const TRUTHS: readonly Truth[] = [
  {
    name: 'shoulder-tilt',
    of: ({ build }, { shoulderHeight }) => Math.asin(shoulderHeight / (2 * build.shoulderHalfWidth)) * DEGREES,
    exact: 0.82,
    noisy: 0.8,
    slope: [0.9, 1.1],
  },
  {
    name: 'pelvis-tilt',
    of: ({ build }, { pelvisHeight }) => Math.asin(pelvisHeight / (2 * build.hipHalfWidth)) * DEGREES,
    exact: 0.92,
    noisy: 0.75,
    slope: [0.9, 1.1],
  },
  {
    name: 'trunk-lean',
    of: ({ build }, { trunkShift, trunkLean }) => Math.atan2(trunkShift, build.trunk) * DEGREES + trunkLean,
    exact: 0.95,
    noisy: 0.94,
    slope: [0.9, 1.2],
  },
  {
    name: 'trunk-shift',
    of: ({ build }, { trunkShift, trunkLean, headOffset }) => {
      const leant = (build.trunk + build.neckToEyes) * Math.sin(trunkLean / DEGREES);
      return ((trunkShift + headOffset + leant) / build.trunk) * 100;
    },
    exact: 0.96,
    noisy: 0.95,
    slope: [0.9, 1.1],
  },
  { name: 'arm-gap', of: (_person, { armGap }) => armGap, exact: 0.88, noisy: 0.87 },
  // Left late by a share of the stride, right early by it: 2s of the stride's halves.
  { name: 'step-symmetry', of: (_person, { stepTime }) => 400 * stepTime, exact: 0.95, noisy: 0.88, slope: [0.7, 1.1] },
  { name: 'arm-swing-symmetry', of: (_person, { armSwing }) => 200 * Math.tanh(armSwing / 2), exact: 0.9, noisy: 0.9 },
];

describe.each(TRUTHS)('$name follows the sign that was put in', ({ name, of, slope, ...least }) => {
  it.each([
    ['seen exactly', exact, least.exact],
    ['seen through noise', noisy, least.noisy],
  ] as const)('%s', (_how, measured, floor) => {
    const pairs = people.flatMap((person, index) => {
      const measure = measured[index]?.find((each) => each.name === name);
      return measure ? [{ x: of(person, signsOf(person)), y: measure.mean }] : [];
    });
    expect(pairs.length).toBeGreaterThan(40);
    const line = fitLine(pairs);
    expect(line.correlation).toBeGreaterThan(floor);
    if (slope) {
      expect(line.slope).toBeGreaterThan(slope[0]);
      expect(line.slope).toBeLessThan(slope[1]);
    }
  });
});

/** Least squares, and Pearson's correlation. */
function fitLine(pairs: readonly { x: number; y: number }[]): { correlation: number; slope: number } {
  const mean = (pick: (pair: { x: number; y: number }) => number) =>
    pairs.reduce((sum, pair) => sum + pick(pair), 0) / pairs.length;
  const [x, y] = [mean((pair) => pair.x), mean((pair) => pair.y)];
  const covariance = mean((pair) => (pair.x - x) * (pair.y - y));
  const [varianceX, varianceY] = [mean((pair) => (pair.x - x) ** 2), mean((pair) => (pair.y - y) ** 2)];
  return { correlation: covariance / Math.sqrt(varianceX * varianceY), slope: covariance / varianceX };
}
