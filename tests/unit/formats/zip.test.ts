import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/formats/zip/crc32.ts';
import { inflateExactly } from '../../../src/formats/zip/inflate.ts';
import { looksLikeZip, ZipArchive } from '../../../src/formats/zip.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, concat, expectFormatError } from './support.ts';

const TEXT = bytesOf('plumb line '.repeat(100));
const LEVEL: Record<string, 0 | 9> = { stored: 0, deflated: 9 };

function archiveOf(level: 0 | 9 = 0): Uint8Array {
  return zipSync({ 'a/one': TEXT, two: [Uint8Array.of(1, 2, 3), { level: 0 }], empty: new Uint8Array(0) }, { level });
}

/** A copy with a little-endian number written over it. */
function patched(bytes: Uint8Array, at: number, value: number, size = 4): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (let i = 0; i < size; i++) copy[at + i] = Math.floor(value / 2 ** (8 * i)) & 255;
  return copy;
}

/** Where the directory begins, and its entry number `index`. */
function directoryEntry(bytes: Uint8Array, index = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = view.getUint32(bytes.length - 6, true);
  for (let i = 0; i < index; i++)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  return at;
}

const readAll = (bytes: Uint8Array): Uint8Array[] => {
  const archive = new ZipArchive(bytes);
  return archive.names.map((name) => archive.read(name));
};

describe('zip files', () => {
  it.each(['stored', 'deflated'])('give back what was %s', (kind) => {
    const archive = new ZipArchive(archiveOf(LEVEL[kind]));
    expect(archive.names).toEqual(['a/one', 'two', 'empty']);
    expect(archive.read('a/one')).toEqual(TEXT);
    expect(archive.read('two')).toEqual(Uint8Array.of(1, 2, 3));
    expect(archive.read('empty')).toEqual(new Uint8Array(0));
    expect([archive.has('two'), archive.has('three')]).toEqual([true, false]);
  });

  it('hand out stored entries in place', () => {
    const bytes = archiveOf();
    expect(new ZipArchive(bytes).read('a/one').buffer).toBe(bytes.buffer);
  });

  it('may carry a comment, and lie anywhere in a Node Buffer', () => {
    const bytes = archiveOf();
    const commented = concat(patched(bytes, bytes.length - 2, 3, 2), bytesOf('PK\x05'));
    const shifted = Buffer.concat([Buffer.of(1), commented]).subarray(1);
    expect(new ZipArchive(shifted).read('a/one')).toEqual(TEXT);
  });

  it('may have the 64-bit records that PyTorch writes', async () => {
    const archive = new ZipArchive(await readFixture('formats/torch/views.pt'));
    expect(archive.read('views/byteorder')).toEqual(bytesOf('little'));
  });

  it('are known by their first bytes', () => {
    expect(looksLikeZip(archiveOf())).toBe(true);
    expect(looksLikeZip(bytesOf('PK'))).toBe(false);
    expectFormatError(() => new ZipArchive(bytesOf('not a zip file at all, just text')), 'not-recognised');
  });

  it('have checksums as the standard wants them', () => {
    expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
  });
});

describe('damaged zip files', () => {
  const bytes = archiveOf(9);
  const entry = directoryEntry(bytes);
  const second = directoryEntry(bytes, 1);
  const end = bytes.length - 22;

  it.each<[string, Uint8Array, 'damaged' | 'truncated' | 'unsupported' | 'too-large']>([
    ['no end', bytes.subarray(0, -1), 'truncated'],
    ['half of it', bytes.subarray(0, bytes.length / 2), 'truncated'],
    ['a directory beyond the end', patched(bytes, end + 16, 2 ** 31), 'damaged'],
    ['a directory longer than the file', patched(bytes, end + 12, 2 ** 31), 'damaged'],
    ['a directory that begins elsewhere', patched(bytes, end + 16, entry - 1), 'damaged'],
    ['more entries than the directory holds', patched(patched(bytes, end + 8, 4, 2), end + 10, 4, 2), 'damaged'],
    ['fewer entries than the directory holds', patched(patched(bytes, end + 8, 2, 2), end + 10, 2, 2), 'damaged'],
    ['two counts', patched(bytes, end + 8, 2, 2), 'damaged'],
    ['several disks', patched(bytes, end + 4, 1, 2), 'unsupported'],
    ['an encrypted entry', patched(bytes, entry + 8, 1, 2), 'unsupported'],
    ['an unknown compression', patched(bytes, entry + 10, 93, 2), 'unsupported'],
    ['a wrong checksum', patched(bytes, entry + 16, 1), 'damaged'],
    ['a compressed size into the next entry', patched(bytes, entry + 20, 200), 'damaged'],
    ['a size that is too small', patched(bytes, entry + 24, TEXT.length - 1), 'damaged'],
    ['a size that is too large', patched(bytes, entry + 24, TEXT.length + 1), 'damaged'],
    ['a size beyond what deflate can do', patched(bytes, entry + 24, 2 ** 29), 'damaged'],
    ['a size beyond all bounds', patched(bytes, entry + 24, 0xfffffffe), 'too-large'],
    ['a 64-bit size without its field', patched(bytes, entry + 24, 0xffffffff), 'damaged'],
    ['an entry inside another', patched(bytes, second + 42, 4), 'damaged'],
    ['two entries in one place', patched(bytes, second + 42, 0), 'damaged'],
    ['an entry inside the directory', patched(bytes, entry + 42, entry), 'damaged'],
    ['an entry of another name', patched(bytes, 30, 0x62, 1), 'damaged'],
    ['a stored entry with two sizes', patched(bytes, second + 24, 2), 'damaged'],
    ['compressed bytes that are none', patched(bytes, 35, 0xffffffff), 'damaged'],
  ])('are told by %s', (_, damaged, code) => {
    expectFormatError(() => readAll(damaged), code);
  });

  it('may not list a name twice', () => {
    const twice = zipSync({ ab: TEXT, ac: TEXT });
    const second = directoryEntry(twice, 1);
    expectFormatError(() => readAll(patched(twice, second + 47, 0x62, 1)), 'damaged', 'contradicts');
  });

  it('lack an entry in a sentence', () => {
    expectFormatError(() => new ZipArchive(bytes).read('three'), 'damaged', 'lacks its entry "three"');
  });

  it('stay within the limits given', () => {
    expectFormatError(() => new ZipArchive(bytes, { entries: 2, totalSize: 1e6 }), 'too-large', '3 entries');
    expectFormatError(() => new ZipArchive(bytes, { entries: 3, totalSize: 1000 }), 'too-large', '1103 bytes');
  });
});

describe('a bomb', () => {
  const bomb = zipSync({ bomb: new Uint8Array(100_000_000) }, { level: 9 });

  it('that lies about its size stops at the size announced', () => {
    const archive = new ZipArchive(patched(bomb, directoryEntry(bomb) + 24, 10_000));
    const before = process.memoryUsage().arrayBuffers;
    expectFormatError(() => archive.read('bomb'), 'damaged', 'does not have the size');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  it('that is honest is stopped by the limit', () => {
    expectFormatError(() => new ZipArchive(bomb, { entries: 10, totalSize: 50_000_000 }), 'too-large', '100000000');
  });

  it('cannot announce what its bytes cannot hold', () => {
    expectFormatError(() => inflateExactly(new Uint8Array(10), 1_000_000_000), 'damaged');
  });
});
