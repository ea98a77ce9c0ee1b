import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rowsOf } from '../../../src/records/database.ts';
import { exportVisits } from '../../../src/records/exportVisits.ts';
import { importVisits } from '../../../src/records/importVisits.ts';
import { keptBytes, type KeptVisit } from '../../../src/records/keptVisit.ts';
import { VISITS } from '../../../src/records/layout.ts';
import type { RecordStore } from '../../../src/records/recordStore.ts';
import { anyVisit } from '../report/anyVisit.ts';
import { Device } from './device.ts';
import { failAtTheEnd, failAtWrite } from './failing.ts';
import { idOf, visit, walkId, withCode } from './madeUpVisit.ts';
import { openRaw } from './raw.ts';

const now = new Date('2026-03-05T12:00:00Z');
const open = { passphrase: null, now };
const sealed = { passphrase: 'travels', now, iterations: 2 };

let device: Device;
let store: RecordStore;
beforeEach(async () => {
  device = new Device();
  store = await device.open();
});

function changedAt(number: number): KeptVisit {
  return { changed: `2026-02-0${1 + (number % 9)}T08:00:00Z`, visit: visit(number) };
}

async function fill(count: number, into = store): Promise<void> {
  await into.merge(Array.from({ length: count }, (_, number) => changedAt(number)));
}

/** Every visit as it lies in the database, its bytes as text: arrays of that length are compared slowly. */
async function rows(of: Device) {
  const raw = await openRaw(of);
  const found = await rowsOf(raw, VISITS);
  raw.close();
  return found.map(([id, row]) => [id, text((row as { bytes: Uint8Array }).bytes)]);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

describe('export and import', () => {
  it.each([
    ['readable', open, null],
    ['under a passphrase', sealed, 'travels'],
  ])('carry visits to another device bit for bit: %s', async (_, options, passphrase) => {
    await fill(45);
    const { file, visits, damaged } = await exportVisits(store, options);
    expect({ visits, damaged }).toEqual({ visits: 45, damaged: [] });
    const other = new Device();
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    const counts = await importVisits(await other.open(), file, { passphrase, onProgress });
    expect(counts).toEqual({ added: 45, replaced: 0, skipped: 0 });
    expect(await rows(other)).toEqual(await rows(device));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(await importVisits(store, file, { passphrase })).toEqual({ added: 0, replaced: 0, skipped: 45 });
  });

  it('carry any visit, whatever is in its fields', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyVisit, { selector: ({ id }) => id, maxLength: 4 }), async (visits) => {
        const [from, to] = [await new Device().open(), await new Device().open()];
        for (const each of visits) await from.save(each);
        const { file } = await exportVisits(from, open);
        await importVisits(to, file, { passphrase: null });
        for (const { id } of visits) expect(text(keptBytes(await to.kept(id)))).toBe(text(keptBytes(await from.kept(id))));
      }),
      { numRuns: 40 },
    );
  });

  it('carry 2,000 visits', { timeout: 240_000 }, async () => {
    await fill(2000);
    const { file, visits } = await exportVisits(store, open);
    expect(visits).toBe(2000);
    const other = new Device();
    expect(await importVisits(await other.open(), file, { passphrase: null })).toMatchObject({ added: 2000 });
    expect(await rows(other)).toEqual(await rows(device));
  });

  it('carry visits between devices that are locked with other passphrases', async () => {
    await fill(2);
    await store.lock.turnOn('here');
    const { file } = await exportVisits(store, sealed);
    const there = await new Device().open();
    await there.lock.turnOn('there');
    await importVisits(there, file, { passphrase: 'travels' });
    expect(await there.kept(idOf(1))).toEqual(await store.kept(idOf(1)));
  });

  it('leave recordings where they are, and say so in the visit', async () => {
    await store.save(visit(1), new Map([[walkId(1, 0), new Blob(['a recording of somebody'])]]));
    const { file } = await exportVisits(store, open);
    const there = await new Device().open();
    await importVisits(there, file, { passphrase: null });
    expect((await there.read(idOf(1))).walks.map(({ video }) => video)).toEqual([false, false]);
    expect(await there.recording(idOf(1), walkId(1, 0))).toBeNull();
    // Back where the recording is, it still is.
    expect(await importVisits(store, file, { passphrase: null })).toMatchObject({ skipped: 1 });
    expect((await store.read(idOf(1))).walks.map(({ video }) => video)).toEqual([true, false]);
  });

  it('leave nothing to read in a file under a passphrase', async () => {
    await store.save(withCode(1, 'secret-code'));
    const { file } = await exportVisits(store, sealed);
    const bytes = text(new Uint8Array(await file.arrayBuffer()));
    for (const secret of ['secret-code', 'Gym', 'ScoNet', idOf(1)]) expect(bytes).not.toContain(secret);
  });
});

