/**
 * The frame of a `.wandb` file: LevelDB's log format (google/leveldb, doc/log_format.md) below a head of W&B's own. Records lie in blocks of
 * 32 KiB, one that crosses a block's end in fragments, each with its checksum, length and kind: a file that was cut off loses its last
 * record and nothing else.
 */
import { crc32 } from 'node:zlib';

const BLOCK = 32 * 1024;
/** Checksum, length, kind. */
const FRAGMENT_HEAD = 7;

/** ":W&B", the number 0xBEE1, version 0. */
const FILE_HEAD = Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0);

const FULL = 1;
const FIRST = 2;
const MIDDLE = 3;
const LAST = 4;

/** Turns records into the bytes of one file, in order. */
export class TransactionLog {
  /** Bytes of the file so far. */
  #position = 0;

  /** The file's first bytes. */
  begin(): Uint8Array {
    this.#position = FILE_HEAD.length;
    return FILE_HEAD;
  }

  /** The next bytes. */
  record(content: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    let rest = content;
    let first = true;
    do {
      const space = BLOCK - (this.#position % BLOCK);
      if (space < FRAGMENT_HEAD) {
        pieces.push(new Uint8Array(space));
        this.#position += space;
        continue;
      }
      const part = rest.subarray(0, space - FRAGMENT_HEAD);
      rest = rest.subarray(part.length);
      pieces.push(fragment(kindOf(first, rest.length === 0), part));
      this.#position += FRAGMENT_HEAD + part.length;
      first = false;
    } while (first || rest.length > 0);
    return Buffer.concat(pieces);
  }
}

function kindOf(first: boolean, last: boolean): number {
  if (first) return last ? FULL : FIRST;
  return last ? LAST : MIDDLE;
}

/** The checksum is over kind and content. */
function fragment(kind: number, content: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(FRAGMENT_HEAD + content.length);
  bytes.writeUInt16LE(content.length, 4);
  bytes.writeUInt8(kind, 6);
  bytes.set(content, FRAGMENT_HEAD);
  bytes.writeUInt32LE(crc32(bytes.subarray(6)), 0);
  return bytes;
}
