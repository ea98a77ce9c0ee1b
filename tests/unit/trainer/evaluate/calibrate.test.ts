/** Probabilities and thresholds fitted on validation clips. */
import { expect, it } from 'vitest';
import { softmax } from '../../../../src/gait/classScores.ts';
import { calibrate, fitScale } from '../../../../trainer/evaluate/calibrate.ts';
import { scoresOf } from '../../../../trainer/evaluate/judge.ts';
import { randomNumbers } from '../../../tinyModel.ts';
import { clipOf } from './madeUp.ts';

const TRUE_SCALE = 9;
const random = randomNumbers(4);
/** Truths drawn from the probabilities that the scores have at the true scale. */
const clips = Array.from({ length: 3000 }, (_, index) => {
  const scores = [random() - 0.5, random() - 0.5, random() - 0.5];
  let left = random();
  const label = [...softmax(scores, TRUE_SCALE)].findIndex((share) => (left -= share) < 0);
  return clipOf(index, Math.max(label, 0), scores);
});

it('finds the scale that the truths were drawn by, and mends the probabilities', () => {
  const { probability, error } = calibrate(clips, 1, [], 'made-up clips');
  expect(probability).toEqual({ scale: expect.closeTo(TRUE_SCALE, 0), calibrated: true });
  expect(probability.scale).toBe(
    fitScale(
      clips.map(scoresOf),
      clips.map(({ label }) => label),
    ).scale,
  );
  expect(error.before).toBeGreaterThan(0.2);
  expect(error.after).toBeLessThan(0.03);
});

it('finds for each specificity the threshold that reaches it and finds the most positives', () => {
  const { probability, unreached } = calibrate(clips, 16, [0.93, 0.99], 'made-up clips');
  expect(unreached).toEqual([]);
  const [wide, strict] = probability.operatingPoints!;
  expect([wide!.asked, strict!.asked, wide!.on]).toEqual([0.93, 0.99, 'made-up clips']);
  for (const { asked, threshold, sensitivity, specificity } of [wide!, strict!]) {
    const called = clips.map((clip) => softmax(scoresOf(clip), probability.scale)[2]! >= threshold);
    const share = (label: (value: number) => boolean, said: boolean) => {
      const of = clips.flatMap((clip, index) => (label(clip.label) ? [called[index]] : []));
      return of.filter((value) => value === said).length / of.length;
    };
    expect(specificity.value).toBeGreaterThanOrEqual(asked);
    expect(specificity.value).toBeLessThan(asked + 0.002);
    expect(specificity.value).toBeCloseTo(
      share((label) => label !== 2, false),
      12,
    );
    expect(sensitivity.value).toBeCloseTo(
      share((label) => label === 2, true),
      12,
    );
    expect(sensitivity.low < sensitivity.value && sensitivity.value < sensitivity.high).toBe(true);
  }
  expect(strict!.sensitivity.value).toBeLessThan(wide!.sensitivity.value);
});

it('says which specificities no threshold reaches', () => {
  const few = [clipOf(0, 2, [0, 0, 0.1]), clipOf(1, 0, [0, 0, 0.5])];
  expect(calibrate(few, 16, [0.9], 'two clips')).toMatchObject({ unreached: [0.9], probability: { calibrated: true } });
  expect(calibrate(few, 16, [0.9], 'two clips').probability).not.toHaveProperty('operatingPoints');
});