describe('an export', () => {
  it('holds the visits that are asked for, and the newest first where all are', async () => {
    await fill(3);
    const { file, visits } = await exportVisits(store, { ...open, ids: [idOf(2), idOf(0)] });
    expect(visits).toBe(2);
    const other = await new Device().open();
    await importVisits(other, file, { passphrase: null });
    expect((await other.list()).found.map(({ id }) => id)).toEqual([idOf(0), idOf(2)]);
    await expect(exportVisits(store, { ...open, ids: [idOf(9)] })).rejects.toMatchObject({ code: 'record-missing' });
  });

  it('can be of nothing', async () => {
    const { file, visits } = await exportVisits(store, open);
    expect(visits).toBe(0);
    expect(await importVisits(store, file, { passphrase: null })).toEqual({ added: 0, replaced: 0, skipped: 0 });
  });

  it('says which visits can’t be read, and holds the others', async () => {
    await fill(3);
    await device.put(VISITS, idOf(1), { bytes: Uint8Array.of(0xff) });
    const { damaged, visits } = await exportVisits(store, open);
    expect({ damaged, visits }).toEqual({ damaged: [idOf(1)], visits: 2 });
  });

  it('stops when it is told to, and waits for the passphrase', async () => {
    await fill(2);
    const stopped = AbortSignal.abort(new DOMException('Stopped.', 'AbortError'));
    await expect(exportVisits(store, { ...open, signal: stopped })).rejects.toMatchObject({ name: 'AbortError' });
    await store.lock.turnOn('passphrase');
    store.lock.lock();
    await expect(exportVisits(store, open)).rejects.toMatchObject({ code: 'records-locked' });
  });
});

