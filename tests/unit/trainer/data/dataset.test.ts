import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readAbout, writeAbout, type DatasetAbout } from '../../../../trainer/data/about.ts';
import { openDataset, scanDataset } from '../../../../trainer/data/dataset.ts';
import { writeSubjects } from '../../../../trainer/data/subjects.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../../src/gait/recipes.ts';
import { absence, fixturePath } from '../../../fixtures.ts';
import { expectDataError, maps, put, temporaryFolder, vectors, VIEW } from './madeUpDataset.ts';

const at = temporaryFolder();

describe('openDataset', () => {
  it('finds the clips of OpenGait’s layout, sorted, with the files of each by name', async () => {
    const root = at('sound');
    await put(root, '00010', 'positive', '1_pav.pkl', vectors(1));
    await put(root, '00010', 'positive', '0_heatmap.pkl', maps(1));
    await put(root, '00002', 'negative', 'a.pkl', maps(1));
    await writeFile(at('sound', '00002', 'negative', VIEW, 'b.pkl.part'), 'half');
    await writeFile(at('sound', 'partition.json'), '{}');
    await mkdir(at('sound', '.cache'));
    const dataset = await openDataset(root);
    expect(dataset).toMatchObject({ root, about: null, subjectsKnown: false });
    expect(dataset.clips).toEqual([
      { id: '00002', label: 0, view: VIEW, folder: at('sound', '00002', 'negative', VIEW), files: ['a.pkl'], subject: null },
      {
        id: '00010',
        label: 2,
        view: VIEW,
        folder: at('sound', '00010', 'positive', VIEW),
        files: ['0_heatmap.pkl', '1_pav.pkl'],
        subject: null,
      },
    ]);
  });

  it('knows who its clips are of where subjects.json says it of each', async () => {
    const root = at('people');
    for (const id of ['1', '2']) await put(root, id, 'neutral', 'a.pkl', maps(1));
    await writeFile(at('people', 'subjects.json'), '{ "1": 7, "3": "nobody" }');
    expect(await openDataset(root)).toMatchObject({ subjectsKnown: false, clips: [{ subject: '7' }, { subject: null }] });
    await writeSubjects(root, new Map([...'12'].map((id) => [id, 'Ada'])));
    expect(await openDataset(root)).toMatchObject({ subjectsKnown: true, clips: [{ subject: 'Ada' }, { subject: 'Ada' }] });
  });

  it('keeps what the data is and the recipe of its maps', async () => {
    const about: DatasetAbout = { schema: 1, data: 'made up', simulated: true, recipe: SIGMA15_JOINT8_BODY_ONLY };
    await put(at('about'), '1', 'neutral', 'a.pkl', maps(1));
    await writeAbout(at('about'), about);
    expect((await openDataset(at('about'))).about).toEqual(about);
    await writeFile(at('about', 'dataset.json'), '{ "schema": 1, "data": "x", "simulated": "yes", "recipe": null }');
    await expectDataError(readAbout(at('about')), 'unreadable', 'dataset.json', 'simulated');
    await writeFile(at('about', 'dataset.json'), '{');
    await expectDataError(openDataset(at('about')), 'unreadable', 'dataset.json', 'not JSON');
  });

  it(`reads the fixture of 18 clips${absence('dataset-pose-pkl')}`, async ({ skip }) => {
    const root = fixturePath('dataset-pose-pkl');
    skip(root === null);
    const { clips } = await openDataset(root!);
    expect(clips.map(({ id }) => Number(id))).toEqual([...Array(18).keys()]);
    expect([0, 1, 2].map((label) => clips.filter((clip) => clip.label === label).length)).toEqual([6, 6, 6]);
  });
});

describe('what is wrong with a folder', () => {
  it('is said of the first one, with how many more there are, and of all by the scan', async () => {
    const root = at('wrong');
    await put(root, '00001', 'neutral', 'a.pkl', maps(1));
    await mkdir(at('wrong', '00002', 'Positive', VIEW), { recursive: true });
    await mkdir(at('wrong', '00003'), { recursive: true });
    await mkdir(at('wrong', '00004', 'negative'), { recursive: true });
    await mkdir(at('wrong', '00005', 'negative', VIEW), { recursive: true });
    await put(root, '00006', 'negative', 'a.pkl', maps(1));
    await put(root, '00006', 'positive', 'a.pkl', maps(1));
    const { dataset, problems } = await scanDataset(root);
    expect(dataset.clips.map(({ id }) => id)).toEqual(['00001']);
    expect(problems.map(({ id, error }) => [id, error.code, error.message])).toEqual([
      [
        '00002',
        'layout',
        `${at('wrong', '00002', 'Positive')} is the folder of a class that nobody knows; the classes are negative, neutral, positive.`,
      ],
      ['00003', 'empty', `${at('wrong', '00003')} has no class folder in it.`],
      ['00004', 'empty', `${at('wrong', '00004', 'negative')} has no view folder in it.`],
      ['00005', 'empty', `${at('wrong', '00005', 'negative', VIEW)} has no .pkl file in it.`],
      ['00006', 'layout', `${at('wrong', '00006')} has more than one class, negative and positive, and a sequence has one.`],
    ]);
    await expectDataError(openDataset(root), 'layout', '00002/Positive', 'nobody knows', 'And 4 more');
  });

  it('ends the matter where there is no dataset at all', async () => {
    await mkdir(at('empty'));
    await writeFile(at('file'), '');
    await expectDataError(openDataset(at('empty')), 'empty', 'holds no clip');
    await expectDataError(openDataset(at('nowhere')), 'unreadable', 'there is no such folder');
    await expectDataError(openDataset(at('file')), 'unreadable', 'it is no folder');
  });
});
