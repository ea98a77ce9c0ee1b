/**
 * NumPy's .npy file: a magic, a header that is a Python literal, then the elements. Versions 1 to 3 (they differ in the
 * header's length field and encoding), either byte order, C and Fortran order. Written against NumPy's format description.
 */
import { ByteReader, decodeLatin1, decodeUtf8 } from './bytes.ts';
import { decodeElements, encodeElements } from './elements.ts';
import { FormatError } from './errors.ts';
import { elementBytes, elementCount, ndArray, type NdArray } from './ndarray.ts';
import { formatNpyHeader, parseNpyHeader } from './npyHeader.ts';
import { fortranStrides, inCOrder } from './strided.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A plain array's header is about 100 bytes; NumPy itself refuses more than 10,000. */
const MAX_HEADER = 10_000;
/** Where the elements begin is a multiple of this, so that they can be used in place. */
const ALIGNMENT = 64;

/** Whether the bytes begin as NumPy's .npy files do. */
export function looksLikeNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Reads one array. The elements are a view into `bytes` where order and alignment allow. Throws {@link FormatError}. */
export function readNpy(bytes: Uint8Array): NdArray {
  const reader = new ByteReader(bytes, 'The NPY file');
  if (!looksLikeNpy(bytes)) {
    throw new FormatError('not-recognised', 'This is not an NPY file: it does not begin as NumPy writes them.');
  }
  reader.take(MAGIC.length);
  const version = reader.uint8();
  reader.uint8();
  if (version < 1 || version > 3) {
    throw new FormatError(
      'unsupported',
      `This NPY file has version ${version}; versions 1 to 3 can be read. Save it again with np.save.`,
    );
  }
  const headerLength = version === 1 ? reader.uint16() : reader.uint32();
  if (headerLength > MAX_HEADER) {
    throw new FormatError('too-large', `The NPY file's header takes ${headerLength} bytes; at most ${MAX_HEADER} are read.`);
  }
  const headerBytes = reader.take(headerLength);
  const header = parseNpyHeader(version === 3 ? decodeUtf8(headerBytes, 'The NPY file') : decodeLatin1(headerBytes));

  const { shape, dtype, littleEndian, fortranOrder } = header;
  const expected = elementCount(shape) * elementBytes(dtype);
  if (expected !== reader.remaining) {
    throw new FormatError(
      expected > reader.remaining ? 'truncated' : 'damaged',
      `The NPY file announces ${expected} bytes of elements and holds ${reader.remaining}. Copy or save it again.`,
    );
  }
  const data = decodeElements(reader.take(expected), dtype, littleEndian);
  if (!fortranOrder) return { shape, dtype, data };
  return { shape, dtype, data: inCOrder(data, dtype, { shape, strides: fortranStrides(shape), offset: 0 }) };
}

/** Writes one array as NPY version 1, little-endian, C order, as `np.save` does. */
export function writeNpy(array: NdArray): Uint8Array {
  const { shape, dtype, data } = ndArray(array.dtype, array.shape, array.data);
  const start = MAGIC.length + 4;
  const header = formatNpyHeader(dtype, shape);
  const total = Math.ceil((start + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${header.padEnd(total - start - 1)}\n`;

  const bytes = new Uint8Array(total + data.byteLength);
  bytes.set([...MAGIC, 1, 0, padded.length & 255, padded.length >> 8]);
  for (let i = 0; i < padded.length; i++) bytes[start + i] = padded.charCodeAt(i);
  bytes.set(encodeElements(data), total);
  return bytes;
}
