/** Visits as one file, for another device or to be kept elsewhere: all of them or some, under a passphrase of its own or readable. */
import { encode } from './cbor.ts';
import { CONTENTS, blockPlace, EXPORT_VERSION, startOf, toBlock } from './exportLayout.ts';
import { keptBytes, withoutRecordings } from './keptVisit.ts';
import { codeOf } from '../screening/errors.ts';
import { pack } from './packing.ts';
import { ITERATIONS, newKey } from './passphrase.ts';
import type { RecordStore } from './recordStore.ts';
import { seal } from './sealing.ts';
import { VISIT_SCHEMA } from './visit.ts';

export const EXPORT_ENDING = '.plumbline';

export interface ExportOptions {
  /** Of the visits to export; all where it is left out. */
  ids?: readonly string[];
  /** null for a file that anybody can read. */
  passphrase: string | null;
  /** When it is made. */
  now: Date;
  iterations?: number;
  signal?: AbortSignal;
}

export interface ExportedVisits {
  file: Blob;
  /** How many visits are in it. */
  visits: number;
  /** Ids of those that can't be read, and so aren't. */
  damaged: string[];
}

/** Throws RecordError `record-missing` and `records-locked`, and the signal's reason. */
export async function exportVisits(store: RecordStore, options: ExportOptions): Promise<ExportedVisits> {
  const { passphrase, now, signal, iterations = ITERATIONS } = options;
  const sealing = passphrase === null ? null : await newKey(passphrase, iterations);
  const block = async (content: Uint8Array<ArrayBuffer>, place: typeof CONTENTS | number) => {
    const packed = await pack(content);
    if (!sealing) return toBlock(packed);
    const { iv, bytes } = await seal(sealing.key, packed, blockPlace(sealing.wrapped.id, place));
    return toBlock(new Uint8Array(await new Blob([iv, bytes]).arrayBuffer()));
  };
  const blocks: Blob[] = [];
  const damaged: string[] = [];
  for (const id of options.ids ?? (await idsOf(store, damaged))) {
    signal?.throwIfAborted();
    const kept = await store.kept(id).catch((error: unknown) => {
      if (codeOf(error) !== 'record-damaged') throw error;
      damaged.push(id);
      return null;
    });
    if (!kept) continue;
    const { changed, visit } = kept;
    blocks.push(await block(keptBytes({ changed, visit: withoutRecordings(visit) }), blocks.length));
  }
  const header = await toBlock(encode({ schema: VISIT_SCHEMA, key: sealing?.wrapped ?? null }));
  const contents = await block(encode({ made: now.toISOString(), visits: blocks.length }), CONTENTS);
  const file = new Blob([startOf(EXPORT_VERSION), header, contents, ...blocks], { type: 'application/octet-stream' });
  return { file, visits: blocks.length, damaged };
}

/** The newest first; those that can't even be listed go to `damaged`. */
async function idsOf(store: RecordStore, damaged: string[]): Promise<string[]> {
  const list = await store.list();
  damaged.push(...list.damaged);
  return list.found.map(({ id }) => id);
}
