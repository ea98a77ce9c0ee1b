/** Arrays as they travel to and from the command line: `.npy`, or pickled by NumPy as OpenGait's data sets are. Told by the first bytes. */
import { readFile } from 'node:fs/promises';
import { ELEMENT_ARRAYS, type NdArray } from '../../src/formats/ndarray.ts';
import { looksLikeNpy, readNpy, writeNpy } from '../../src/formats/npy.ts';
import { readPickledArrays } from '../../src/formats/pickle.ts';
import { writeAtomically } from './atomicFile.ts';
import { messageOf } from './errors.ts';

/** Reads a file's array; a list of arrays of one shape, a frame each, is put together. Throws in a sentence that names the file. */
export async function readArrayFile(path: string): Promise<NdArray> {
  const bytes = await readBytes(path);
  try {
    if (looksLikeNpy(bytes)) return readNpy(bytes);
    return joined(readPickledArrays(bytes));
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** One array as it is; several along a new first axis, as np.asarray does with a list of frames. */
function joined(arrays: readonly NdArray[]): NdArray {
  const [first, ...others] = arrays;
  if (!first) throw new Error('it holds no array.');
  if (others.length === 0) return first;
  const { dtype, shape, data } = first;
  if (others.some((other) => other.dtype !== dtype || other.shape.join() !== shape.join())) {
    throw new Error(`it holds ${arrays.length} arrays of different shapes or types where one is expected.`);
  }
  const whole = new ELEMENT_ARRAYS[dtype](arrays.length * data.length);
  arrays.forEach((array, index) => whole.set(array.data as never, index * data.length));
  return { dtype, shape: [arrays.length, ...shape], data: whole };
}

/** Writes the whole array or nothing. Throws DataError. */
export function writeArrayFile(path: string, array: NdArray): Promise<void> {
  return writeAtomically(path, writeNpy(array));
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
