/** What is said of a model, from made-up logits: every figure by hand, and the same in text, JSON and CSV. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapByPerson } from '../../../../src/gait/bootstrap.ts';
import { softmax } from '../../../../src/gait/classScores.ts';
import { wilsonInterval } from '../../../../src/gait/interval.ts';
import { alwaysMostCommon } from '../../../../trainer/evaluate/baselines.ts';
import { evaluationOf, type Evaluation, type EvaluationInput } from '../../../../trainer/evaluate/evaluation.ts';
import { figuresCsv, predictionsCsv } from '../../../../trainer/evaluate/reportCsv.ts';
import { evaluationText } from '../../../../trainer/evaluate/reportText.ts';
import { upstreamPercent } from '../../../../trainer/evaluate/upstreamPercent.ts';
import { clipOf, clipsOf } from './madeUp.ts';

const CONFUSION = [
  [50, 6, 4],
  [3, 10, 7],
  [2, 8, 20],
];

function evaluate(clips: EvaluationInput['clips'], more: Partial<EvaluationInput> = {}): Evaluation {
  return evaluationOf({
    source: {
      kind: 'dataset',
      model: { name: 'a model', sha256: 'ab'.repeat(32) },
      data: { description: 'made-up data', root: '/data' },
      partition: 'Scoliosis1K_118',
      split: 'test',
      engine: 'none',
    },
    clips,
    peopleKnown: true,
    scale: 16,
    calibrated: false,
    baselines: {
      majority: alwaysMostCommon([2, 2, 0], clips.length, 'of the training split'),
      posture: { what: 'posture alone', skipped: 'nobody has a posture' },
    },
    warnings: ['Something to know.'],
    ...more,
  });
}

describe('an evaluation', () => {
  const whole = evaluate(clipsOf(CONFUSION));

  it('has each class against the rest, and whom it refers, with Wilson intervals', () => {
    expect(whole.figures.confusion).toEqual(CONFUSION);
    expect(whole.perClass.map(({ name, clips }) => [name, clips])).toEqual([
      ['negative', 60],
      ['neutral', 20],
      ['positive', 30],
    ]);
    expect(whole.perClass[2]).toMatchObject({ sensitivity: wilsonInterval(20, 30), specificity: wilsonInterval(69, 80) });
    expect(whole.perClass[2]!.precision).toBeCloseTo(20 / 31, 12);
    expect(whole.referral).toMatchObject({ sensitivity: wilsonInterval(45, 50), specificity: wilsonInterval(50, 60) });
  });

  it('takes areas under the curve from the softmax of the mean logits, null where a class is absent', () => {
    // Two parts that only their mean puts in order.
    const clips = [
      clipOf(0, 0, [0.9, 0.1, 0, 0, 0, 0.2]),
      clipOf(1, 1, [0, 0.2, 0.8, 0.2, 0, 0]),
      clipOf(2, 2, [0, 0, 0.3, 0.1, 0.4, 0.6]),
      clipOf(3, 2, [0.9, 0.7, 0, 0, 0.1, 0.1]),
    ];
    const { perClass, macroAuc, referral } = evaluate(clips);
    expect(perClass.map(({ auc }) => auc)).toEqual([2 / 3, 1, 0.5]);
    expect(macroAuc).toBeCloseTo((2 / 3 + 1 + 0.5) / 3, 12);
    expect(referral.auc).toBe(2 / 3);
    const none = evaluate(clips.filter(({ label }) => label !== 1));
    expect([none.perClass[1]!.auc, none.macroAuc]).toEqual([null, null]);
    expect(evaluationText(none)).toMatch(/neutral +0 +no clip/);
  });

  it('measures calibration at the scale it is given', () => {
    const clips = [clipOf(0, 0, [0.5, 0, 0]), clipOf(1, 1, [0.5, 0, 0])];
    const stated = softmax([0.5, 0, 0], 4)[0]!;
    expect(evaluate(clips, { scale: 4 }).calibration).toMatchObject({ scale: 4, calibrated: false });
    expect(evaluate(clips, { scale: 4 }).calibration.error).toBeCloseTo(Math.abs(stated - 0.5), 12);
    expect(evaluate(clips, { scale: 4 }).predictions[0]!.probabilities[0]).toBe(stated);
  });

  it('counts people: each once by the mean of their clips, and intervals over them', () => {
    const clips = [
      clipOf(0, 2, [0, 0, 0.2], { person: 'a' }),
      clipOf(1, 2, [0.6, 0, 0], { person: 'a' }),
      clipOf(2, 0, [0.6, 0, 0], { person: 'b' }),
      clipOf(3, 0, [0.5, 0, 0.6], { person: 'b' }),
      clipOf(4, 1, [0, 0.6, 0], { person: 'c' }),
    ];
    const { people, perPerson, intervals, predictions } = evaluate(clips);
    expect(people).toBe(3);
    expect(perPerson).toMatchObject({ people: 3, accuracy: 2 / 3 });
    const [truth, predicted] = [
      [2, 2, 0, 0, 1],
      [2, 0, 0, 2, 1],
    ];
    expect(intervals).toEqual({ by: 'person', ...bootstrapByPerson(['a', 'a', 'b', 'b', 'c'], truth!, predicted!, { seed: 1 }) });
    expect(predictions.map(({ person }) => person)).toEqual(['a', 'a', 'b', 'b', 'c']);

    const unknown = evaluate(clips, { peopleKnown: false });
    expect(unknown).toMatchObject({ people: null, perPerson: null, intervals: { by: 'clip' } });
    expect(unknown.predictions[0]!.person).toBeNull();
    expect(evaluationText(unknown)).toContain('people not known apart');
  });

  it('says how the figures grow with the frames, shorter clips counting with all of theirs', () => {
    const clips = [
      clipOf(0, 2, [0, 0, 1], {
        frames: 70,
        early: [
          { frames: 15, scores: [1, 0, 0] },
          { frames: 30, scores: [0, 0, 1] },
          { frames: 60, scores: [0, 0, 1] },
        ],
      }),
      clipOf(1, 0, [1, 0, 0], { frames: 20, early: [{ frames: 15, scores: [0, 1, 0] }] }),
    ];
    const { byFrames } = evaluate(clips);
    expect(byFrames.map(({ frames, clips: long, accuracy }) => [frames, long, accuracy])).toEqual([
      [15, 2, 0],
      [30, 1, 1],
      [60, 1, 1],
      [null, 2, 1],
    ]);
    expect(byFrames[0]!.sensitivity).toEqual(wilsonInterval(0, 1));
    expect(evaluate([clipOf(0, 0, [1, 0, 0])]).byFrames).toEqual([]);
  });

  it('holds it against the most common class of the training split', () => {
    expect(whole.baselines.majority).toMatchObject({
      what: 'always positive, the most common class of the training split',
      figures: { accuracy: { value: 30 / 110 } },
    });
    expect(alwaysMostCommon([], 3, 'of the training split')).toHaveProperty('skipped');
  });

  it('prints upstream’s four figures first, then of what they are', () => {
    const lines = evaluationText(whole).split('\n');
    const { accuracy, macroPrecision, macroRecall, macroF1 } = whole.figures;
    const four = [accuracy, macroPrecision, macroRecall, macroF1].map((share) => `${(100 * share).toFixed(2)} %`);
    expect(lines.slice(0, 4).map((line) => line.replace(/^.*?\s{2,}/, ''))).toEqual(four);
    const text = lines.join('\n');
    for (const part of [
      'a model',
      'ab'.repeat(32),
      'made-up data',
      'Scoliosis1K_118, test split',
      'warning: Something to know.',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('posture alone: skipped, nobody has a posture.');
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  it('survives JSON as it is, and has every figure in the CSV files', () => {
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    const figures = figuresCsv(whole);
    expect(figures).toContain(`all,macro F1,${whole.figures.macroF1},${whole.intervals.macroF1.low},`);
    expect(figures).toContain('positive,said neutral,8,,');
    expect(figures).not.toMatch(/NaN|undefined|null/);
    const [head, first] = predictionsCsv(whole).split('\r\n');
    expect(head!.split(',')).toHaveLength(first!.split(',').length);
    expect(first).toMatch(/^00000,000_180,00000,negative,negative,0\.99/);
    expect(predictionsCsv(whole).trim().split('\r\n')).toHaveLength(1 + 110);
  });

  it('refuses no clip at all', () => {
    expect(() => evaluate([])).toThrow(RangeError);
  });
});

describe('upstreamPercent', () => {
  it('rounds what lies exactly between two hundredths to the even one, as Python does', () => {
    // Python: f"{100 * (1 / 32):.2f}" is 3.12.
    expect([1 / 32, 3 / 32, 5 / 32, 7 / 32].map(upstreamPercent)).toEqual(['3.12', '9.38', '15.62', '21.88']);
    expect([0, 1, 0.735, 2 / 3].map(upstreamPercent)).toEqual(['0.00', '100.00', '73.50', '66.67']);
  });

  it('is within half a hundredth of the share', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.integer({ min: 1, max: 5000 }), (part, whole) => {
        const share = Math.min(part, whole) / whole;
        expect(upstreamPercent(share)).toMatch(/^\d+\.\d\d$/);
        expect(Math.abs(Number(upstreamPercent(share)) - 100 * share)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });
});
