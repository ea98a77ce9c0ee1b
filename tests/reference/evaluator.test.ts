/** Our evaluator against scikit-learn's figures on 200 made-up walks, and against what was published of runs on Scoliosis1K. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLASSES } from '../../src/gait/labels.ts';
import type { Confusion } from '../../src/gait/metrics.ts';
import { command as metrics } from '../../trainer/commands/metrics.ts';
import { evaluationOf, type Evaluation } from '../../trainer/evaluate/evaluation.ts';
import type { JudgedClip } from '../../trainer/evaluate/judge.ts';
import { evaluationText } from '../../trainer/evaluate/reportText.ts';
import { absence, fixturePath, readFixture } from '../fixtures.ts';

interface Expected {
  accuracy: number;
  precision: number;
  recall: number;
  f1: number;
  confusion: number[][];
}

describe('the evaluator', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const missing = absence('evaluator/logits_ncp.npy', 'evaluator/expected.json');
  it.skipIf(missing)(`equals scikit-learn${missing}`, async () => {
    const expected = JSON.parse(new TextDecoder().decode(await readFixture('evaluator/expected.json'))) as Expected;
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const file = join(folder, 'report.json');
    const paths = ['--logits', fixturePath('evaluator/logits_ncp.npy')!, '--truth', fixturePath('evaluator/expected.json')!];
    await metrics.run([...paths, '--json', file]).finally(() => printed.mockRestore());
    const { figures, macroAuc, perClass, referral, calibration } = JSON.parse(await readFile(file, 'utf8')) as Evaluation;
    expect(figures.confusion).toEqual(expected.confusion);
    expect(figures.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(figures.macroPrecision).toBeCloseTo(expected.precision, 12);
    expect(figures.macroRecall).toBeCloseTo(expected.recall, 12);
    expect(figures.macroF1).toBeCloseTo(expected.f1, 12);
    // SciPy 1.17: rank sums (scipy.stats.rankdata) of softmax(mean logits); NumPy: 15 bins at the scale 16.
    const areas = [0.8862933333333334, 0.8950295446645812, 0.8572931276297335];
    perClass.forEach(({ auc }, c) => expect(auc).toBeCloseTo(areas[c]!, 12));
    expect(macroAuc).toBeCloseTo(0.8795386685425495, 12);
    expect(referral.auc).toBeCloseTo(0.8862933333333334, 12);
    expect(calibration.error).toBeCloseTo(0.15824913167802135, 12);
  });

  // What each run found of 307 positives, 427 negatives and 14 neutrals, and what it called them (domain.md §6.4); its figures as published.
  it.each([
    ['best F1, 27k', [266, 414, 11], [278, 457, 13], ['92.38', '90.30', '87.39', '88.70']],
    ['best accuracy, 64k', [278, 413, 14], [287, 437, 24], ['94.25', '83.24', '95.76', '87.63']],
    ['plain cross-entropy, 7k', [201, 410, 11], [208, 497, 43], ['83.16', '68.24', '80.02', '68.47']],
    ['DRF from scratch, 2k', [255, 343, 2], [303, 384, 61], ['80.21', '58.92', '59.23', '57.84']],
  ])('prints the published figures, however the misses are dealt: %s', (_, hits, called, published) => {
    const matrices = matricesOf(hits, [307, 427, 14], called);
    expect(matrices.length).toBeGreaterThan(0);
    for (const matrix of matrices.filter((_, index) => index % 10 === 0)) {
      const lines = evaluationText(evaluationOf(input(matrix))).split('\n');
      expect(lines.slice(0, 4).map((line) => /([\d.]+) %$/.exec(line)?.[1])).toEqual(published);
    }
  });
});

/**
 * Every matrix with these hits, row sums and column sums, in the order positive, negative, neutral. Off the diagonal a 3×3 matrix has one free
 * number, here the first row's second column.
 */
function matricesOf(hits: number[], rows: number[], columns: number[]): Confusion[] {
  const [missed, wrong] = [rows, columns].map((sums) => sums.map((sum, c) => sum - hits[c]!)) as [number[], number[]];
  const matrices: Confusion[] = [];
  for (let free = 0; free <= missed[0]!; free++) {
    const a02 = missed[0]! - free;
    const a21 = wrong[1]! - free;
    const a20 = missed[2]! - a21;
    const a10 = wrong[0]! - a20;
    const a12 = wrong[2]! - a02;
    if (Math.min(a02, a10, a12, a20, a21) < 0) continue;
    matrices.push([
      [hits[0]!, free, a02],
      [a10, hits[1]!, a12],
      [a20, a21, hits[2]!],
    ]);
  }
  return matrices;
}

/** One clip for each count, called what its column says. */
function input(matrix: Confusion): Parameters<typeof evaluationOf>[0] {
  const names = ['positive', 'negative', 'neutral'] as const;
  const clips = matrix.flatMap((row, truth) =>
    row.flatMap((count, said) =>
      Array.from({ length: count }, (_, clip): JudgedClip => {
        const id = `${truth}-${said}-${clip}`;
        const logits = CLASSES.map((name) => (name === names[said] ? 1 : 0));
        return { id, view: '', person: id, label: CLASSES.indexOf(names[truth]!), frames: 300, logits, early: [] };
      }),
    ),
  );
  const none = { what: 'nothing', skipped: 'it is not needed here' };
  return {
    source: { kind: 'logits', logits: 'made up', truth: 'made up' },
    clips,
    peopleKnown: false,
    scale: 16,
    calibrated: false,
    baselines: { majority: none, posture: none },
    warnings: [],
  };
}
