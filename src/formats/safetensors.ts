/**
 * safetensors: named tensors behind a JSON header, no code. The project's canonical file for weights. Written against the format's
 * public description; every framework reads what is written here.
 */
import { ByteReader } from './bytes.ts';
import { decodeElements, encodeElements } from './elements.ts';
import { FormatError } from './errors.ts';
import { elementBytes, ndArray, type NdArray } from './ndarray.ts';
import { formatHeader, parseHeader, type TensorEntry } from './safetensorsHeader.ts';

export interface Safetensors {
  /** Tensors by name, in the order of their data. */
  tensors: Map<string, NdArray>;
  metadata: Map<string, string>;
}

const LENGTH_BYTES = 8;
/** Room for some 80,000 tensors. */
const MAX_HEADER = 8 * 2 ** 20;
/** The data begin on a multiple of this, so that every tensor can be used in place. */
const ALIGNMENT = 8;

/** Reads a file. Elements are views into `bytes` where they are aligned, copies elsewhere. Throws {@link FormatError}. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const reader = new ByteReader(bytes, 'The safetensors file');
  const headerLength = reader.uint64();
  if (headerLength > MAX_HEADER) {
    throw new FormatError('too-large', `The safetensors header takes ${headerLength} bytes; at most ${MAX_HEADER} are read.`);
  }
  const headerBytes = reader.take(headerLength);
  const { entries, metadata } = parseHeader(headerBytes, reader.remaining);
  const tensors = new Map<string, NdArray>();
  for (const { name, dtype, shape, begin, end } of entries) {
    tensors.set(name, { shape, dtype, data: decodeElements(reader.take(end - begin), dtype) });
  }
  return { tensors, metadata };
}

/**
 * Writes a file. The same tensors and metadata always give the same bytes, whatever their order: tensors with large elements come
 * first (so that all are aligned), then by name; metadata by key. Throws {@link FormatError} `invalid-value`.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NdArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) => elementBytes(b.dtype) - elementBytes(a.dtype) || compareText(nameA, nameB),
  );
  let end = 0;
  const entries = sorted.map(([name, tensor]): TensorEntry => {
    const { dtype, shape, data } = ndArray(tensor.dtype, tensor.shape, tensor.data);
    const begin = end;
    end += data.byteLength;
    return { name, dtype, shape, begin, end };
  });
  const text = formatHeader(
    entries,
    Object.entries(metadata).sort(([a], [b]) => compareText(a, b)),
  );
  const header = new TextEncoder().encode(text);
  const dataStart = Math.ceil((LENGTH_BYTES + header.length) / ALIGNMENT) * ALIGNMENT;
  if (dataStart - LENGTH_BYTES > MAX_HEADER) {
    throw new FormatError(
      'invalid-value',
      `These are too many tensors for one safetensors file: its header would take ${header.length} bytes.`,
    );
  }

  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - LENGTH_BYTES), true);
  bytes.fill(0x20, LENGTH_BYTES, dataStart);
  bytes.set(header, LENGTH_BYTES);
  sorted.forEach(([, { data }], i) => bytes.set(encodeElements(data), dataStart + (entries[i]?.begin ?? 0)));
  return bytes;
}

/** By code units: the same on every machine, unlike a comparison by language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
