/**
 * NumPy's short names for element types ("<f4", "|u1", "b1"), as NPY headers and pickles carry them.
 */
import type { DType } from './ndarray.ts';
import { FormatError, quoteName } from './errors.ts';

const CODES: Readonly<Record<string, DType>> = {
  b1: 'bool',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

const BY_DTYPE = new Map(Object.entries(CODES).map(([code, dtype]) => [dtype, code]));

export interface NumpyDType {
  dtype: DType;
  littleEndian: boolean;
}

/**
 * Reads a short name. No byte order means little-endian (NumPy's "native", which every current machine is).
 * Throws {@link FormatError} `unsupported` for anything but plain numbers: objects, text, records, complex, dates.
 */
export function parseNumpyDType(name: string): NumpyDType {
  const match = /^([<>|=]?)([a-z]\d)$/.exec(name);
  const dtype = match?.[2] !== undefined && Object.hasOwn(CODES, match[2]) ? CODES[match[2]] : undefined;
  if (match === null || dtype === undefined) {
    throw new FormatError(
      'unsupported',
      `Elements of NumPy type ${quoteName(name)} can't be read, only plain numbers and bool. Convert the array with astype('float32').`,
    );
  }
  return { dtype, littleEndian: match[1] !== '>' };
}

/** The short name of an element type, little-endian. */
export function numpyDTypeName(dtype: DType): string {
  const code = BY_DTYPE.get(dtype) ?? '';
  return (code.endsWith('1') ? '|' : '<') + code;
}
