/** The files of one clip, read and told apart; what they must agree in is checked here, for every reader alike. */
import { join } from 'node:path';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { readArrayFile } from '../files/arrayFile.ts';
import type { ClipEntry } from './dataset.ts';
import { DataError, messageOf } from '../files/errors.ts';
import { modalityLabel, modalityOf, MODALITY_NAMES, type Modality } from './modality.ts';

export interface ClipFile {
  path: string;
  array: NdArray;
}

export interface ClipFiles {
  /** Frames, the same for every file. */
  count: number;
  files: ReadonlyMap<Modality, ClipFile>;
}

/**
 * Reads every file of a clip. Throws {@link DataError} that names the file: it is damaged or asks for anything but arrays, holds no frame,
 * has another number of frames than the others, is of no known modality, or of the same as another one.
 */
export async function readClipFiles(clip: Pick<ClipEntry, 'folder' | 'files'>): Promise<ClipFiles> {
  const read = await Promise.all(
    clip.files.map(async (name) => {
      const path = join(clip.folder, name);
      return { path, array: await readArray(path) };
    }),
  );
  const files = new Map<Modality, ClipFile>();
  let first: (ClipFile & { count: number }) | undefined;
  for (const file of read) {
    const { path, array } = file;
    const modality = modalityOf(array);
    const count = array.shape[0] ?? 0;
    if (!modality) {
      const known = MODALITY_NAMES.map(modalityLabel).join('; ');
      throw new DataError('modality', `${path} holds ${array.dtype} [${array.shape.join(', ')}], which is none of: ${known}.`);
    }
    if (count === 0) throw new DataError('empty', `${path} holds no frame.`);
    if (first && first.count !== count) {
      throw new DataError(
        'length',
        `${first.path} has ${first.count} frames and ${path} has ${count}; they must be of the same frames.`,
      );
    }
    const twin = files.get(modality);
    if (twin)
      throw new DataError('modality', `${twin.path} and ${path} both hold ${modalityLabel(modality)}; only one can be used.`);
    first ??= { ...file, count };
    files.set(modality, file);
  }
  return { count: first?.count ?? 0, files };
}

async function readArray(path: string): Promise<NdArray> {
  try {
    return await readArrayFile(path);
  } catch (error) {
    throw new DataError('unreadable', messageOf(error), { cause: error });
  }
}
