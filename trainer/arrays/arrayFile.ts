/** Arrays as they travel to and from the command line: `.npy`, or pickled by NumPy as OpenGait's data sets are. Told by the first bytes. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { looksLikeNpy, readNpy, writeNpy } from '../../src/formats/npy.ts';
import { readPickledArrays } from '../../src/formats/pickle.ts';

/** Reads the one array of a file. Throws in a sentence that names the file. */
export async function readArrayFile(path: string): Promise<NdArray> {
  const bytes = await readBytes(path);
  try {
    if (looksLikeNpy(bytes)) return readNpy(bytes);
    const [array, ...others] = readPickledArrays(bytes);
    if (!array || others.length > 0)
      throw new Error(`it holds ${array ? others.length + 1 : 'no'} arrays where one is expected.`);
    return array;
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Writes beside the target and renames, so that a stop in the middle leaves no half array. */
export async function writeArrayFile(path: string, array: NdArray): Promise<void> {
  await writeFile(`${path}.part`, writeNpy(array));
  await rename(`${path}.part`, path);
}

/** A file's bytes. Throws in a sentence. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : messageOf(error);
    throw new Error(`${path} can't be read: ${why}.`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
