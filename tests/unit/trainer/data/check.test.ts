import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NdArray } from '../../../../src/formats/ndarray.ts';
import { CLASSES } from '../../../../src/gait/labels.ts';
import { command } from '../../../../trainer/commands/check.ts';
import { checkDataset, type DatasetReport } from '../../../../trainer/data/checkDataset.ts';
import { reportText } from '../../../../trainer/data/checkReport.ts';
import { readPartition, writePartition } from '../../../../trainer/data/partition.ts';
import { writeSubjects } from '../../../../trainer/data/subjects.ts';
import { absence, fixturePath } from '../../../fixtures.ts';
import { expectDataError, maps, poses, put, silhouettes, temporaryFolder, vectors, VIEW } from './madeUpDataset.ts';

const at = temporaryFolder();
const quiet = (): void => undefined;

/** Six clips, two of each class, with these files; the first half of each class is trained on. */
async function six(name: string, files: (id: number) => Record<string, NdArray>): Promise<string> {
  for (let id = 0; id < 6; id++) {
    for (const [file, array] of Object.entries(files(id))) await put(at(name), String(id), CLASSES[id % 3]!, file, array);
  }
  await writeSubjects(at(name), new Map([...'012345'].map((id) => [id, `p${id}`])));
  await writePartition(at(name, 'partition.json'), { train: ['0', '1', '2'], validation: [], test: ['3', '4', '5'] });
  return at(name);
}

/** Poses in which everything but the confidence is the same; `missing` joints of every frame are 0. */
function posed(frames: number, confidence: number, missing = 0): NdArray {
  const array = poses(frames);
  for (let keypoint = 0; keypoint < frames * 17; keypoint++) {
    array.data[keypoint * 3 + 2] = confidence;
    if (keypoint % 17 < missing) array.data.fill(0 as never, keypoint * 3, keypoint * 3 + 2);
  }
  return array;
}

/** Maps that are lit all over, but for the first frames, which are blank. */
function lit(frames: number, blank = 0): NdArray {
  const array = maps(frames);
  array.data.fill(200 as never).fill(0 as never, 0, blank * 8192);
  return array;
}

const codes = ({ findings }: DatasetReport): string[] => findings.map(({ grade, code }) => `${grade} ${code}`);

