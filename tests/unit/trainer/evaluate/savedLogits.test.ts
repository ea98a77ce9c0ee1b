/** Logits from elsewhere: read with their truths, and refused in one sentence where they are not what they have to be. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { NdArray } from '../../../../src/formats/ndarray.ts';
import { writeNpy } from '../../../../src/formats/npy.ts';
import { writePickledArray } from '../../../../src/formats/pickle.ts';
import { readSavedLogits } from '../../../../trainer/evaluate/savedLogits.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';

const at = temporaryFolder();

function logits(shape: number[], fill: (index: number) => number = (index) => index / 10): NdArray {
  const length = shape.reduce((product, axis) => product * axis, 1);
  return { dtype: 'float64', shape, data: Float64Array.from({ length }, (_, index) => fill(index)) };
}

async function read(array: NdArray, truth: unknown, pickled = false) {
  await writeFile(at('logits'), pickled ? writePickledArray(array) : writeNpy(array));
  await writeFile(at('truth.json'), typeof truth === 'string' ? truth : JSON.stringify(truth));
  return readSavedLogits(at('logits'), at('truth.json'));
}

describe('saved logits', () => {
  it('come with truths by name or index, and with people where they are given', async () => {
    const { clips, peopleKnown } = await read(logits([2, 3, 2]), ['positive', 0]);
    expect(peopleKnown).toBe(false);
    expect(clips.map(({ id, person, label }) => [id, person, label])).toEqual([
      ['0', '0', 2],
      ['1', '1', 0],
    ]);
    expect(clips[1]!.logits).toEqual([0.6, 0.7, 0.8, 0.9, 1, 1.1]);
    const known = await read(logits([2, 3, 2]), { truth: [1, 'neutral'], people: ['a', 7], accuracy: 1 }, true);
    expect([known.peopleKnown, known.clips.map(({ person }) => person)]).toEqual([true, ['a', '7']]);
  });

  it.each([
    ['two axes', logits([4, 3]), [0, 0, 0, 0], /shape \[4, 3\]; logits are \[clips, 3, parts\]/],
    ['parts and classes the wrong way round', logits([2, 16, 3]), [0, 0], /shape \[2, 16, 3\]/],
    ['no clip', logits([0, 3, 16]), [], /shape \[0, 3, 16\]/],
    ['a NaN', logits([2, 3, 2], (index) => (index === 9 ? NaN : 0)), [0, 0], /holds NaN for clip 1/],
    ['an infinity', logits([2, 3, 2], () => -Infinity), [0, 0], /holds -Infinity for clip 0/],
    ['fewer truths', logits([2, 3, 2]), [0], /holds 1 truths and .* logits of 2 clips/],
    ['fewer people', logits([2, 3, 2]), { truth: [0, 1], people: ['a'] }, /holds 1 people and .* of 2 clips/],
    [
      'a class nobody knows',
      logits([2, 3, 2]),
      ['negative', 'postive'],
      /clip 1 the class "postive".*negative \(0\), neutral \(1\), positive \(2\)/,
    ],
    ['a class beyond the three', logits([2, 3, 2]), [0, 3], /clip 1 the class 3/],
    ['no list', logits([2, 3, 2]), { truths: [0, 1] }, /holds no truths/],
    ['null', logits([2, 3, 2]), 'null', /holds no truths/],
    ['people who are no list', logits([2, 3, 2]), { truth: [0, 1], people: 'a' }, /"people" has to be a list/],
    ['a file that is no JSON', logits([2, 3, 2]), '[0,', /truth\.json is not JSON/],
  ])('refuse %s', async (_, array, truth, sentence) => {
    const error: unknown = await read(array, truth).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  });
});
