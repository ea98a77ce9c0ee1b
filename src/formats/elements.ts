/**
 * Elements of a file's bytes as a typed array and back. A view where the bytes lie on the right boundary and in the right
 * order (the usual case, no copy), a copy elsewhere.
 */
import { FormatError } from './errors.ts';
import { ELEMENT_ARRAYS, elementBytes, type DType, type TypedArray } from './ndarray.ts';

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Reads `bytes` as elements of `dtype`. Throws {@link FormatError} `damaged` where they are no whole number of elements. */
export function decodeElements(bytes: Uint8Array, dtype: DType, littleEndian = true): TypedArray {
  const size = elementBytes(dtype);
  if (bytes.length % size !== 0) {
    throw new FormatError('damaged', `${bytes.length} bytes are not a whole number of ${dtype} elements: the file is damaged.`);
  }
  if (size > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN) return viewAs(swapped(bytes, size), dtype);
  // A copy begins on every boundary. (Not slice(): on Node's Buffer that is no copy.)
  return viewAs(bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes), dtype);
}

function viewAs(bytes: Uint8Array, dtype: DType): TypedArray {
  const { buffer, byteOffset } = bytes;
  const count = bytes.length / elementBytes(dtype);
  // The cast is to the types' taste only: each of the constructors takes any buffer.
  return new ELEMENT_ARRAYS[dtype](buffer as ArrayBuffer, byteOffset, count);
}

/** The elements' bytes, little-endian; a view where the machine is little-endian too. */
export function encodeElements(data: TypedArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return HOST_IS_LITTLE_ENDIAN ? bytes : swapped(bytes, data.BYTES_PER_ELEMENT);
}

/** A copy with the bytes of each element in reverse. */
function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (let start = 0; start < copy.length; start += size) copy.subarray(start, start + size).reverse();
  return copy;
}
