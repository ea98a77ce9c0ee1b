/** Visits in the database: each as a summary and as a whole, with its recordings, written together or not at all. */
import type { IDBPDatabase } from 'idb';
import { codeOf } from '../screening/errors.ts';
import { rowAt, rowsOf, transact } from './database.ts';
import { recordDamaged, RecordError } from './errors.ts';
import { keptBytes, readKept, type KeptVisit } from './keptVisit.ts';
import { PERSONAL_STORES, RECORDINGS, SUMMARIES, VISITS, type PersonalStore, type RowKey } from './layout.ts';
import { recordingBytes, recordingKeys } from './recordings.ts';
import { fromRow, placeOf, toRow, type Row, type RowSeal } from './rows.ts';
import { readSummary, summaryBytes, summaryOf, type VisitSummary } from './summary.ts';

/** The database, and what its rows are sealed with; null where there is no passphrase. */
export interface Rows {
  database: IDBPDatabase;
  sealing: RowSeal | null;
}

/** Those that can be read, and the ids of those that can't: one damaged row doesn't hide the others. */
export interface Found<T> {
  found: T[];
  damaged: string[];
}

/** A visit that is to be written, with the recordings that come with it, by the ids of their walks. */
export interface NewVisit extends KeptVisit {
  recordings?: ReadonlyMap<string, Blob>;
}

/** In no order. A summary that can't be read is made anew from its visit. */
export async function readSummaries(rows: Rows): Promise<Found<VisitSummary>> {
  const stored = new Map((await rowsOf(rows.database, SUMMARIES)).map(([id, row]) => [String(id), row]));
  return gather([...stored.keys()], async (id) => {
    try {
      return readSummary(await fromRow(stored.get(id), placeOf(SUMMARIES, id), rows.sealing));
    } catch (error) {
      if (codeOf(error) !== 'record-damaged') throw error;
      return summaryOf((await readVisit(rows, id)).visit);
    }
  });
}

/** What `read` gives for each id, in their order. */
export async function gather<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<Found<T>> {
  const results = await Promise.all(
    ids.map(async (id): Promise<{ value: T } | { damaged: string }> => {
      try {
        return { value: await read(id) };
      } catch (error) {
        if (codeOf(error) !== 'record-damaged') throw error;
        return { damaged: id };
      }
    }),
  );
  return {
    found: results.flatMap((result) => ('value' in result ? [result.value] : [])),
    damaged: results.flatMap((result) => ('damaged' in result ? [result.damaged] : [])),
  };
}

/** Throws {@link RecordError} `record-missing`, `record-damaged` or `records-locked`. */
export async function readVisit(rows: Rows, id: string): Promise<KeptVisit> {
  const kept = await findVisit(rows, id);
  if (kept) return kept;
  throw new RecordError('record-missing', 'This record is not on this device any more. It may have been deleted in another tab.');
}

/** Null where there is none. Throws {@link RecordError} `record-damaged` or `records-locked`. */
export async function findVisit({ database, sealing }: Rows, id: string): Promise<KeptVisit | null> {
  const row = await rowAt(database, VISITS, id);
  if (row === undefined) return null;
  const kept = readKept(await fromRow(row, placeOf(VISITS, id), sealing));
  if (kept.visit.id !== id) throw recordDamaged();
  return kept;
}

interface Write {
  store: PersonalStore;
  at: RowKey;
  /** null to delete it. */
  row: Row | null;
}

/** Writes all of them or none. Recordings that are there stay with their walks, and go with walks that are gone. */
export async function writeVisits(rows: Rows, visits: readonly NewVisit[]): Promise<void> {
  const there = await recordingKeys(rows.database);
  const writes: Write[] = [];
  for (const visit of visits) {
    const kept = there.filter(([of]) => of === visit.visit.id).map(([, walk]) => walk);
    writes.push(...(await writesFor(visit, kept, rows.sealing)));
  }
  await carryOut(rows.database, writes);
}

/** Deletes all of them, with their recordings, or none. */
export async function deleteVisits(database: IDBPDatabase, ids: ReadonlySet<string>): Promise<void> {
  const recordings = (await recordingKeys(database)).filter(([visit]) => ids.has(visit));
  await carryOut(database, [
    ...[...ids].flatMap((at): Write[] => ([SUMMARIES, VISITS] as const).map((store) => ({ store, at, row: null }))),
    ...recordings.map((at): Write => ({ store: RECORDINGS, at, row: null })),
  ]);
}

/** `kept`: the walks of this visit that a recording is there of. */
async function writesFor({ changed, visit, recordings }: NewVisit, kept: readonly string[], sealing: RowSeal | null) {
  const recorded = new Set([...kept, ...(recordings?.keys() ?? [])]);
  const marked = { ...visit, walks: visit.walks.map((walk) => ({ ...walk, video: recorded.has(walk.id) })) };
  const write = async (store: PersonalStore, at: RowKey, content: Uint8Array<ArrayBuffer>): Promise<Write> => ({
    store,
    at,
    row: await toRow(content, placeOf(store, at), sealing),
  });
  const writes = [
    await write(SUMMARIES, visit.id, summaryBytes(summaryOf(marked))),
    await write(VISITS, visit.id, keptBytes({ changed, visit: marked })),
  ];
  for (const { id } of visit.walks) {
    const recording = recordings?.get(id);
    if (recording) writes.push(await write(RECORDINGS, [visit.id, id], await recordingBytes(recording)));
  }
  const gone = kept.filter((walk) => !visit.walks.some(({ id }) => id === walk));
  return [...writes, ...gone.map((walk): Write => ({ store: RECORDINGS, at: [visit.id, walk], row: null }))];
}

async function carryOut(database: IDBPDatabase, writes: readonly Write[]): Promise<void> {
  await transact(database, PERSONAL_STORES, 'readwrite', (transaction) =>
    Promise.all(
      writes.map(async ({ store, at, row }) => {
        const rows = transaction.objectStore(store);
        await (row ? rows.put(row, at) : rows.delete(at));
      }),
    ),
  );
}
