/**
 * Writes one NumPy array as a pickle of its own, the file that OpenGait's data sets are made of. The instructions are those that NumPy
 * itself writes, under the module name of NumPy 1, which NumPy 2 still answers to.
 */
import { encodeElements } from '../elements.ts';
import { ndArray, type NdArray } from '../ndarray.ts';
import { numpyDTypeName } from '../numpyDType.ts';
import { PickleWriter } from './writer.ts';

/** What NumPy calls the element type of the empty array that is filled later: b'b'. */
const ANY_TYPE = Uint8Array.of(0x62);
/** The version of NumPy's state of an array. */
const STATE_VERSION = 1;

/**
 * The bytes of a .pkl file that `pickle.load` reads (Python 3, any NumPy): C order, little-endian. Throws {@link FormatError}
 * `invalid-value` where type, shape and elements don't agree, and for 4 GiB and more.
 */
export function writePickledArray(array: NdArray): Uint8Array {
  const { dtype, shape, data } = ndArray(array.dtype, array.shape, array.data);
  const pickle = new PickleWriter(3);
  pickle.call('numpy.core.multiarray', '_reconstruct', [
    () => pickle.global('numpy', 'ndarray'),
    () => pickle.integers([0]),
    () => pickle.bytes(ANY_TYPE),
  ]);
  pickle.setState([
    () => pickle.integer(STATE_VERSION),
    () => pickle.integers(shape),
    () => pickle.call('numpy', 'dtype', [() => pickle.text(numpyDTypeName(dtype))]),
    () => pickle.boolean(false),
    () => pickle.bytes(encodeElements(data)),
  ]);
  return pickle.finish();
}
