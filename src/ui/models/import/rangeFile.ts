/** Reads the range of the asymmetry vector from a file of NumPy: [2, 8, 3], the least values and then the greatest. */
import { FormatError } from '../../../formats/errors.ts';
import { toFloat32 } from '../../../formats/ndarray.ts';
import { readNpy } from '../../../formats/npy.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS, type AsymmetryRange } from '../../../gait/asymmetry.ts';
import { words } from '../../words.ts';

const SHAPE = [2, JOINT_PAIRS.length, ASYMMETRY_METRICS.length].join(', ');

/** Such a file has 512 bytes; of a larger one the beginning is enough to say what is wrong with it. */
const ENOUGH_BYTES = 64 << 10;

/** Throws {@link FormatError} with a sentence, whatever the file is. */
export async function readRangeFile(file: File): Promise<AsymmetryRange> {
  const array = readNpy(new Uint8Array(await file.slice(0, ENOUGH_BYTES).arrayBuffer()));
  const shape = array.shape.join(', ');
  if (shape !== SHAPE) throw new FormatError('unsupported', words.modelImport.rangeShape(file.name, shape));
  const values = toFloat32(array);
  const range = { min: values.slice(0, ASYMMETRY_LENGTH), max: values.slice(ASYMMETRY_LENGTH) };
  if (!range.min.every((least, at) => least <= range.max[at]!)) {
    throw new FormatError('invalid-value', words.modelImport.rangeOrder(file.name));
  }
  return range;
}
