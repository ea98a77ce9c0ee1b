/** The rows as they lie in the database, past the store. */
import { openDatabase, rowsOf } from '../../../src/records/database.ts';
import { PERSONAL_STORES } from '../../../src/records/layout.ts';
import type { Device } from './device.ts';

export function openRaw({ factory }: Device): ReturnType<typeof openDatabase> {
  return openDatabase(() => factory);
}

/** All bytes of all rows about people, keys included, as text in which each byte is one character. */
export async function rawText(device: Device): Promise<string> {
  const raw = await openRaw(device);
  const rows = (await Promise.all(PERSONAL_STORES.map((store) => rowsOf(raw, store)))).flat();
  raw.close();
  return rows.map(([key, row]) => latin1(key) + latin1(row)).join('\n');
}

function latin1(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value === 'object' && value !== null) return Object.entries(value).flat().map(latin1).join(' ');
  return String(value);
}
