import { beforeEach, describe, expect, it } from 'vitest';
import { putRow, rowAt, rowsOf } from '../../../src/records/database.ts';
import { PERSONAL_STORES, SITE, SUMMARIES, VISITS } from '../../../src/records/layout.ts';
import { KEPT_KEY } from '../../../src/records/recordLock.ts';
import type { RecordStore } from '../../../src/records/recordStore.ts';
import { isSealed } from '../../../src/records/rows.ts';
import { Device } from './device.ts';
import { failAtWrite } from './failing.ts';
import { idOf, visit, walkId, withCode } from './madeUpVisit.ts';
import { openRaw, rawText } from './raw.ts';

const CODE = 'Äußerst-geheim-014';
const utf8 = Buffer.from(CODE).toString('latin1');

let device: Device;
let store: RecordStore;
beforeEach(async () => {
  device = new Device();
  store = await device.open();
  for (const number of [1, 2, 3]) {
    await store.save(withCode(number, CODE), new Map([[walkId(number, 0), new Blob([`video of ${CODE}`])]]));
  }
});

async function sealedRows(): Promise<boolean[]> {
  const raw = await openRaw(device);
  const rows = (await Promise.all(PERSONAL_STORES.map((name) => rowsOf(raw, name)))).flat();
  return rows.map(([, row]) => isSealed(row));
}

async function everythingIsThere(of: RecordStore): Promise<void> {
  const { found, damaged } = await of.list({ code: CODE });
  expect(damaged).toEqual([]);
  expect(found.map(({ id }) => id)).toEqual([idOf(1), idOf(2), idOf(3)]);
  for (const number of [1, 2, 3]) {
    const [first, ...others] = withCode(number, CODE).walks;
    expect((await of.read(idOf(number))).walks).toEqual([{ ...first, video: true }, ...others]);
    expect(await (await of.recording(idOf(number), walkId(number, 0)))!.text()).toBe(`video of ${CODE}`);
  }
}

