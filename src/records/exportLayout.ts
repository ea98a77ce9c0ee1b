/**
 * How an exported file (`.plumbline`) is laid out. Eight bytes that say what it is, two for the version of the layout, then blocks: four bytes
 * of length, the SHA-256 of what follows, and that. The first block says how to read the others (CBOR, `headerSchema`); the second how many
 * visits there are (`contentsSchema`); then each visit has a block, so that none but the one at hand takes memory. All after the first are
 * CBOR packed with gzip, and sealed where there is a passphrase: 12 bytes of initialisation vector, then ciphertext and tag. The seal holds
 * which block of which file it is, so that none can be left out, exchanged or repeated.
 *
 * Numbers are big-endian. Recordings aren't exported.
 */
import * as v from 'valibot';
import { exportDamaged, RecordError } from './errors.ts';
import type { FileBytes } from './fileBytes.ts';
import { wrappedKeySchema } from './passphrase.ts';

/** The first byte is no text, and the line break breaks where a program takes the file for text (as PNG's do, RFC 2083 section 12.11). */
export const MAGIC = Uint8Array.of(0x89, 0x50, 0x4c, 0x55, 0x4d, 0x42, 0x0d, 0x0a);

/** Grows when older versions of the app could not read a new file. */
export const EXPORT_VERSION = 1;

/** Before the first block. */
export const START_BYTES = MAGIC.length + 2;
const LENGTH_BYTES = 4;
const DIGEST_BYTES = 32;
const BLOCK_START_BYTES = LENGTH_BYTES + DIGEST_BYTES;

export const headerSchema = v.strictObject({
  /** The schema of the visits: an app that doesn't know it yet can say so. */
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** What the other blocks are sealed with; null where they aren't. */
  key: v.nullable(wrappedKeySchema),
});

export const contentsSchema = v.strictObject({
  /** When it was made, ISO 8601. */
  made: v.pipe(v.string(), v.isoTimestamp()),
  visits: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** The block after the header. */
export const CONTENTS = 'contents';

/** Where a block is, as it goes into its seal. */
export function blockPlace(keyId: string, block: typeof CONTENTS | number): string {
  return `export/${keyId}/${block}`;
}

export function startOf(version: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...MAGIC, version >> 8, version & 255);
}

export async function toBlock(content: Uint8Array<ArrayBuffer>): Promise<Blob> {
  const length = new DataView(new ArrayBuffer(LENGTH_BYTES));
  length.setUint32(0, content.length);
  return new Blob([length, await crypto.subtle.digest('SHA-256', content), content]);
}

/**
 * The content of the block at `at`, and where the next one is. Throws {@link RecordError} `export-damaged`, `export-unreadable`, and
 * `export-too-large` for one of more than `most` bytes.
 */
export async function readBlock(
  file: FileBytes,
  at: number,
  most: number,
): Promise<{ content: Uint8Array<ArrayBuffer>; next: number }> {
  const start = await file.at(at, BLOCK_START_BYTES);
  const length = new DataView(start.buffer).getUint32(0);
  const from = at + BLOCK_START_BYTES;
  if (length > file.size - from) throw exportDamaged();
  if (length > most) throw tooLarge();
  const content = await file.at(from, length);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  if (digest.some((byte, index) => byte !== start[LENGTH_BYTES + index])) throw exportDamaged();
  return { content, next: from + length };
}

export function tooLarge(): RecordError {
  return new RecordError(
    'export-too-large',
    'This file holds more than can be imported at once. Export fewer records at a time. Nothing was imported.',
  );
}
