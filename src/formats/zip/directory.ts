/**
 * The directory at a zip file's end: where each entry is, how large, how stored. Including the 64-bit records that PyTorch always
 * writes. Written against PKWARE's APPNOTE. Nothing is believed that the bytes do not bear out.
 */
import { ByteReader, decodeUtf8 } from '../bytes.ts';
import { FormatError } from '../errors.ts';

export interface ZipEntry {
  name: string;
  /** 0 = stored, 8 = deflated. */
  method: number;
  crc32: number;
  compressedSize: number;
  size: number;
  /** Where the entry's own header begins. */
  headerStart: number;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  /** Where the directory begins: every entry ends before it. */
  start: number;
}

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const LONGEST_COMMENT = 0xffff;
const ENTRY_LENGTH = 46;
const ZIP64_EXTRA = 1;
const ENCRYPTED_FLAG = 1;
const FILE = 'The zip file';

/** Reads the directory. Throws {@link FormatError}. */
export function readDirectory(bytes: Uint8Array, maxEntries: number): ZipDirectory {
  const { count, start, length } = locateDirectory(bytes);
  if (count > maxEntries)
    throw new FormatError('too-large', `The zip file lists ${count} entries; at most ${maxEntries} are read.`);
  if (start + length > bytes.length || count * ENTRY_LENGTH > length) throw damaged();

  const reader = new ByteReader(bytes.subarray(start, start + length), FILE);
  const entries = Array.from({ length: count }, () => readEntry(reader));
  if (reader.remaining > 0 || new Set(entries.map((entry) => entry.name)).size !== count) throw damaged();
  return { entries, start };
}

function locateDirectory(bytes: Uint8Array): { count: number; start: number; length: number } {
  const end = findEnd(bytes);
  const reader = new ByteReader(bytes, FILE, end + 4);
  const disks = [reader.uint16(), reader.uint16()];
  const counts = [reader.uint16(), reader.uint16()];
  const [length, start] = [reader.uint32(), reader.uint32()];
  const locator = end - LOCATOR_LENGTH;
  if (locator >= 0 && signatureAt(bytes, locator) === LOCATOR_SIGNATURE) return locateDirectory64(bytes, locator);
  if (disks[0] !== 0 || disks[1] !== 0) throw severalDisks();
  if (counts[0] !== counts[1]) throw damaged();
  return { count: counts[0] ?? 0, start, length };
}

function locateDirectory64(bytes: Uint8Array, locator: number): { count: number; start: number; length: number } {
  const pointer = new ByteReader(bytes, FILE, locator + 4);
  const disk = pointer.uint32();
  const position = pointer.uint64();
  if (disk !== 0 || pointer.uint32() > 1) throw severalDisks();
  if (position > locator - 56 || signatureAt(bytes, position) !== END64_SIGNATURE) throw damaged();

  const reader = new ByteReader(bytes, FILE, position + 16);
  if (reader.uint32() !== 0 || reader.uint32() !== 0) throw severalDisks();
  const [countHere, count] = [reader.uint64(), reader.uint64()];
  const [length, start] = [reader.uint64(), reader.uint64()];
  if (countHere !== count) throw damaged();
  return { count, start, length };
}

/** Position of the end record: the last signature whose comment reaches exactly to the file's end. */
function findEnd(bytes: Uint8Array): number {
  const first = Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = bytes.length - END_LENGTH; at >= first; at--) {
    if (signatureAt(bytes, at) !== END_SIGNATURE) continue;
    const comment = (bytes[at + 20] ?? 0) | ((bytes[at + 21] ?? 0) << 8);
    if (at + END_LENGTH + comment === bytes.length) return at;
  }
  throw new FormatError('truncated', 'The zip file has no directory at its end: it was cut off or is damaged. Copy it again.');
}

function signatureAt(bytes: Uint8Array, at: number): number {
  const [low, high] = [(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8), (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)];
  return low + high * 0x10000;
}

function readEntry(reader: ByteReader): ZipEntry {
  if (reader.uint32() !== ENTRY_SIGNATURE) throw damaged();
  reader.take(4); // versions
  const flags = reader.uint16();
  const method = reader.uint16();
  reader.take(4); // time and date
  const crc32 = reader.uint32();
  const compressed = reader.uint32();
  const size = reader.uint32();
  const [nameLength, extraLength, commentLength] = [reader.uint16(), reader.uint16(), reader.uint16()];
  const disk = reader.uint16();
  reader.take(6); // attributes
  const headerStart = reader.uint32();
  const name = decodeUtf8(reader.take(nameLength), FILE);
  const wide = widen([size, compressed, headerStart], reader.take(extraLength));
  reader.take(commentLength);
  if (flags & ENCRYPTED_FLAG)
    throw new FormatError('unsupported', 'The zip file is encrypted. Unpack it and pack it again without a password.');
  if (disk !== 0 && disk !== 0xffff) throw severalDisks();
  return { name, method, crc32, size: wide[0], compressedSize: wide[1], headerStart: wide[2] };
}

/** Replaces each field that is all ones by its 64-bit value from the extra field, in this order. */
function widen(fields: [number, number, number], extra: Uint8Array): [number, number, number] {
  const missing = fields.map((field) => field === 0xffffffff);
  if (!missing.includes(true)) return fields;
  const reader = new ByteReader(extra, FILE);
  while (reader.remaining >= 4) {
    const id = reader.uint16();
    const content = new ByteReader(reader.take(reader.uint16()), FILE);
    if (id === ZIP64_EXTRA) return fields.map((field, i) => (missing[i] ? content.uint64() : field)) as [number, number, number];
  }
  throw damaged();
}

function severalDisks(): FormatError {
  return new FormatError('unsupported', 'The zip file is one part of several. Join them and pack them as one file.');
}

function damaged(): FormatError {
  return new FormatError('damaged', "The zip file's directory contradicts itself: the file is damaged. Copy it again.");
}
