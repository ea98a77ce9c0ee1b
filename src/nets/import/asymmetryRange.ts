/** The range of the asymmetry vector as a file of NumPy holds it: [2, 8, 3], the least values over the training walks, then the greatest. */
import { FormatError } from '../../formats/errors.ts';
import { toFloat32, type NdArray } from '../../formats/ndarray.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS, type AsymmetryRange } from '../../gait/asymmetry.ts';

const SHAPE = [2, JOINT_PAIRS.length, ASYMMETRY_METRICS.length].join(', ');

/** @param file its name, for the sentence. Throws {@link FormatError} where it is no range. */
export function asymmetryRangeOf(array: NdArray, file: string): AsymmetryRange {
  const shape = array.shape.join(', ');
  if (shape !== SHAPE) {
    throw new FormatError('unsupported', `${file} has the shape [${shape}], and [${SHAPE}] is expected. Choose another file.`);
  }
  const values = toFloat32(array);
  const range = { min: values.slice(0, ASYMMETRY_LENGTH), max: values.slice(ASYMMETRY_LENGTH) };
  if (!range.min.every((least, at) => least <= range.max[at]!)) {
    throw new FormatError(
      'invalid-value',
      `${file} holds a least value above its greatest, or what is no number. Choose the file with least values first.`,
    );
  }
  return range;
}
