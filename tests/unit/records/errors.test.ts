/** Every error there is, by what provokes it; the compiler asks for an entry for each code. The other tests look at them closely. */
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/records/database.ts';
import type { RecordErrorCode } from '../../../src/records/errors.ts';
import { exportVisits } from '../../../src/records/exportVisits.ts';
import { importVisits } from '../../../src/records/importVisits.ts';
import { LAYOUT, VISITS } from '../../../src/records/layout.ts';
import type { RecordStore } from '../../../src/records/recordStore.ts';
import { Device } from './device.ts';
import { failAtWrite } from './failing.ts';
import { forged } from './forged.ts';
import { idOf, visit } from './madeUpVisit.ts';

const NEXT = [...LAYOUT, () => undefined];
const now = new Date('2026-03-02T12:00:00Z');
const importing = async (file: Blob, limits?: object) =>
  importVisits(await new Device().open(), file, { passphrase: null, ...(limits as Record<string, never>) });

/** A device with one visit, and a tab in which it can be read. */
async function used(): Promise<{ device: Device; store: RecordStore }> {
  const device = new Device();
  const store = await device.open();
  await store.save(visit(1));
  return { device, store };
}

const PROVOKED: Record<RecordErrorCode, () => Promise<unknown>> = {
  'records-refused': () => new Device().open({ indexedDB: () => undefined }),
  'records-full': async () => {
    const { store } = await used();
    failAtWrite(1);
    return store.save(visit(2));
  },
  'records-blocked': async () => {
    const factory = new IDBFactory();
    const old = await openDatabase(() => factory);
    old.onversionchange = null;
    return openDatabase(() => factory, NEXT);
  },
  'records-newer': async () => {
    const device = new Device();
    (await openDatabase(() => device.factory, NEXT)).close();
    return device.open();
  },
  'records-closed': async () => {
    const { device, store } = await used();
    await openDatabase(() => device.factory, NEXT);
    return store.list();
  },
  'records-failed': async () => {
    const { store } = await used();
    failAtWrite(1, 'UnknownError');
    return store.save(visit(2));
  },
  'records-locked': async () => {
    const { device, store } = await used();
    await store.lock.turnOn('passphrase');
    return (await device.open()).list();
  },
  'wrong-passphrase': async () => {
    const { device, store } = await used();
    await store.lock.turnOn('passphrase');
    return (await device.open()).lock.unlock('password');
  },
  'record-missing': async () => (await used()).store.read(idOf(2)),
  'record-damaged': async () => {
    const { device, store } = await used();
    await device.put(VISITS, idOf(1), { bytes: Uint8Array.of(0xff) });
    return store.read(idOf(1));
  },
  'record-invalid': async () => (await used()).store.save({ ...visit(2), prevalence: 2 }),
  'settings-invalid': async () => (await used()).store.settings.change({ retentionDays: -1 }),
  'export-foreign': () => importing(new Blob(['a letter'])),
  'export-newer': async () => importing(await forged({ version: 2 })),
  'export-damaged': async () => importing((await forged({})).slice(0, -1)),
  'export-too-large': async () => importing(await forged({ contents: { made: now.toISOString(), visits: 1e6 } })),
  'export-locked': async () => {
    const { store } = await used();
    return importing((await exportVisits(store, { passphrase: 'travels', now, iterations: 2 })).file);
  },
  'export-unreadable': async () => {
    const slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotReadableError')) });
    return importing(Object.assign(await forged({}), { slice }) as unknown as Blob);
  },
};

describe('every error of the records', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(Object.entries(PROVOKED))('%s is said in sentences', async (code, provoke) => {
    const error = await provoke().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'RecordError', code });
    const { message } = error as Error;
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(message).not.toMatch(/!|undefined|null|\[object|Error/);
  });
});
