/** Our evaluator against scikit-learn's figures on 200 made-up walks. */
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { argmax, meanOverParts } from '../../src/gait/classScores.ts';
import { confusionMatrix, figuresOf } from '../../src/gait/metrics.ts';
import { absence, readFixture } from '../fixtures.ts';

interface Expected {
  truth: number[];
  accuracy: number;
  precision: number;
  recall: number;
  f1: number;
  confusion: number[][];
}

const CLASSES = 3;
const PARTS = 16;

describe('the evaluator', () => {
  const missing = absence('evaluator/logits_ncp.npy', 'evaluator/expected.json');
  it.skipIf(missing)(`equals scikit-learn${missing}`, async () => {
    const { data, shape } = readNpy(await readFixture('evaluator/logits_ncp.npy'));
    if (!(data instanceof Float32Array)) throw new TypeError('logits should be float32');
    expect(shape).toEqual([200, CLASSES, PARTS]);
    const expected = JSON.parse(new TextDecoder().decode(await readFixture('evaluator/expected.json'))) as Expected;

    const perWalk = CLASSES * PARTS;
    const predicted = expected.truth.map((_, walk) =>
      argmax(meanOverParts(data.subarray(walk * perWalk, (walk + 1) * perWalk), CLASSES, PARTS)),
    );
    const confusion = confusionMatrix(expected.truth, predicted);
    expect(confusion).toEqual(expected.confusion);
    const figures = figuresOf(confusion);
    expect(figures.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(figures.macroPrecision).toBeCloseTo(expected.precision, 12);
    expect(figures.macroRecall).toBeCloseTo(expected.recall, 12);
    expect(figures.macroF1).toBeCloseTo(expected.f1, 12);
  });
});
