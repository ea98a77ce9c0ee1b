/** Maps and bodies of simulated walks beside the published figures and, where given, beside real keypoints. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { JOINTS } from '../../src/gait/keypoint.ts';
import { SIGMA15_JOINT8_BODY_ONLY, SIGMA15_JOINT8_FULL_BODY } from '../../src/gait/recipes.ts';
import { type PoseFrame, type PoseSequence, toSequence } from '../../src/gait/sequence.ts';
import { renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { jitterOf, PROPORTIONS, proportionsOf } from './bodyFigures.ts';
import { simulateClip } from './clip.ts';
import { GEOMETRY_FIGURES, type GeometryFigure, mapGeometry } from './geometry.ts';
import { simulatePeople } from './population.ts';

const CLIPS = 100;
const SEED = 9;
/** Shared-align set of Scoliosis1K 1:1:8: mean / 95th percentile over clips, where both are known (domain.md §3.3). */
const PUBLISHED: Partial<Record<GeometryFigure, string>> = {
  width: '32.13 / 33.57',
  height: '61.52 / 61.61',
  active: '0.363 / 0.374',
  centreXStd: '0.864 / 1.243',
  centreYStd: '0.516 / 0.704',
  widthStd: '2.152 / 2.804',
  heightStd: '0.507 / 0.545',
  offsetX: '0.195 / 0.229',
  offsetY: '0.251 / 0.357',
  cutMass: '0.000',
};

interface Column {
  name: string;
  sequences: PoseSequence[];
}

export function reportGeometry(poseFiles: readonly string[]): void {
  const simulated = simulatePeople({ people: CLIPS, seed: SEED }).map((person) => simulateClip(person, 0).sequence);
  const columns: Column[] = [
    { name: 'simulated', sequences: simulated },
    ...poseFiles.map((file) => ({ name: basename(file).split('.')[0] ?? file, sequences: [readPoses(file)] })),
  ];
  for (const recipe of [SIGMA15_JOINT8_FULL_BODY, SIGMA15_JOINT8_BODY_ONLY]) {
    const geometry = columns.map(({ sequences }) =>
      sequences.map(({ keypoints }) => mapGeometry(renderSkeletonMaps(keypoints, recipe))),
    );
    const full = recipe === SIGMA15_JOINT8_FULL_BODY;
    printTable(
      `${recipe.name}, mean / 95th percentile over clips`,
      [...columns.map((column) => column.name), ...(full ? ['published'] : [])],
      GEOMETRY_FIGURES.map((figure) => [
        figure,
        ...geometry.map((clips) => summary(clips.map((clip) => clip[figure]))),
        ...(full ? [PUBLISHED[figure] ?? ''] : []),
      ]),
    );
  }
  const proportions = columns.map(({ sequences }) => sequences.map(({ keypoints }) => proportionsOf(keypoints)));
  printTable(
    'proportions, mean ± standard deviation over clips',
    columns.map((column) => column.name),
    PROPORTIONS.map((name) => [name, ...proportions.map((clips) => meanAndSpread(clips.map((clip) => clip[name])))]),
  );
  const jitter = columns.map(({ sequences }) => sequences.map(({ keypoints, times }) => jitterOf(keypoints, times)));
  printTable(
    'jitter about mid-hip, thousandths of body height, mean over clips',
    columns.map((column) => column.name),
    JOINTS.map((joint, index) => [
      joint,
      ...jitter.map((clips) => (1000 * mean(clips.map((clip) => clip[index] ?? NaN))).toFixed(1)),
    ]),
  );
}

function readPoses(file: string): PoseSequence {
  const { picture, frames } = JSON.parse(readFileSync(file, 'utf8')) as {
    picture: PoseSequence['picture'];
    frames: (Omit<PoseFrame, 'keypoints'> & { keypoints: number[] | null })[];
  };
  const poses = frames.map((frame) => ({ ...frame, keypoints: frame.keypoints && Float32Array.from(frame.keypoints) }));
  return toSequence(poses, picture);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function summary(values: readonly number[]): string {
  if (values.length === 1) return mean(values).toFixed(3);
  const sorted = [...values].sort((a, b) => a - b);
  return `${mean(values).toFixed(3)} / ${(sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN).toFixed(3)}`;
}

function meanAndSpread(values: readonly number[]): string {
  const middle = mean(values);
  if (values.length === 1) return middle.toFixed(2);
  return `${middle.toFixed(2)} ± ${Math.sqrt(mean(values.map((value) => (value - middle) ** 2))).toFixed(2)}`;
}

/** Prints a table as Markdown. */
function printTable(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}\n\n| | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