describe('an import', () => {
  it('keeps the state of a visit that was changed last', async () => {
    await store.merge([
      { changed: '2026-03-03T08:00:00Z', visit: withCode(1, 'there, later') },
      { changed: '2026-03-03T10:00:00+02:00', visit: withCode(2, 'at the same moment') },
      { changed: '2026-03-01T08:00:00Z', visit: withCode(3, 'there, earlier') },
    ]);
    const { file } = await exportVisits(store, open);
    const here = await new Device().open();
    await here.merge([
      { changed: '2026-03-02T08:00:00Z', visit: withCode(1, 'here') },
      { changed: '2026-03-03T08:00:00Z', visit: withCode(2, 'here') },
      { changed: '2026-03-02T08:00:00Z', visit: withCode(3, 'here') },
    ]);
    expect(await importVisits(here, file, { passphrase: null })).toEqual({ added: 0, replaced: 1, skipped: 2 });
    const codes = await Promise.all([1, 2, 3].map(async (number) => (await here.read(idOf(number))).participant.code));
    expect(codes).toEqual(['there, later', 'here', 'here']);
    expect((await here.kept(idOf(1))).changed).toBe('2026-03-03T08:00:00Z');
  });

  it('mends a visit that can’t be read here', async () => {
    await fill(2);
    const { file } = await exportVisits(store, open);
    await device.put(VISITS, idOf(1), { bytes: Uint8Array.of(0xff) });
    expect(await importVisits(store, file, { passphrase: null })).toEqual({ added: 0, replaced: 1, skipped: 1 });
    expect(await store.read(idOf(1))).toEqual(visit(1));
  });

  it.each([
    ['a write is refused', () => failAtWrite(2 * 40 + 1)],
    ['the last of a batch is refused', () => failAtWrite(2 * 60)],
  ])(
    'where room runs out in the middle, when %s: what was there stays, what is in is whole, and it goes on from there',
    async (_, fail) => {
      await fill(70);
      const { file } = await exportVisits(store, open);
      const there = await new Device().open();
      await there.save(withCode(900, 'before'));
      const end = fail();
      await expect(importVisits(there, file, { passphrase: null })).rejects.toMatchObject({
        code: 'records-full',
        message: expect.stringContaining('room for 40 of 70'),
      });
      end();
      const { found, damaged } = await there.list();
      expect(damaged).toEqual([]);
      expect(found).toHaveLength(41);
      expect((await there.read(idOf(900))).participant.code).toBe('before');
      for (const { id } of found) await expect(there.read(id)).resolves.toMatchObject({ id });
      expect(await importVisits(there, file, { passphrase: null })).toEqual({ added: 30, replaced: 0, skipped: 40 });
      for (let number = 0; number < 70; number++) expect(await there.kept(idOf(number))).toEqual(await store.kept(idOf(number)));
    },
  );

  it('tells that visits have changed once, when all are in', async () => {
    await fill(45);
    const { file } = await exportVisits(store, open);
    const device = new Device();
    const [there, otherTab] = [await device.open(), await device.open()];
    const told = vi.fn();
    for (const tab of [there, otherTab]) tab.onChange(async (change) => void told(change, (await tab.list()).found.length));
    await importVisits(there, file, { passphrase: null });
    await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThanOrEqual(2));
    expect(told.mock.calls).toEqual([
      ['visits', 45],
      ['visits', 45],
    ]);
  });

  it('tells that visits have changed where room runs out in the middle', async () => {
    await fill(45);
    const { file } = await exportVisits(store, open);
    const there = await new Device().open();
    const told = vi.fn();
    there.onChange(told);
    const end = failAtWrite(2 * 20 + 1);
    await expect(importVisits(there, file, { passphrase: null })).rejects.toMatchObject({ code: 'records-full' });
    end();
    expect(told.mock.calls).toEqual([['visits']]);
  });

  it('without any room leaves everything as it was', async () => {
    await fill(3);
    const { file } = await exportVisits(store, open);
    const there = await new Device().open();
    await there.save(withCode(1, 'before'));
    const end = failAtTheEnd();
    await expect(importVisits(there, file, { passphrase: null })).rejects.toMatchObject({
      code: 'records-full',
      message: expect.stringContaining('Everything saved before is still there'),
    });
    end();
    expect((await there.list()).found.map(({ code }) => code)).toEqual(['before']);
  });

  it('stops while it is read, with nothing written', async () => {
    await fill(5);
    const { file } = await exportVisits(store, open);
    const there = await new Device().open();
    const stop = new AbortController();
    const importing = importVisits(there, file, {
      passphrase: null,
      signal: stop.signal,
      onProgress: () => stop.abort(new DOMException('Stopped.', 'AbortError')),
    });
    await expect(importing).rejects.toMatchObject({ name: 'AbortError' });
    expect((await there.list()).found).toEqual([]);
  });

  it('asks for the passphrase of the records before it reads a long file', async () => {
    await fill(1);
    const { file } = await exportVisits(store, open);
    await store.lock.turnOn('passphrase');
    store.lock.lock();
    const reading = vi.spyOn(file, 'slice');
    await expect(importVisits(store, file, { passphrase: null })).rejects.toMatchObject({ code: 'records-locked' });
    expect(reading).not.toHaveBeenCalled();
  });
});
