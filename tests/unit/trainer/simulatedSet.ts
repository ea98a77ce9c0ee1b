/** A small prepared data set of simulated people in a folder of its own, for whoever trains or judges in a test. */
import { join } from 'node:path';
import { rawAsymmetry } from '../../../src/gait/asymmetry.ts';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { CLASSES } from '../../../src/gait/labels.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import { MAP_SIZE, renderSkeletonMaps } from '../../../src/gait/skeletonMap.ts';
import { writeAbout } from '../../../trainer/data/about.ts';
import { writePartition } from '../../../trainer/data/partition.ts';
import { writeSubjects } from '../../../trainer/data/subjects.ts';
import { writeClipFile } from '../../../trainer/data/writeClip.ts';
import { drawClip } from '../../../trainer/simulate/population.ts';

export interface SimulatedSetOptions {
  train: number;
  validation: number;
  test: number;
  /** Frames of each clip. */
  frames: number;
}

/** Maps and asymmetry vectors, one clip a person; ids count from 0, training people first. */
export async function writeSimulatedSet(root: string, { train, validation, test, frames }: SimulatedSetOptions): Promise<void> {
  const ids = Array.from({ length: train + validation + test }, (_, index) => String(index).padStart(5, '0'));
  for (const [index, id] of ids.entries()) {
    const { sequence, label } = drawClip(5, index, 0, { negative: 1, neutral: 1, positive: 1 });
    const keypoints = sequence.keypoints.subarray(0, frames * POSE_LENGTH);
    const place = { id, className: CLASSES[label]!, view: '000_180' };
    const maps = renderSkeletonMaps(keypoints, SIGMA15_JOINT8_BODY_ONLY);
    await writeClipFile(root, place, '0_heatmap.pkl', { dtype: 'uint8', shape: [frames, 2, MAP_SIZE, MAP_SIZE], data: maps });
    const vector = rawAsymmetry(sequence.keypoints);
    const repeated = Float32Array.from({ length: frames * vector.length }, (_, at) => vector[at % vector.length]!);
    await writeClipFile(root, place, '1_pav.pkl', { dtype: 'float32', shape: [frames, 8, 3], data: repeated });
  }
  await writePartition(join(root, 'partition.json'), {
    train: ids.slice(0, train),
    validation: ids.slice(train, train + validation),
    test: ids.slice(train + validation),
  });
  await writeSubjects(root, new Map(ids.map((id) => [id, `person ${id}`])));
  await writeAbout(root, { schema: 1, data: 'simulated walks, seed 5', simulated: true, recipe: SIGMA15_JOINT8_BODY_ONLY });
}