describe('under a passphrase', () => {
  it('nothing of a person can be read in the raw rows, what is saved later included', async () => {
    expect(await rawText(device)).toContain(utf8);
    await store.lock.turnOn('passphrase');
    await store.save(withCode(4, CODE), new Map([[walkId(4, 0), new Blob([CODE])]]));
    await store.update(idOf(4), { notes: CODE });
    const text = await rawText(device);
    expect(text).toContain(idOf(4));
    for (const secret of [utf8, 'Gym', 'refer', '2026-03', 'parent', 'ScoNet']) expect(text).not.toContain(secret);
    expect((await sealedRows()).every(Boolean)).toBe(true);
  });

  it('everything is there for whoever knows it, and nothing for anybody else', async () => {
    await store.lock.turnOn('passphrase');
    expect(await store.lock.state()).toBe('open');
    await everythingIsThere(store);

    const other = await device.open();
    expect(await other.lock.state()).toBe('locked');
    const locked = { code: 'records-locked' };
    await expect(other.list()).rejects.toMatchObject(locked);
    await expect(other.read(idOf(1))).rejects.toMatchObject(locked);
    await expect(other.recording(idOf(1), walkId(1, 0))).rejects.toMatchObject(locked);
    await expect(other.save(visit(5))).rejects.toMatchObject(locked);
    await expect(other.update(idOf(1), { notes: '' })).rejects.toMatchObject(locked);
    await expect(other.delete([idOf(1)])).rejects.toMatchObject(locked);
    await expect(other.merge([])).rejects.toMatchObject(locked);

    await expect(other.lock.unlock('Passphrase')).rejects.toMatchObject({ name: 'RecordError', code: 'wrong-passphrase' });
    expect(await other.lock.state()).toBe('locked');
    await other.lock.unlock('passphrase');
    await everythingIsThere(other);

    other.lock.lock();
    await expect(other.list()).rejects.toMatchObject(locked);
    await everythingIsThere(store);
  });

  it('a tab that was open before is locked as well, and writes nothing in the clear', async () => {
    const other = await device.open();
    await other.list();
    await store.lock.turnOn('passphrase');
    await expect(other.save(visit(5))).rejects.toMatchObject({ code: 'records-locked' });
    await expect(other.lock.turnOn('mine')).rejects.toMatchObject({ code: 'records-locked' });
    await everythingIsThere(store);
  });

  it('the same passphrase may be typed as other characters', async () => {
    await store.lock.turnOn('Café');
    store.lock.lock();
    await store.lock.unlock('Cafe\u0301');
    await everythingIsThere(store);
  });

  it('no two rows are sealed alike, however often the same is saved', async () => {
    await store.lock.turnOn('passphrase');
    const ivs = new Set<string>();
    for (let time = 0; time < 5; time++) {
      await store.save(visit(1));
      for (const name of PERSONAL_STORES) {
        for (const [, row] of await rowsOf(await openRaw(device), name)) ivs.add(String((row as { iv: Uint8Array }).iv));
      }
    }
    // Nine rows at first, and of one visit the summary and the visit written five times.
    expect(ivs.size).toBe(9 + 4 * 2);
  });

  it('rows that were exchanged or changed are damaged, not taken for each other', async () => {
    await store.lock.turnOn('passphrase');
    const raw = await openRaw(device);
    const [first, second] = [await rowAt(raw, VISITS, idOf(1)), await rowAt(raw, VISITS, idOf(2))];
    await putRow(raw, VISITS, idOf(1), second);
    await putRow(raw, VISITS, idOf(2), first);
    await expect(store.read(idOf(1))).rejects.toMatchObject({ code: 'record-damaged' });
    await expect(store.read(idOf(2))).rejects.toMatchObject({ code: 'record-damaged' });
    // A summary in the place of a visit.
    await putRow(raw, VISITS, idOf(3), await rowAt(raw, SUMMARIES, idOf(3)));
    await expect(store.read(idOf(3))).rejects.toMatchObject({ code: 'record-damaged' });
    const { iv, bytes } = first as { iv: Uint8Array; bytes: Uint8Array };
    await putRow(raw, VISITS, idOf(1), { iv, bytes: bytes.map((byte, index) => (index === 9 ? byte ^ 1 : byte)) });
    await expect(store.read(idOf(1))).rejects.toMatchObject({ code: 'record-damaged' });
    expect((await store.list()).found).toHaveLength(3);
  });

  it('rows that somebody without the key put there are damaged', async () => {
    const raw = await openRaw(device);
    const [plainVisit, plainSummary] = [await rowAt(raw, VISITS, idOf(2)), await rowAt(raw, SUMMARIES, idOf(2))];
    await store.lock.turnOn('passphrase');
    await putRow(raw, VISITS, idOf(2), plainVisit);
    await expect(store.read(idOf(2))).rejects.toMatchObject({ code: 'record-damaged' });
    await putRow(raw, SUMMARIES, idOf(2), plainSummary);
    expect((await store.list()).damaged).toEqual([idOf(2)]);
  });

  it('a visit that was put in the place of another is damaged without a passphrase too', async () => {
    const raw = await openRaw(device);
    await putRow(raw, VISITS, idOf(1), await rowAt(raw, VISITS, idOf(2)));
    await expect(store.read(idOf(1))).rejects.toMatchObject({ code: 'record-damaged' });
  });

  it('another passphrase needs the former one, and changes no row', async () => {
    await store.lock.turnOn('former');
    const raw = await openRaw(device);
    const rows = await rowsOf(raw, VISITS);
    await expect(store.lock.change('wrong', 'next')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await store.lock.change('former', 'next');
    expect(await rowsOf(raw, VISITS)).toEqual(rows);
    await everythingIsThere(store);
    const other = await device.open();
    await expect(other.lock.unlock('former')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await other.lock.unlock('next');
    await everythingIsThere(other);
  });

  it('how slowly it is derived is kept with it, and may grow', async () => {
    await store.lock.turnOn('passphrase');
    const slower = await device.open({ iterations: 5 });
    await slower.lock.unlock('passphrase');
    await slower.lock.change('passphrase', 'passphrase');
    expect(await rowAt(await openRaw(device), SITE, KEPT_KEY)).toMatchObject({ iterations: 5, stage: 'sealed' });
    store.lock.lock();
    await store.lock.unlock('passphrase');
    await everythingIsThere(store);
  });

  it('taken off, everything can be read by anybody, in other tabs too', async () => {
    const other = await device.open();
    await store.lock.turnOn('passphrase');
    await expect(store.lock.turnOff('wrong')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect((await sealedRows()).every(Boolean)).toBe(true);
    await store.lock.turnOff('passphrase');
    expect(await store.lock.state()).toBe('off');
    expect(await sealedRows()).not.toContain(true);
    await everythingIsThere(other);
    await other.save(visit(5));
    await store.lock.turnOn('another');
    expect((await sealedRows()).every(Boolean)).toBe(true);
  });

  it('who has lost it can delete everything and start again', async () => {
    await store.lock.turnOn('lost');
    const other = await device.open();
    await other.deleteAll();
    expect(await other.lock.state()).toBe('off');
    expect(await other.list()).toEqual({ found: [], damaged: [] });
    await other.save(visit(1));
    expect(await store.lock.state()).toBe('off');
    expect((await store.list()).found).toHaveLength(1);
  });

  it('says so where what it is locked with is damaged', async () => {
    await store.lock.turnOn('passphrase');
    const raw = await openRaw(device);
    await putRow(raw, SITE, KEPT_KEY, { iterations: 1e12 });
    await expect(store.lock.unlock('passphrase')).rejects.toMatchObject({ code: 'record-damaged' });
    await expect(store.list()).rejects.toMatchObject({ code: 'record-damaged' });
    await store.deleteAll();
    expect(await store.list()).toEqual({ found: [], damaged: [] });
  });

  it('locking and unlocking without a passphrase set changes nothing', async () => {
    await store.lock.unlock('anything');
    await store.lock.change('any', 'thing');
    await store.lock.turnOff('anything');
    store.lock.lock();
    expect(await store.lock.state()).toBe('off');
    await everythingIsThere(store);
  });
});

describe('cut off in the middle', () => {
  // Nine rows, the key's own at the start and at the end.
  const everyWrite = Array.from({ length: 11 }, (_, index) => index + 1);

  it.each(everyWrite)('setting a passphrase, at write %i: it opens, and is finished at the next unlocking', async (nth) => {
    const end = failAtWrite(nth);
    await expect(store.lock.turnOn('passphrase')).rejects.toMatchObject({ code: 'records-full' });
    end();
    await everythingIsThere(store);

    const next = await device.open();
    if (nth === 1) {
      expect(await next.lock.state()).toBe('off');
      await everythingIsThere(next);
      return;
    }
    expect(await next.lock.state()).toBe('locked');
    await expect(next.read(idOf(1))).rejects.toMatchObject({ code: 'records-locked' });
    await next.lock.unlock('passphrase');
    await everythingIsThere(next);
    expect((await sealedRows()).every(Boolean)).toBe(true);
    expect(await rawText(device)).not.toContain(utf8);
  });

  it.each(everyWrite.slice(0, 10))('taking it off, at write %i: it opens, and is finished at the next unlocking', async (nth) => {
    await store.lock.turnOn('passphrase');
    const end = failAtWrite(nth);
    await expect(store.lock.turnOff('passphrase')).rejects.toMatchObject({ code: 'records-full' });
    end();
    await everythingIsThere(store);

    const next = await device.open();
    expect(await next.lock.state()).toBe('locked');
    await next.lock.unlock('passphrase');
    expect(await next.lock.state()).toBe(nth === 1 ? 'open' : 'off');
    await everythingIsThere(next);
    if (nth > 1) expect(await sealedRows()).not.toContain(true);
  });

  it('changing it, at its one write: the former passphrase goes on, and the change can be made later', async () => {
    await store.lock.turnOn('former');
    const end = failAtWrite(1);
    await expect(store.lock.change('former', 'next')).rejects.toMatchObject({ code: 'records-full' });
    end();
    const other = await device.open();
    await expect(other.lock.unlock('next')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await other.lock.change('former', 'next');
    await other.lock.unlock('next');
    await everythingIsThere(other);
  });

  it('setting it, then changed before it was finished: the next unlocking finishes it with the new one', async () => {
    const end = failAtWrite(5);
    await expect(store.lock.turnOn('former')).rejects.toMatchObject({ code: 'records-full' });
    end();
    await store.lock.change('former', 'next');
    expect((await sealedRows()).every(Boolean)).toBe(false);
    const other = await device.open();
    await other.lock.unlock('next');
    await everythingIsThere(other);
    expect((await sealedRows()).every(Boolean)).toBe(true);
  });

  it('a row that was damaged before stands in nobody’s way', async () => {
    await store.lock.turnOn('passphrase');
    const raw = await openRaw(device);
    const damaged = { iv: new Uint8Array(12), bytes: new Uint8Array(40) };
    await putRow(raw, VISITS, idOf(1), damaged);
    await putRow(raw, SUMMARIES, idOf(1), damaged);
    await putRow(raw, VISITS, idOf(3), 'no row');
    await store.lock.turnOff('passphrase');
    const { found, damaged: unreadable } = await store.list();
    expect(found.map(({ id }) => id)).toEqual([idOf(2), idOf(3)]);
    expect(unreadable).toEqual([idOf(1)]);
    await expect(store.read(idOf(1))).rejects.toMatchObject({ code: 'record-damaged' });
    expect((await store.read(idOf(2))).id).toBe(idOf(2));
  });
});
