/** Recordings of walks, kept beside their visits where the site turns that on. They never leave the device with an export. */
import type { IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { decode, encode } from './cbor.ts';
import { keysOf, rowAt } from './database.ts';
import { recordDamaged } from './errors.ts';
import { RECORDINGS } from './layout.ts';
import { fromRow, placeOf, type RowSeal } from './rows.ts';

const recordingSchema = v.strictObject({ type: v.string(), bytes: v.instance(Uint8Array<ArrayBuffer>) });

/** The id of the visit, then the walk's. */
export type RecordingKey = [visit: string, walk: string];

export async function recordingBytes(recording: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return encode({ type: recording.type, bytes: new Uint8Array(await recording.arrayBuffer()) });
}

/** Null where none is kept. Throws RecordError `record-damaged` or `records-locked`. */
export async function readRecording(database: IDBPDatabase, sealing: RowSeal | null, at: RecordingKey): Promise<Blob | null> {
  const row = await rowAt(database, RECORDINGS, at);
  if (row === undefined) return null;
  const content = await fromRow(row, placeOf(RECORDINGS, at), sealing);
  try {
    const { type, bytes } = v.parse(recordingSchema, decode(content));
    return new Blob([bytes], { type });
  } catch (cause) {
    throw recordDamaged(cause);
  }
}

/** Of which walks there is one. */
export async function recordingKeys(database: IDBPDatabase): Promise<RecordingKey[]> {
  return (await keysOf(database, RECORDINGS)) as RecordingKey[];
}
