/** A small data set of simulated people in a folder of its own, for whoever trains or judges in a test. */
import { join } from 'node:path';
import type { NdArray } from '../../../src/formats/ndarray.ts';
import { rawAsymmetry } from '../../../src/gait/asymmetry.ts';
import { CLASSES } from '../../../src/gait/labels.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import { renderSkeletonMaps } from '../../../src/gait/skeletonMap.ts';
import { writeAbout } from '../../../trainer/data/about.ts';
import { writePartition, type Split } from '../../../trainer/data/partition.ts';
import { writeSubjects } from '../../../trainer/data/subjects.ts';
import { writeClipFile } from '../../../trainer/data/writeClip.ts';
import { drawClip } from '../../../trainer/simulate/population.ts';

export const VIEW = '000_180';

export interface SimulatedSet {
  /** Clips of each split; ids count on from one to the next. */
  splits: Record<Split, number>;
  /** How many clips in a row are of one person; 2 where it is left out. */
  clipsPerPerson?: number;
  /** Of each clip; the n-th has n % 4 more of them. */
  frames?: number;
  modality?: 'maps' | 'silhouettes' | 'poses';
  asymmetry?: boolean;
  subjects?: boolean;
}

/** Writes it in OpenGait's layout with partition.json, dataset.json and, if wanted, subjects.json. */
export async function writeSimulatedSet(root: string, options: SimulatedSet): Promise<void> {
  const { splits, clipsPerPerson = 2, frames = 3, modality = 'maps', asymmetry = true, subjects = true } = options;
  const ids: Record<Split, string[]> = { train: [], validation: [], test: [] };
  const people = new Map<string, string>();
  let index = 0;
  for (const split of ['train', 'validation', 'test'] as const) {
    for (let clip = 0; clip < splits[split]; clip++, index++) {
      const id = String(index).padStart(5, '0');
      ids[split].push(id);
      const person = Math.floor(index / clipsPerPerson);
      people.set(id, `p${person}`);
      const { sequence, label } = drawClip(5, person, index % clipsPerPerson, { negative: 1, neutral: 1, positive: 1 });
      const count = frames + (index % 4);
      const poses = sequence.keypoints.slice(0, count * 51);
      const place = { id, className: CLASSES[label]!, view: VIEW };
      await writeClipFile(root, place, '0_input.pkl', inputOf(poses, count, modality));
      if (asymmetry) {
        const vector = rawAsymmetry(poses);
        const data = Float32Array.from({ length: count * 24 }, (_, at) => vector[at % 24]!);
        await writeClipFile(root, place, '1_pav.pkl', { dtype: 'float32', shape: [count, 8, 3], data });
      }
    }
  }
  await writePartition(join(root, 'partition.json'), ids);
  if (subjects) await writeSubjects(root, people);
  const recipe = modality === 'maps' ? SIGMA15_JOINT8_BODY_ONLY : null;
  await writeAbout(root, { schema: 1, data: 'simulated walks for tests', simulated: true, recipe });
}

function inputOf(poses: Float32Array, count: number, modality: SimulatedSet['modality']): NdArray {
  if (modality === 'poses') return { dtype: 'float32', shape: [count, 17, 3], data: poses };
  const maps = renderSkeletonMaps(poses, SIGMA15_JOINT8_BODY_ONLY);
  if (modality !== 'silhouettes') return { dtype: 'uint8', shape: [count, 2, 64, 64], data: maps };
  // The limbs alone: any picture of one channel will do.
  const data = Uint8Array.from({ length: count * 4096 }, (_, at) => maps[Math.floor(at / 4096) * 8192 + (at % 4096)]!);
  return { dtype: 'uint8', shape: [count, 64, 64], data };
}
