/**
 * IndexedDB, with its errors as our own. A transaction lives only as long as it is asked for something: nothing but its own requests may be
 * awaited in one, so whatever is slow (sealing, reading a file) is done before or after it.
 */
import { wrap, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { LAYOUT, type RowKey } from './layout.ts';
import { openingProblem, storageBlocked, storageProblem, storageRefused } from './storageProblem.ts';

const NAME = 'plumbline';

/**
 * Opens the database, bringing it to the present layout where it is older. Throws RecordError `records-refused`, `records-full`,
 * `records-blocked`, `records-newer` or `records-failed`; what is stored is then as it was. `factory` may itself throw, or give nothing,
 * where the browser keeps nothing for this page. (idb's own `openDB` knows no such page.)
 */
export async function openDatabase(factory: () => IDBFactory | undefined, layout = LAYOUT): Promise<IDBPDatabase> {
  try {
    const opening = factory()?.open(NAME, layout.length);
    if (!opening) throw storageRefused();
    opening.onupgradeneeded = ({ oldVersion }) => layout.slice(oldVersion).forEach((step) => step(opening.result));
    return await Promise.race([opened(opening), blocked(opening)]);
  } catch (cause) {
    throw openingProblem(cause);
  }
}

async function opened(opening: IDBOpenDBRequest): Promise<IDBPDatabase> {
  await wrap(opening);
  const database = wrap(opening.result);
  // A tab with a newer version wants to bring the database to its layout: this one makes way, and says so at its next request.
  database.onversionchange = () => database.close();
  return database;
}

/** Rejects where another tab doesn't make way. Should it do so later, this one doesn't hold the database either. */
function blocked(opening: IDBOpenDBRequest): Promise<never> {
  return new Promise((_, reject) => {
    opening.onblocked = () => {
      opening.onsuccess = () => opening.result.close();
      reject(storageBlocked());
    };
  });
}

/**
 * Runs the work in one transaction: all of it is done, and on the disk, when this resolves, or none of it. Throws RecordError `records-full`,
 * `records-closed` or `records-failed`, and whatever the work throws.
 */
export async function transact<Mode extends 'readonly' | 'readwrite', T>(
  database: IDBPDatabase,
  stores: readonly string[],
  mode: Mode,
  work: (transaction: IDBPTransaction<unknown, string[], Mode>) => Promise<T>,
): Promise<T> {
  try {
    const transaction = database.transaction([...stores], mode, { durability: 'strict' });
    // A request that fails says why; that its transaction ends says less, and is waited for where no request failed.
    transaction.done.catch(() => undefined);
    try {
      const value = await work(transaction);
      await transaction.done;
      return value;
    } catch (error) {
      abort(transaction);
      // Where the browser ended the transaction, its reason says more than that of the request it cut off.
      throw transaction.error ?? error;
    }
  } catch (error) {
    throw storageProblem(error);
  }
}

/** Every row of a store, with its key. */
export function rowsOf(database: IDBPDatabase, store: string): Promise<[key: RowKey, row: unknown][]> {
  return transact(database, [store], 'readonly', async (transaction) => {
    const rows = transaction.objectStore(store);
    const [keys, values] = await Promise.all([rows.getAllKeys() as Promise<RowKey[]>, rows.getAll()]);
    return keys.map((key, index) => [key, values[index]]);
  });
}

export function keysOf(database: IDBPDatabase, store: string): Promise<RowKey[]> {
  return transact(database, [store], 'readonly', (transaction) => {
    return transaction.objectStore(store).getAllKeys() as Promise<RowKey[]>;
  });
}

export function rowAt(database: IDBPDatabase, store: string, key: RowKey): Promise<unknown> {
  return transact(database, [store], 'readonly', (transaction) => transaction.objectStore(store).get(key));
}

export function putRow(database: IDBPDatabase, store: string, key: RowKey, row: unknown): Promise<void> {
  return transact(database, [store], 'readwrite', async (transaction) => {
    await transaction.objectStore(store).put(row, key);
  });
}

function abort(transaction: Pick<IDBTransaction, 'abort'>): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
