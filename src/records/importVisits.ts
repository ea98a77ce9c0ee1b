/**
 * Takes the visits of an exported file into the store. The whole file is read and validated before anything is written. Of a visit that is
 * here already in another state, the one changed last is kept (`RecordStore.merge`).
 */
import { codeOf } from '../screening/errors.ts';
import { exportDamaged, RecordError } from './errors.ts';
import { EXPORT_LIMITS, readExport, type ExportReader } from './exportReader.ts';
import type { KeptVisit } from './keptVisit.ts';
import type { MergeCounts, RecordStore } from './recordStore.ts';

export interface ImportOptions {
  /** null where none was asked for: a file that needs one says so (`export-locked`). */
  passphrase: string | null;
  signal?: AbortSignal;
  /** Share that is done, 0..1. */
  onProgress?: (share: number) => void;
  limits?: typeof EXPORT_LIMITS;
}

/** Visits that are written together. */
const BATCH = 20;

/**
 * Throws RecordError `records-locked`, and all that `readExport` throws, with nothing written; so does an abort before the writing. Where
 * room runs out in the middle (`records-full`), the visits before that are in, and importing the file again goes on from there.
 */
export async function importVisits(store: RecordStore, file: Blob, options: ImportOptions): Promise<MergeCounts> {
  const { passphrase, signal, onProgress, limits = EXPORT_LIMITS } = options;
  // Throws where the records are locked, before a long file is read.
  await store.lock.sealing();
  const reader = await readExport(file, passphrase, limits);
  const steps = Math.max(1, 2 * reader.count);
  await validate(reader, (read) => onProgress?.(read / steps), signal);
  const counts: MergeCounts = { added: 0, replaced: 0, skipped: 0 };
  try {
    await store.mergeBatches(batches(reader), ({ added, replaced, skipped }) => {
      counts.added += added;
      counts.replaced += replaced;
      counts.skipped += skipped;
      onProgress?.((reader.count + doneOf(counts)) / steps);
    });
  } catch (cause) {
    if (codeOf(cause) !== 'records-full' || doneOf(counts) === 0) throw cause;
    throw outOfRoom(doneOf(counts), reader.count, cause);
  }
  return counts;
}

async function validate(reader: ExportReader, onRead: (count: number) => void, signal?: AbortSignal): Promise<void> {
  const ids = new Set<string>();
  for await (const { visit } of reader.visits()) {
    signal?.throwIfAborted();
    if (ids.has(visit.id)) throw exportDamaged();
    ids.add(visit.id);
    onRead(ids.size);
  }
}

async function* batches(reader: ExportReader): AsyncGenerator<KeptVisit[], void> {
  let batch: KeptVisit[] = [];
  for await (const kept of reader.visits()) {
    batch.push(kept);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function outOfRoom(done: number, of: number, cause: unknown): RecordError {
  return new RecordError(
    'records-full',
    `There was room for ${done} of ${of} records; these are in. Free space on this device, then import the file again: it goes on from there.`,
    { cause },
  );
}

function doneOf({ added, replaced, skipped }: MergeCounts): number {
  return added + replaced + skipped;
}
