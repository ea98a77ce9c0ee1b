/**
 * The header of an .npy file: a Python dict literal with exactly three keys, in any order. Matched piece by piece against
 * what NumPy writes; nothing is evaluated.
 */
import { FormatError } from './errors.ts';
import { isShape, type DType } from './ndarray.ts';
import { numpyDTypeName, parseNumpyDType, type NumpyDType } from './numpyDType.ts';

export interface NpyHeader extends NumpyDType {
  shape: number[];
  fortranOrder: boolean;
}

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`. Throws {@link FormatError}. */
export function parseNpyHeader(text: string): NpyHeader {
  const body = /^\{(.*)\}[ \n]*$/s.exec(text.trimStart())?.[1];
  if (body === undefined) throw unreadable();
  if (/'descr'\s*:\s*\[/.test(body)) {
    throw new FormatError('unsupported', "This NPY file holds records with named fields. Save each field's array on its own.");
  }
  const fields = new Map<string, string>();
  // A key, then text in quotes, a tuple of numbers or True/False, then a comma or the end.
  const field = /\s*'(\w+)'\s*:\s*('[^']*'|\([\dL, ]*\)|True|False)\s*(?:,|$)\s*/y;
  while (field.lastIndex < body.length) {
    const match = field.exec(body);
    if (match?.[1] === undefined || match[2] === undefined || fields.has(match[1])) throw unreadable();
    fields.set(match[1], match[2]);
  }
  const descr = fields.get('descr');
  const order = fields.get('fortran_order');
  const shape = parseShape(fields.get('shape') ?? '');
  if (fields.size !== 3 || descr?.startsWith("'") !== true || (order !== 'True' && order !== 'False') || shape === null) {
    throw unreadable();
  }
  return { ...parseNumpyDType(descr.slice(1, -1)), fortranOrder: order === 'True', shape };
}

/** The header's text, without padding. */
export function formatNpyHeader(dtype: DType, shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  return `{'descr': '${numpyDTypeName(dtype)}', 'fortran_order': False, 'shape': ${tuple}, }`;
}

/** `(2, 3)`, `(2,)` or `()`; Python 2 wrote `(2L,)`. Null where it is no shape. */
function parseShape(tuple: string): number[] | null {
  if (!/^\((?:|\d+L?,|\d+L?(?:, ?\d+L?)+,?)\)$/.test(tuple)) return null;
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  return isShape(shape) ? shape : null;
}

function unreadable(): FormatError {
  return new FormatError(
    'damaged',
    "The NPY file's header can't be understood: the file is damaged. Save it again with np.save.",
  );
}
