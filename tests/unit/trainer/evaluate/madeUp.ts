/** What the tests of the evaluation judge: a small data set of simulated people in a temporary folder, a model of random weights, and made-up logits. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NdArray } from '../../../../src/formats/ndarray.ts';
import { rawAsymmetry } from '../../../../src/gait/asymmetry.ts';
import { CLASSES } from '../../../../src/gait/labels.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../../src/gait/recipes.ts';
import { renderSkeletonMaps } from '../../../../src/gait/skeletonMap.ts';
import type { Architecture } from '../../../../src/nets/architecture.ts';
import { writeAbout } from '../../../../trainer/data/about.ts';
import { writePartition, type Split } from '../../../../trainer/data/partition.ts';
import { writeSubjects } from '../../../../trainer/data/subjects.ts';
import { writeClipFile } from '../../../../trainer/data/writeClip.ts';
import type { JudgedClip } from '../../../../trainer/evaluate/judge.ts';
import { drawClip } from '../../../../trainer/simulate/population.ts';
import { makeTinyModel, TINIEST } from '../../../tinyModel.ts';

export const VIEW = '000_180';

export interface MadeUpDataset {
  /** Clips of each split; ids count on from one to the next, and two clips in a row are of one person. */
  splits: Record<Split, number>;
  /** Of each clip; the n-th has n % 4 more of them. */
  frames?: number;
  modality?: 'maps' | 'silhouettes' | 'poses';
  asymmetry?: boolean;
  subjects?: boolean;
}

/** Writes it in OpenGait's layout with partition.json, dataset.json and, if wanted, subjects.json. */
export async function writeDataset(root: string, options: MadeUpDataset): Promise<void> {
  const { splits, frames = 3, modality = 'maps', asymmetry = true, subjects = true } = options;
  const ids: Record<Split, string[]> = { train: [], validation: [], test: [] };
  const people = new Map<string, string>();
  let index = 0;
  for (const split of ['train', 'validation', 'test'] as const) {
    for (let clip = 0; clip < splits[split]; clip++, index++) {
      const id = String(index).padStart(5, '0');
      ids[split].push(id);
      const person = Math.floor(index / 2);
      people.set(id, `p${person}`);
      const { sequence, label } = drawClip(5, person, index % 2, { negative: 1, neutral: 1, positive: 1 });
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

function inputOf(poses: Float32Array, count: number, modality: MadeUpDataset['modality']): NdArray {
  if (modality === 'poses') return { dtype: 'float32', shape: [count, 17, 3], data: poses };
  const maps = renderSkeletonMaps(poses, SIGMA15_JOINT8_BODY_ONLY);
  if (modality !== 'silhouettes') return { dtype: 'uint8', shape: [count, 2, 64, 64], data: maps };
  // The limbs alone: any picture of one channel will do.
  const data = Uint8Array.from({ length: count * 4096 }, (_, at) => maps[Math.floor(at / 4096) * 8192 + (at % 4096)]!);
  return { dtype: 'uint8', shape: [count, 64, 64], data };
}

/** Writes a model's folder. */
export async function writeModelFolder(folder: string, architecture: Architecture = TINIEST, seed = 7): Promise<void> {
  const { files } = await makeTinyModel({ architecture, seed });
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}

/** A judged clip with the score of each class; of a person of its own where none is given. */
export function clipOf(id: number, label: number, scores: readonly number[], more: Partial<JudgedClip> = {}): JudgedClip {
  const name = String(id).padStart(5, '0');
  return { id: name, view: VIEW, person: name, label, frames: 100, logits: [...scores], early: [], ...more };
}

/** One clip for each count of a confusion matrix. */
export function clipsOf(confusion: readonly (readonly number[])[]): JudgedClip[] {
  const clips: JudgedClip[] = [];
  confusion.forEach((row, label) =>
    row.forEach((count, said) => {
      for (let clip = 0; clip < count; clip++) {
        clips.push(
          clipOf(
            clips.length,
            label,
            CLASSES.map((_, other) => (other === said ? 0.5 : 0)),
          ),
        );
      }
    }),
  );
  return clips;
}
