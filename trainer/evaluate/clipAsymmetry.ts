/** A clip's asymmetry vector alone, for figures that need no network: the maps beside it are a hundred times its size and stay unread. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { readArrayFile } from '../files/arrayFile.ts';
import { meanVector, posesOf } from '../data/clipData.ts';
import type { ClipEntry } from '../data/dataset.ts';
import { modalityOf } from '../data/modality.ts';

/** The vector as measured, 8×3, from its file or from the clip's poses; null where there is neither. Throws in a sentence. */
export async function readClipAsymmetry({ folder, files }: ClipEntry): Promise<Float32Array | null> {
  const sized = await Promise.all(
    files.map(async (name) => {
      const path = join(folder, name);
      return { path, size: (await stat(path)).size };
    }),
  );
  // Vectors are the smallest, poses come next, pictures last.
  for (const { path } of sized.sort((a, b) => a.size - b.size)) {
    const array = await readArrayFile(path);
    const modality = modalityOf(array);
    if (modality === 'asymmetry') return meanVector({ path, array }, array.shape[0] ?? 0);
    if (modality === 'pose') return rawAsymmetry(posesOf({ path, array }));
  }
  return null;
}
