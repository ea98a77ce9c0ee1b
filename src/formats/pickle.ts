/**
 * Python's pickle, read without Python: a machine that knows values, containers and NumPy arrays and refuses everything else by
 * name. It executes nothing of the file and is bounded in time and memory.
 */
import { FormatError } from './errors.ts';
import type { NdArray } from './ndarray.ts';
import { AllowList } from './pickle/allowList.ts';
import { NUMPY_GLOBALS, PickledArray } from './pickle/arrays.ts';
import { BUILTIN_GLOBALS } from './pickle/builtins.ts';
import { unpickle } from './pickle/unpickle.ts';
import { kindOf, type PickleValue } from './pickle/values.ts';

export { writePickledArray } from './pickle/arrayWriter.ts';

const PLAIN_GLOBALS = new AllowList([...BUILTIN_GLOBALS, ...NUMPY_GLOBALS]);

/** The value of a .pkl file. Arrays in it are {@link PickledArray}. Throws {@link FormatError}; `refused` names what was asked for. */
export function readPickle(bytes: Uint8Array): PickleValue {
  return unpickle(bytes, PLAIN_GLOBALS);
}

/** The arrays of a .pkl file that holds one array or a list of them, as OpenGait's data sets do. Throws {@link FormatError}. */
export function readPickledArrays(bytes: Uint8Array): NdArray[] {
  const value = readPickle(bytes);
  const items = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (item instanceof PickledArray) return item.array;
    throw new FormatError('unsupported', `This pickle holds ${kindOf(item)} where a NumPy array is expected.`);
  });
}
