/** What the tests of the evaluation judge with and judge: a model of random weights, and made-up logits. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLASSES } from '../../../../src/gait/labels.ts';
import type { Architecture } from '../../../../src/nets/architecture.ts';
import type { JudgedClip } from '../../../../trainer/evaluate/judge.ts';
import { makeTinyModel, TINIEST } from '../../../tinyModel.ts';
import { VIEW } from '../simulatedSet.ts';

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
