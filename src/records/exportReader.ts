/** An exported file, read visit by visit. Whatever its bytes are: what comes out was validated, and nothing is thrown but a RecordError. */
import * as v from 'valibot';
import { decode } from './cbor.ts';
import { exportDamaged, RecordError } from './errors.ts';
import {
  blockPlace,
  CONTENTS,
  contentsSchema,
  EXPORT_VERSION,
  headerSchema,
  MAGIC,
  readBlock,
  START_BYTES,
  tooLarge,
} from './exportLayout.ts';
import { FileBytes } from './fileBytes.ts';
import { readKept, type KeptVisit } from './keptVisit.ts';
import { unpack } from './packing.ts';
import { unwrapKey } from './passphrase.ts';
import { IV_BYTES, unseal } from './sealing.ts';
import { VISIT_SCHEMA } from './visit.ts';

interface ExportLimits {
  /** Bytes of the file. */
  file: number;
  visits: number;
  /** Bytes of one visit, unpacked. */
  visit: number;
  /** Bytes of all visits together, unpacked one after the other. */
  total: number;
}

const MEBIBYTE = 2 ** 20;

/** A visit of three walks of 20 seconds has 0.2 MB. */
export const EXPORT_LIMITS: Readonly<ExportLimits> = {
  file: 2048 * MEBIBYTE,
  visits: 100_000,
  visit: 32 * MEBIBYTE,
  total: 8192 * MEBIBYTE,
};

/** A header has a few hundred bytes. */
const LARGEST_HEADER = 4096;

export interface ExportReader {
  /** How many visits there are. */
  count: number;
  /** From the first to the last, as often as they are asked for. Throws {@link RecordError} `export-damaged` or `export-too-large`. */
  visits(): AsyncGenerator<KeptVisit, void>;
}

/**
 * Opens a file. Throws {@link RecordError} `export-foreign`, `export-newer`, `export-damaged`, `export-too-large`, `export-unreadable`,
 * `export-locked` where it is under a passphrase and none is given, and `wrong-passphrase`.
 */
export async function readExport(blob: Blob, passphrase: string | null, limits = EXPORT_LIMITS): Promise<ExportReader> {
  if (blob.size > limits.file) throw tooLarge();
  const file = new FileBytes(blob);
  await checkStart(file);
  const header = await readBlock(file, START_BYTES, LARGEST_HEADER);
  const { schema, key } = checked(headerSchema, header.content);
  if (schema > VISIT_SCHEMA) throw newer();
  if (key && passphrase === null) {
    throw new RecordError('export-locked', 'This file is locked with a passphrase. Enter the one that was set when it was made.');
  }
  const sealing = key && passphrase !== null ? { id: key.id, key: await unwrapKey(key, passphrase) } : null;

  /** What the block at `at` holds, within `most` bytes. */
  const open = async (at: number, place: typeof CONTENTS | number, most: number) => {
    const { content, next } = await readBlock(file, at, most);
    const sealed = { iv: content.slice(0, IV_BYTES), bytes: content.slice(IV_BYTES) };
    const packed = sealing ? await unseal(sealing.key, sealed, blockPlace(sealing.id, place)) : content;
    if (!packed) throw exportDamaged();
    return { bytes: await unpacked(packed, most), next };
  };

  const contents = await open(header.next, CONTENTS, LARGEST_HEADER);
  const { visits: count } = checked(contentsSchema, contents.bytes);
  if (count > limits.visits) throw tooLarge();

  return {
    count,
    async *visits() {
      let at = contents.next;
      let total = 0;
      for (let index = 0; index < count; index++) {
        const { bytes, next } = await open(at, index, limits.visit);
        total += bytes.length;
        if (total > limits.total) throw tooLarge();
        yield validated(bytes);
        at = next;
      }
      if (at !== file.size) throw exportDamaged();
    },
  };
}

async function checkStart(file: FileBytes): Promise<void> {
  const start = file.size < START_BYTES ? MAGIC.slice(0, 0) : await file.at(0, START_BYTES);
  if (MAGIC.some((byte, index) => byte !== start[index])) {
    throw new RecordError(
      'export-foreign',
      'This is not a file of records exported by Plumbline. Choose one that ends in “.plumbline”.',
    );
  }
  const version = new DataView(start.buffer).getUint16(MAGIC.length);
  if (version > EXPORT_VERSION) throw newer();
  if (version < 1) throw exportDamaged();
}

function newer(): RecordError {
  return new RecordError(
    'export-newer',
    'This file was made by a newer version of Plumbline. Reload the page to get that version, then import it again. Nothing was imported.',
  );
}

/** Throws {@link RecordError} `export-damaged`. */
function checked<Schema extends v.GenericSchema>(schema: Schema, bytes: Uint8Array): v.InferOutput<Schema> {
  try {
    return v.parse(schema, decode(bytes));
  } catch (cause) {
    throw exportDamaged(cause);
  }
}

function validated(bytes: Uint8Array): KeptVisit {
  try {
    return readKept(bytes);
  } catch (cause) {
    throw exportDamaged(cause);
  }
}

async function unpacked(packed: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | null;
  try {
    bytes = await unpack(packed, most);
  } catch (cause) {
    throw exportDamaged(cause);
  }
  if (!bytes) throw tooLarge();
  return bytes;
}
