import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ClipEntry, Dataset } from '../../../../trainer/data/dataset.ts';
import {
  checkSplits,
  readPartition,
  requireSplit,
  selectSplit,
  SPLITS,
  writePartition,
  type Partition,
} from '../../../../trainer/data/partition.ts';
import { expectDataError, temporaryFolder } from './madeUpDataset.ts';

const at = temporaryFolder();

/** Clips 0, 1, 2, … whose classes take turns; each of a person of its own unless `subjects` says otherwise, or of nobody known. */
function dataset(count: number, subjects: (string | null)[] = Array.from({ length: count }, (_, id) => `p${id}`)): Dataset {
  const clips = Array.from({ length: count }, (_, id): ClipEntry => ({
    ...{ id: String(id), label: id % 3, view: 'v', folder: `/data/${id}`, files: ['a.pkl'] },
    subject: subjects[id] ?? null,
  }));
  return { root: '/data', clips, subjectsKnown: clips.every(({ subject }) => subject !== null), about: null };
}

function partition(train: number[], test: number[], validation: number[] = []): Partition {
  const ids = { train: train.map(String), validation: validation.map(String), test: test.map(String) };
  return { name: 'split', ids };
}

describe('partition files', () => {
  it('are OpenGait’s, with a validation set where there is one', async () => {
    const ids = { train: ['1', '2'], validation: ['3'], test: ['4'] };
    await writePartition(at('ours.json'), ids);
    expect(await readPartition(at('ours.json'))).toEqual({ name: 'ours', ids });
    await writePartition(at('upstream.json'), { ...ids, validation: [] });
    expect(JSON.parse(await readFile(at('upstream.json'), 'utf8'))).toEqual({ TRAIN_SET: ['1', '2'], TEST_SET: ['4'] });
    expect((await readPartition(at('upstream.json'))).ids.validation).toEqual([]);
  });

  it.each([
    ['a key nobody knows', '{ "TRAIN_SET": [], "TEST_SET": [], "VAL_SET": ["1"] }', 'VAL_SET'],
    ['a missing set', '{ "TRAIN_SET": [] }', 'TEST_SET'],
    ['numbers for ids', '{ "TRAIN_SET": [1], "TEST_SET": [] }', 'TRAIN_SET.0'],
    ['no JSON', 'TRAIN_SET', 'not JSON'],
  ])('with %s are refused', async (_, text, says) => {
    await writeFile(at('bad.json'), text);
    await expectDataError(readPartition(at('bad.json')), 'unreadable', 'bad.json', says);
  });

  it('have to be there', async () => {
    await expectDataError(readPartition(at('nowhere.json')), 'unreadable', 'no partition file', 'nowhere.json');
  });
});

describe('splits', () => {
  it('select the clips, and name the ids that have none', () => {
    const { clips, missing } = selectSplit(dataset(4), partition([3, 9, 1], []), 'train');
    expect(clips.map(({ id }) => id)).toEqual(['1', '3']);
    expect(missing).toEqual(['9']);
  });

  it('must be there where they are needed', () => {
    expect(requireSplit(dataset(4), partition([0, 1], [2]), 'test').map(({ id }) => id)).toEqual(['2']);
    expect(() => requireSplit(dataset(4), partition([0], [8, 9]), 'test')).toThrow(
      'TEST_SET of split names 2 ids that have no clip in /data: 8, 9.',
    );
    expect(() => requireSplit(dataset(4), partition([0], [1]), 'validation')).toThrow('VALIDATION_SET of split names no id.');
  });
});

describe('checkSplits', () => {
  const codes = (...args: Parameters<typeof checkSplits>): string[] => checkSplits(...args).map(({ code }) => code);

  it('has nothing to say of a sound partition', () => {
    expect(codes(dataset(9), partition([0, 1, 2], [3, 4, 5], [6, 7, 8]))).toEqual([]);
  });

  it('finds each thing that is wrong', () => {
    expect(checkSplits(dataset(8, ['a', 'b', 'c', 'd', 'e', 'b', 'f', 'g']), partition([0, 1, 2, 2], [3, 4, 5, 0, 12]))).toEqual([
      { grade: 'warning', code: 'id-twice', message: 'TRAIN_SET of split names 2 more than once.' },
      { grade: 'error', code: 'id-without-clip', message: 'TEST_SET of split names ids that have no clip: 12.' },
      { grade: 'error', code: 'id-in-two-splits', message: 'split has ids in more than one split: 0.' },
      { grade: 'warning', code: 'folder-in-no-split', message: 'split leaves out folders of the dataset: 6, 7.' },
      {
        grade: 'error',
        code: 'person-in-two-splits',
        message: 'split has people in more than one split: b. Results on them mean nothing.',
      },
    ]);
    expect(codes(dataset(6), partition([0, 1, 3, 4], []))).toEqual(['class-missing', 'split-empty', 'folder-in-no-split']);
  });

  it('says that leakage can’t be excluded where nobody says who is who', () => {
    const split = partition([0, 1, 2], [3, 4, 5]);
    const [unknown] = checkSplits(dataset(6, []), split);
    expect(unknown).toMatchObject({ grade: 'warning', code: 'people-unknown' });
    expect(unknown?.message).toMatch(/^No subjects\.json .* leakage between splits can't be excluded\.$/);
    const [partly] = checkSplits(dataset(6, ['a', 'b', 'c', 'd', null, 'f']), split);
    expect(partly?.message).toBe("subjects.json names no person for 4, so leakage between splits can't be excluded.");
  });

  it('finds a person in two splits if and only if there is one', () => {
    const people = fc.array(fc.record({ person: fc.nat(6), split: fc.constantFrom(...SPLITS) }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(people, (drawn) => {
        const data = dataset(
          drawn.length,
          drawn.map(({ person }) => String(person)),
        );
        const idsIn = (name: string): number[] => drawn.flatMap(({ split }, id) => (split === name ? [id] : []));
        const found = codes(data, partition(idsIn('train'), idsIn('test'), idsIn('validation')));
        const shared = drawn.some((one) => drawn.some((other) => one.person === other.person && one.split !== other.split));
        expect(found.includes('person-in-two-splits')).toBe(shared);
        expect(found).not.toContain('id-in-two-splits');
        expect(found).not.toContain('people-unknown');
      }),
    );
  });
});
