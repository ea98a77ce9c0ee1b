/** Maps and bodies of simulated walks beside the published figures and, where given, beside real keypoints. */
import { basename } from 'node:path';
import * as v from 'valibot';
import { JOINTS, POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { SIGMA15_JOINT8_BODY_ONLY, SIGMA15_JOINT8_FULL_BODY } from '../../src/gait/recipes.ts';
import { type PoseSequence, toSequence } from '../../src/gait/sequence.ts';
import { renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { readJsonFile } from '../files/jsonFile.ts';
import { GEOMETRY_FIGURES, mapGeometry, PUBLISHED_GEOMETRY } from '../data/mapGeometry.ts';
import { jitterOf, PROPORTIONS, proportionsOf } from './bodyFigures.ts';
import { simulateClip } from './clip.ts';
import { simulatePeople } from './population.ts';
import { mean, meanAndMost, meanAndSpread, printTable } from './table.ts';

const CLIPS = 100;
const SEED = 9;

interface Column {
  name: string;
  sequences: PoseSequence[];
}

/** @param poseFiles JSON: { picture: {width, height}, frames: [{time, people, keypoints: 51 numbers or null}] } */
export async function reportGeometry(poseFiles: readonly string[]): Promise<void> {
  const simulated = simulatePeople({ people: CLIPS, seed: SEED }).map((person) => simulateClip(person, 0).sequence);
  const columns: Column[] = [
    { name: 'simulated', sequences: simulated },
    ...(await Promise.all(
      poseFiles.map(async (file) => ({ name: basename(file, '.json'), sequences: [await readPoses(file)] })),
    )),
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
        ...geometry.map((clips) => meanAndMost(clips.map((clip) => clip[figure]))),
        ...(full ? [PUBLISHED_GEOMETRY[figure]] : []),
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

const poseFileSchema = v.object({
  picture: v.object({ width: v.number(), height: v.number() }),
  frames: v.array(
    v.object({
      time: v.number(),
      people: v.number(),
      keypoints: v.nullable(v.pipe(v.array(v.number()), v.length(POSE_LENGTH))),
    }),
  ),
});

/** Throws in a sentence that names the file. */
async function readPoses(path: string): Promise<PoseSequence> {
  const file = await readJsonFile(path, poseFileSchema);
  if (!file) throw new Error(`There is no pose file ${path}.`);
  const poses = file.frames.map((frame) => ({ ...frame, keypoints: frame.keypoints && Float32Array.from(frame.keypoints) }));
  return toSequence(poses, file.picture);
}
