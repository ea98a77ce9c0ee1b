/** A row of the database: bytes as they are, or sealed. Each says by itself which it is, so that both may stand side by side. */
import * as v from 'valibot';
import { recordDamaged, recordsLocked } from './errors.ts';
import type { PersonalStore, RowKey } from './layout.ts';
import { seal, unseal } from './sealing.ts';

const bytes = v.instance(Uint8Array<ArrayBuffer>);
const sealedRow = v.strictObject({ iv: bytes, bytes });
const row = v.union([v.strictObject({ bytes }), sealedRow]);

export type Row = v.InferOutput<typeof row>;

/** What rows are sealed with. */
export interface RowSeal {
  key: CryptoKey;
  /** All rows are sealed: one that isn't was put there by somebody without the key. False while they are being sealed, or unsealed. */
  everywhere: boolean;
}

/** Bytes as a row for that place; as they are without a seal. */
export async function toRow(content: Uint8Array<ArrayBuffer>, place: string, sealing: RowSeal | null): Promise<Row> {
  return sealing ? seal(sealing.key, content, place) : { bytes: content };
}

/** Throws RecordError `record-damaged`, and `records-locked` for a sealed row without a key. */
export async function fromRow(stored: unknown, place: string, sealing: RowSeal | null): Promise<Uint8Array<ArrayBuffer>> {
  const { success, output } = v.safeParse(row, stored);
  if (!success) throw recordDamaged();
  if (!('iv' in output)) {
    if (sealing?.everywhere) throw recordDamaged();
    return output.bytes;
  }
  if (!sealing) throw recordsLocked();
  const content = await unseal(sealing.key, output, place);
  if (!content) throw recordDamaged();
  return content;
}

export function isSealed(stored: unknown): boolean {
  return v.is(sealedRow, stored);
}

/** Where a row is, as it goes into its seal. */
export function placeOf(store: PersonalStore, key: RowKey): string {
  return [store, ...[key].flat()].join('/');
}
