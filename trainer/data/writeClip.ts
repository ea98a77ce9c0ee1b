/** Writes a dataset in OpenGait's layout, a file at a time. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { writePickledArray } from '../../src/formats/pickle.ts';
import type { ClassName } from '../../src/gait/labels.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { DataError, messageOf } from '../files/errors.ts';

export interface ClipPlace {
  id: string;
  className: ClassName;
  view: string;
}

/** Where the files of a clip are. */
export function clipFolder(root: string, { id, className, view }: ClipPlace): string {
  return join(root, id, className, view);
}

/**
 * Writes one modality of a clip as `<root>/<id>/<class>/<view>/<file>`, whole or not at all. Throws {@link DataError} `disk-full` or
 * `unwritable`.
 */
export async function writeClipFile(root: string, clip: ClipPlace, file: string, array: NdArray): Promise<void> {
  const folder = clipFolder(root, clip);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new DataError('unwritable', `The folder ${folder} can't be made: ${messageOf(error)}.`, { cause: error });
  }
  await writeAtomically(join(folder, file), writePickledArray(array));
}
