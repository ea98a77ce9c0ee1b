/** What of the browser the records need. */
import { ITERATIONS } from './passphrase.ts';

export interface RecordEnvironment {
  /** Undefined, or throwing, where the browser keeps nothing for this page. */
  indexedDB(): IDBFactory | undefined;
  /** Runs the work while nobody else changes the records, over all tabs. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** To the other tabs with records. */
  channel(): Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
  /** Undefined where the page isn't served securely. */
  storage: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
  now(): Date;
  /** Rounds of PBKDF2 for a new passphrase. */
  iterations: number;
}

const NAME = 'plumbline.records';

export function browserEnvironment(): RecordEnvironment {
  return {
    indexedDB: () => globalThis.indexedDB,
    alone: (work) => navigator.locks.request(NAME, work),
    channel: () => new BroadcastChannel(NAME),
    storage: navigator.storage,
    now: () => new Date(),
    iterations: ITERATIONS,
  };
}
