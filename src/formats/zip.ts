/**
 * A zip file in memory, read entry by entry. Stored entries are views, deflated ones are inflated to exactly the size announced.
 * Sizes, places and checksums must agree, entries must not overlap (so that no few bytes can unpack to many files), and what is
 * handed out stays within a bound.
 */
import { ByteReader, decodeUtf8, plainBytes } from './bytes.ts';
import { FormatError, quoteName } from './errors.ts';
import { crc32 } from './zip/crc32.ts';
import { readDirectory, type ZipDirectory, type ZipEntry } from './zip/directory.ts';
import { inflateExactly } from './zip/inflate.ts';

export interface ZipLimits {
  entries: number;
  /** Bytes of all entries together, unpacked. */
  totalSize: number;
}

const ZIP_LIMITS: Readonly<ZipLimits> = { entries: 100_000, totalSize: 2 ** 30 };

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/** Do the bytes begin as a zip file with at least one entry does? */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new ByteReader(bytes, 'The zip file').uint32() === LOCAL_SIGNATURE;
}

export class ZipArchive {
  /** Bytes of all entries together, unpacked. */
  readonly size: number;
  private readonly bytes: Uint8Array;
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly starts: ReadonlyMap<ZipEntry, number>;

  /** Reads the directory and checks every entry's place and size; contents are read when asked for. Throws {@link FormatError}. */
  constructor(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS) {
    if (!looksLikeZip(bytes)) throw new FormatError('not-recognised', 'This is not a zip file.');
    this.bytes = plainBytes(bytes);
    const directory = readDirectory(bytes, limits.entries);
    this.size = directory.entries.reduce((sum, entry) => sum + entry.size, 0);
    if (this.size > limits.totalSize) {
      throw new FormatError('too-large', `The zip file unpacks to ${this.size} bytes; at most ${limits.totalSize} are read.`);
    }
    this.entries = new Map(directory.entries.map((entry) => [entry.name, entry]));
    this.starts = locateContents(bytes, directory);
  }

  /** Names of the entries, in the directory's order. */
  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The content of one entry; a view where it is stored without compression. Throws {@link FormatError}. */
  read(name: string): Uint8Array {
    const entry = this.entries.get(name);
    const start = entry && this.starts.get(entry);
    if (!entry || start === undefined) throw new FormatError('damaged', `The zip file lacks its entry ${quoteName(name)}.`);
    const packed = this.bytes.subarray(start, start + entry.compressedSize);
    const content = unpack(packed, entry);
    // A checksum of 0 means that none was computed (PyTorch can be told so).
    if (entry.crc32 !== 0 && crc32(content) !== entry.crc32) {
      throw new FormatError(
        'damaged',
        `The zip file's entry ${quoteName(name)} does not match its checksum. Copy the file again.`,
      );
    }
    return content;
  }
}

function unpack(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.method === DEFLATED) return inflateExactly(packed, entry.size);
  if (entry.method !== STORED) {
    throw new FormatError(
      'unsupported',
      `The zip file uses compression method ${entry.method}. Pack it again with deflate or none.`,
    );
  }
  if (entry.size !== packed.length) {
    throw new FormatError('damaged', `The zip file gives two sizes for its entry ${quoteName(entry.name)}: it is damaged.`);
  }
  return packed;
}

/** Where each entry's content begins, from its own header; refuses entries that reach into each other or the directory. */
function locateContents(bytes: Uint8Array, directory: ZipDirectory): Map<ZipEntry, number> {
  const starts = new Map<ZipEntry, number>();
  let free = 0;
  for (const entry of [...directory.entries].sort((a, b) => a.headerStart - b.headerStart)) {
    if (entry.headerStart < free || entry.headerStart + LOCAL_LENGTH > directory.start) throw misplaced(entry);
    const reader = new ByteReader(bytes, 'The zip file', entry.headerStart);
    if (reader.uint32() !== LOCAL_SIGNATURE) throw misplaced(entry);
    reader.take(22);
    const [nameLength, extraLength] = [reader.uint16(), reader.uint16()];
    if (decodeUtf8(reader.take(nameLength), 'The zip file') !== entry.name) throw misplaced(entry);
    reader.take(extraLength);
    free = reader.position + entry.compressedSize;
    if (free > directory.start) throw misplaced(entry);
    starts.set(entry, reader.position);
  }
  return starts;
}

function misplaced(entry: ZipEntry): FormatError {
  return new FormatError(
    'damaged',
    `The zip file's entry ${quoteName(entry.name)} is not where the directory puts it: the file is damaged.`,
  );
}
