import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { openDatabase, putRow, rowAt, rowsOf, transact } from '../../../src/records/database.ts';
import { LAYOUT, SITE, VISITS } from '../../../src/records/layout.ts';
import { MIGRATIONS, toPresentShape, type Migration } from '../../../src/records/migrations.ts';
import { VISIT_SCHEMA } from '../../../src/records/visit.ts';

/** A version to come, with one store more. */
const NEXT = [...LAYOUT, (database: IDBDatabase) => void database.createObjectStore('more')];

describe('opening the database', () => {
  it('brings an older one to the present layout, with everything that is in it', async () => {
    const factory = new IDBFactory();
    const old = await openDatabase(() => factory);
    await putRow(old, VISITS, 'a', { bytes: Uint8Array.of(1) });
    old.close();
    const database = await openDatabase(() => factory, NEXT);
    expect([...database.objectStoreNames]).toContain('more');
    expect(await rowsOf(database, VISITS)).toEqual([['a', { bytes: Uint8Array.of(1) }]]);
  });

  it('refuses a newer one and leaves it untouched', async () => {
    const factory = new IDBFactory();
    const newer = await openDatabase(() => factory, NEXT);
    await putRow(newer, 'more', 'key', 'value');
    newer.close();
    await expect(openDatabase(() => factory)).rejects.toMatchObject({ name: 'RecordError', code: 'records-newer' });
    expect(await rowAt(await openDatabase(() => factory, NEXT), 'more', 'key')).toBe('value');
  });

  it('leaves an older one as it was where a step fails', async () => {
    const factory = new IDBFactory();
    const old = await openDatabase(() => factory);
    await putRow(old, SITE, 'key', 'value');
    old.close();
    const failing = [...LAYOUT, (database: IDBDatabase) => database.deleteObjectStore(VISITS), () => throwing('ConstraintError')];
    await expect(openDatabase(() => factory, failing)).rejects.toMatchObject({ code: 'records-failed' });
    const again = await openDatabase(() => factory);
    expect(again.version).toBe(LAYOUT.length);
    expect([...again.objectStoreNames]).toContain(VISITS);
    expect(await rowAt(again, SITE, 'key')).toBe('value');
  });

  it('makes way for a newer version in another tab, and says so afterwards', async () => {
    const factory = new IDBFactory();
    const old = await openDatabase(() => factory);
    const newer = await openDatabase(() => factory, NEXT);
    await expect(rowAt(old, SITE, 'key')).rejects.toMatchObject({ code: 'records-closed' });
    await expect(rowAt(newer, SITE, 'key')).resolves.toBeUndefined();
  });

  it('says so where a tab with an older version doesn’t make way', async () => {
    const factory = new IDBFactory();
    const old = await openDatabase(() => factory);
    old.onversionchange = null;
    await expect(openDatabase(() => factory, NEXT)).rejects.toMatchObject({ code: 'records-blocked' });
    old.close();
    // The one that gave up doesn't hold it either.
    const latest = [...NEXT, () => undefined];
    expect((await openDatabase(() => factory, latest)).version).toBe(latest.length);
  });

  it.each([
    ['there is no IndexedDB', () => undefined],
    ['asking for it is forbidden', () => throwing('SecurityError')],
    ['it can’t be used in a private window', () => throwing('InvalidStateError')],
  ])('says so where %s', async (_, factory) => {
    await expect(openDatabase(factory)).rejects.toMatchObject({ code: 'records-refused' });
  });
});

describe('a transaction', () => {
  it('passes on what its work throws, with nothing written', async () => {
    const factory = new IDBFactory();
    const database = await openDatabase(() => factory);
    const work = transact(database, [SITE], 'readwrite', async (transaction) => {
      await transaction.objectStore(SITE).put('value', 'key');
      throw new TypeError('A mistake.');
    });
    await expect(work).rejects.toThrow(TypeError);
    expect(await rowAt(database, SITE, 'key')).toBeUndefined();
    // What can't be stored is a mistake in the program, and no trouble with the storage.
    await expect(putRow(database, SITE, 'key', () => 1)).rejects.toMatchObject({ name: 'DataCloneError' });
  });
});

describe('visits of an older shape', () => {
  it('have a step from each schema to the next', () => {
    expect(MIGRATIONS).toHaveLength(VISIT_SCHEMA - 1);
  });

  const steps: Migration[] = [
    ({ name, ...rest }) => ({ ...rest, schema: 2, code: name }),
    (visit) => ({ ...visit, schema: 3, notes: '' }),
  ];

  it('go through every step that they lack', () => {
    const oldest = { schema: 1, name: 'A-1' };
    expect(toPresentShape(oldest, steps)).toEqual({ schema: 3, code: 'A-1', notes: '' });
    expect(toPresentShape({ schema: 2, code: 'A-1' }, steps)).toEqual({ schema: 3, code: 'A-1', notes: '' });
    expect(oldest).toEqual({ schema: 1, name: 'A-1' });
  });

  it('pass as they are where they aren’t older: the validation says what is wrong', () => {
    for (const visit of [null, 'x', {}, { schema: 'x' }, { schema: 0 }, { schema: 1.5 }, { schema: 3 }, { schema: 99 }]) {
      expect(toPresentShape(visit, steps)).toBe(visit);
    }
  });
});

function throwing(name: string): never {
  throw new DOMException('No.', name);
}