describe('checkDataset', () => {
  it('reports on poses', async () => {
    const root = await six('poses', (id) => ({ 'a.pkl': posed(20 + id, [0.8, 0.9, 1][id % 3]!) }));
    const report = await checkDataset(root, await readPartition(at('poses', 'partition.json')), quiet);
    expect(report).toMatchObject({
      ...{ root, clips: 6, people: 6, partition: 'partition', geometry: null, findings: [] },
      modalities: { pose: 6, 'skeleton-map': 0, asymmetry: 0, silhouette: 0 },
      splits: {
        train: { negative: 1, neutral: 1, positive: 1 },
        validation: { negative: 0, neutral: 0, positive: 0 },
        none: { negative: 0, neutral: 0, positive: 0 },
      },
      frames: { total: 135, shortest: 20, median: 22.5, longest: 25 },
      classes: { negative: { clips: 2, missingJoints: 0, asymmetry: null } },
    });
    CLASSES.forEach((name, label) => expect(report.classes[name].confidence).toBeCloseTo([0.8, 0.9, 1][label]!, 5));
    expect(reportText(report)).toMatch(/Nothing is wrong\.$/);
  });

  it('reports on maps and vectors', async () => {
    const root = await six('maps', (id) => {
      const vector = vectors(16);
      vector.data.forEach((_, index) => (vector.data[index] = id));
      return { '0_heatmap.pkl': lit(16), '1_pav.pkl': vector };
    });
    const report = await checkDataset(root, await readPartition(at('maps', 'partition.json')), quiet);
    expect(report.findings).toEqual([]);
    // Lit from edge to edge, and 20 of 64 columns are cut.
    expect(report.geometry).toMatchObject({ width: { mean: 64, p95: 64 }, height: { mean: 64 }, active: { mean: 1 } });
    expect(report.geometry?.cutMass.mean).toBeCloseTo(20 / 64, 9);
    // Clips 0 and 3, 1 and 4, 2 and 5; the training vectors are 0, 1 and 2, and 3, 4, 5 are clipped.
    expect(report.classes.negative.asymmetry).toEqual(new Array(24).fill(1.5));
    expect(CLASSES.map((name) => report.classes[name].normalisedAsymmetry)).toEqual([0.5, 0.75, 1]);
    const text = reportText(report);
    for (const words of ['6 people', 'mass in the cut columns', 'shoulders', '1.50  1.50  1.50']) expect(text).toContain(words);
  });

  it('finds what is wrong with clips, and looks at all the others', async () => {
    const root = await six('wrong', (id) => ({ 'a.pkl': posed(20, 0.9, id === 5 ? 1 : 0) }));
    await put(root, '1', 'neutral', 'b.pkl', vectors(7));
    await writeFile(at('wrong', '2', 'positive', VIEW, 'a.pkl'), 'cos\nsystem\n.');
    await put(root, '3', 'negative', 'a.pkl', posed(14, 0.9));
    await put(root, '4', 'neutral', 'a.pkl', silhouettes(20));
    await mkdir(at('wrong', '6', 'unsure', VIEW), { recursive: true });
    await put(root, '7', 'neutral', 'a.pkl', posed(0, 0.9));
    const report = await checkDataset(root, await readPartition(at('wrong', 'partition.json')), quiet);
    expect(codes(report)).toEqual([
      'error layout',
      'error length',
      'error unreadable',
      'error empty',
      'error modality-missing',
      'error modality-missing',
      'warning short',
      'warning joint-never-seen',
      'warning folder-in-no-split',
      'warning people-unknown',
    ]);
    const messages = report.findings.map(({ message }) => message).join('\n');
    for (const words of ['6/unsure', 'b.pkl has 7', '"os.system"', '7/neutral/000_180/a.pkl holds no frame', 'fewer than 15']) {
      expect(messages).toContain(words);
    }
    expect(report.classes.negative).toMatchObject({ clips: 2 });
    expect(report.frames).toMatchObject({ shortest: 14, total: 20 + 14 + 20 + 20 });
    expect(report.classes.positive.missingJoints).toBeCloseTo(1 / 17, 9);
  });

  it('finds maps that show nothing', async () => {
    const root = await six('blank', (id) => ({ 'a.pkl': id === 4 ? lit(15, 5) : lit(15) }));
    const report = await checkDataset(root, await readPartition(at('blank', 'partition.json')), quiet);
    expect(report.findings).toEqual([
      { grade: 'warning', code: 'blank-frames', message: 'Some clips have frames whose skeleton maps show nothing: 4.' },
    ]);
    expect(report.geometry?.width).toEqual({ mean: 64, p95: 64 });
  });

  it('says without a partition that nobody says who is who', async () => {
    await put(at('loose'), '1', 'neutral', 'a.pkl', poses(15));
    const report = await checkDataset(at('loose'), null, quiet);
    expect(codes(report)).toEqual(['warning people-unknown']);
    expect(report.splits.none).toEqual({ negative: 0, neutral: 1, positive: 0 });
    expect(reportText(report)).toContain('people not known');
  });

  it('ends where there is nothing to check', async () => {
    await expectDataError(checkDataset(at('nowhere'), null, quiet), 'unreadable', 'no such folder');
  });

  it(`finds the fixture of 18 clips sound${absence('dataset-pose-pkl')}`, async ({ skip }) => {
    const root = fixturePath('dataset-pose-pkl');
    skip(root === null);
    const report = await checkDataset(root!, await readPartition(`${root}.partition.json`), quiet);
    expect(codes(report)).toEqual(['warning people-unknown']);
    expect(report).toMatchObject({ clips: 18, people: null, frames: { total: 360, shortest: 20, longest: 20 } });
    expect(report.splits.train).toEqual({ negative: 4, neutral: 4, positive: 4 });
    for (const name of CLASSES) expect(report.classes[name].confidence).toBeCloseTo(0.9, 1);
  });
});

describe('the command', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  });
  afterEach(() => vi.restoreAllMocks());

  it('prints the report, and writes it as JSON', async () => {
    const root = await six('printed', () => ({ 'a.pkl': posed(15, 0.9) }));
    await command.run([root, '--json', at('report.json')]);
    expect(said.join('\n')).toContain('splits of partition.json');
    expect(JSON.parse(await readFile(at('report.json'), 'utf8'))).toEqual(
      await checkDataset(root, await readPartition(at('printed', 'partition.json')), quiet),
    );
  });

  it('fails where something has to be put right, after it has said what', async () => {
    const root = await six('failing', () => ({ 'a.pkl': posed(15, 0.9) }));
    await writePartition(at('other.json'), { train: ['0', '1', '2', '9'], validation: [], test: ['3', '4', '5'] });
    await expect(command.run([root, '--partition', at('other.json')])).rejects.toThrow('One thing has to be put right.');
    expect(said.join('\n')).toContain('error: TRAIN_SET of other names ids that have no clip: 9.');
  });
});
