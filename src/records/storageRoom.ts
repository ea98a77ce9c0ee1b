/** How much room there is for records, and whether the browser keeps them when it needs room for something else. */
import type { RecordEnvironment } from './environment.ts';

type Storage = RecordEnvironment['storage'];

export interface StorageRoom {
  /** Bytes, as the browser estimates them, of everything that this page keeps; null where it doesn't say. */
  used: number | null;
  /** Bytes that it may take at most. */
  most: number | null;
  /** Whether only the person can delete it, and not the browser by itself (storage.spec.whatwg.org#persistence). */
  lasting: boolean;
}

export async function storageRoom(storage: Storage): Promise<StorageRoom> {
  const estimate = await storage?.estimate().catch(() => undefined);
  const lasting = await storage?.persisted().catch(() => false);
  return { used: estimate?.usage ?? null, most: estimate?.quota ?? null, lasting: lasting ?? false };
}

export async function keepStorage(storage: Storage): Promise<boolean> {
  return (await storage?.persist().catch(() => false)) ?? false;
}
