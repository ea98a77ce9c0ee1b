/** Judging the clips of a data set: the logits are those of the network on the whole walk, and what is kept early is what it would have said then. */
import { beforeAll, describe, expect, it } from 'vitest';
import { normaliseAsymmetry } from '../../../../src/gait/asymmetry.ts';
import { ScoNetClassifier } from '../../../../src/nets/classifier.ts';
import { readClipData } from '../../../../trainer/data/clipData.ts';
import { openDataset, type ClipEntry } from '../../../../trainer/data/dataset.ts';
import { startEngine } from '../../../../trainer/engines/engine.ts';
import { judgeClips, scoresOf, summarise, type JudgedModel } from '../../../../trainer/evaluate/judge.ts';
import { randomParameters, TINIEST } from '../../../tinyModel.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';
import { writeSimulatedSet } from '../simulatedSet.ts';
import { clipsOf } from './madeUp.ts';

const at = temporaryFolder();
const DRF = { ...TINIEST, network: 'drf', attention: 'after-fcs' } as const;
const RANGE = { min: new Float32Array(24), max: new Float32Array(24).fill(20) };

const sconet: JudgedModel = {
  architecture: TINIEST,
  parameters: randomParameters(TINIEST, 3),
  input: 'skeleton-map',
  asymmetryRange: null,
};
const drf: JudgedModel = { ...sconet, architecture: DRF, parameters: randomParameters(DRF, 4), asymmetryRange: RANGE };
const quiet = () => undefined;

/** A whole walk through the network at once. */
async function logitsOf({ architecture, parameters }: JudgedModel, frames: Uint8Array, vector: Float32Array | null) {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const walk = classifier.begin();
  walk.push(frames);
  const logits = await walk.finish(vector);
  classifier.dispose();
  return logits;
}

/** Finite, every one of them, and beyond what float32 can multiply. */
function hugeParameters(): JudgedModel['parameters'] {
  return new Map(
    [...sconet.parameters].map(([name, array]) => [name, { ...array, data: new Float32Array(array.data.length).fill(1e30) }]),
  );
}

let clips: ClipEntry[] = [];

beforeAll(async () => {
  await startEngine('wasm');
  await writeSimulatedSet(at('maps'), { splits: { train: 1, validation: 1, test: 2 }, frames: 9 });
  clips = (await openDataset(at('maps'))).clips;
});

describe('judgeClips', () => {
  it('gives the logits of whole walks, a DRF’s with the vector in its range', async () => {
    const done: number[] = [];
    const [plain, guided] = [await judgeClips(sconet, clips, (count) => done.push(count)), await judgeClips(drf, clips, quiet)];
    expect(done).toEqual([1, 2, 3, 4]);
    for (const [index, clip] of clips.entries()) {
      const { frames, count, asymmetry } = await readClipData(clip, 'skeleton-map');
      const { id, view, subject, label } = clip;
      expect(plain[index]).toMatchObject({ id, view, person: subject, label, frames: count, early: [] });
      const expected = await logitsOf(sconet, frames, null);
      plain[index]!.logits.forEach((logit, place) => expect(logit).toBeCloseTo(expected[place]!, 6));
      const vector = normaliseAsymmetry(asymmetry!, RANGE);
      const attended = await logitsOf(drf, frames, vector);
      guided[index]!.logits.forEach((logit, place) => expect(logit).toBeCloseTo(attended[place]!, 6));
    }
  });

  it('keeps early what it would have said after so many frames, in the same pass', async () => {
    const [whole] = await judgeClips(sconet, clips.slice(3), quiet);
    const [clip] = await judgeClips(sconet, clips.slice(3), quiet, { early: [3, 10, 12, 100] });
    expect(clip!.frames).toBe(12);
    expect(clip!.early.map(({ frames }) => frames)).toEqual([3, 10]);
    clip!.logits.forEach((logit, place) => expect(logit).toBeCloseTo(whole!.logits[place]!, 6));
    for (const { frames, scores } of clip!.early) {
      const [stopped] = await judgeClips(sconet, clips.slice(3), quiet, { frames });
      expect(stopped!.frames).toBe(frames);
      scoresOf(stopped!).forEach((score, label) => expect(scores[label]).toBeCloseTo(score, 6));
    }
  });

  it('stops between two clips and gives those that are done', async () => {
    const stop = new AbortController();
    const judged = await judgeClips(sconet, clips, (done) => done === 2 && stop.abort(), { signal: stop.signal });
    expect(judged.map(({ id }) => id)).toEqual(['00000', '00001']);
  });

  const wrong: [string, Partial<JudgedModel>, RegExp][] = [
    [
      'silhouettes for a network on maps',
      { input: 'silhouette' },
      /takes skeleton maps \(2 channels\) and is to be fed with silhouettes/,
    ],
    ['a DRF without a range', { architecture: DRF, parameters: drf.parameters }, /range of the asymmetry vector.*--pav-range/],
    ['weights that compute nothing that is a number', { parameters: hugeParameters() }, /answer to .*00000.* is not a number/],
  ];
  it.each(wrong)('refuses %s', async (_, change, sentence) => {
    await expect(judgeClips({ ...sconet, ...change }, clips, quiet)).rejects.toThrow(sentence);
  });

  it('refuses clips without a vector for a DRF, and clips of another modality', async () => {
    await writeSimulatedSet(at('bare'), { splits: { train: 1, validation: 0, test: 0 }, asymmetry: false });
    await expect(judgeClips(drf, (await openDataset(at('bare'))).clips, quiet)).rejects.toThrow(/no asymmetry vector.*--pav/);
    await writeSimulatedSet(at('poses'), { splits: { train: 1, validation: 0, test: 0 }, modality: 'poses' });
    await expect(judgeClips(sconet, (await openDataset(at('poses'))).clips, quiet)).rejects.toThrow(/has no skeleton maps/);
  });
});

describe('summarise', () => {
  it('gives upstream’s four figures, 0…1, and the matrix', () => {
    const confusion = [
      [3, 1, 0],
      [0, 2, 0],
      [1, 0, 3],
    ];
    const { accuracy, macroPrecision, macroRecall, macroF1, confusion: counted } = summarise(clipsOf(confusion));
    expect(counted).toEqual(confusion);
    expect(accuracy).toBeCloseTo(0.8, 12);
    expect(macroPrecision).toBeCloseTo((3 / 4 + 2 / 3 + 1) / 3, 12);
    expect(macroRecall).toBeCloseTo((3 / 4 + 1 + 3 / 4) / 3, 12);
    expect(macroF1).toBeCloseTo((3 / 4 + 4 / 5 + 6 / 7) / 3, 12);
  });
});
