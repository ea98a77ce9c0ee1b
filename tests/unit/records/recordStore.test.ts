import { beforeEach, describe, expect, it, vi } from 'vitest';
import { putRow, transact } from '../../../src/records/database.ts';
import { SUMMARIES, VISITS } from '../../../src/records/layout.ts';
import type { RecordStore } from '../../../src/records/recordStore.ts';
import { Device } from './device.ts';
import { failAtTheEnd, failAtWrite } from './failing.ts';
import { idOf, visit, walkId, withCode } from './madeUpVisit.ts';
import { openRaw } from './raw.ts';

let device: Device;
let store: RecordStore;
beforeEach(async () => {
  device = new Device();
  store = await device.open();
});

const recording = new Blob(['a walk'], { type: 'video/webm' });

describe('the store of records', () => {
  it('keeps a visit and gives it back, bit for bit, after it was closed', async () => {
    const saved = visit(1);
    await store.save(saved);
    store.close();
    store = await device.open();
    const read = await store.read(saved.id);
    expect(read).toEqual(saved);
    expect(new Uint8Array(read.walks[0]!.keypoints.buffer)).toEqual(new Uint8Array(saved.walks[0]!.keypoints.buffer));
    expect(await store.kept(saved.id)).toMatchObject({ changed: '2026-03-02T12:00:00.000Z' });
  });

  it('lists summaries without reading a visit', async () => {
    await store.save(visit(1), new Map([[walkId(1, 0), recording]]));
    const raw = await openRaw(device);
    await transact(raw, [VISITS], 'readwrite', (transaction) => transaction.objectStore(VISITS).clear());
    const { found, damaged } = await store.list();
    expect(damaged).toEqual([]);
    expect(found).toEqual([
      {
        id: idOf(1),
        started: '2026-03-02T09:30:00+01:00',
        code: 'S-014',
        place: 'Gym',
        outcome: 'refer',
        walks: 2,
        recordings: 1,
        due: '2026-04-01',
      },
    ]);
  });

  it('refuses what is no visit, and says where', async () => {
    const saving = store.save({ ...visit(1), prevalence: 2 });
    await expect(saving).rejects.toMatchObject({ code: 'record-invalid', message: expect.stringContaining('prevalence') });
    const [walk] = visit(1).walks;
    const short = store.save({ ...visit(1), walks: [{ ...walk!, people: new Uint8Array(1) }] });
    await expect(short).rejects.toMatchObject({ code: 'record-invalid' });
    expect((await store.list()).found).toEqual([]);
  });

  it('changes follow-up and notes, and nothing else', async () => {
    await store.save(visit(1));
    device.now = new Date('2026-03-05T08:00:00Z');
    await store.update(idOf(1), { followUp: { due: '2026-05-01', done: null, note: 'Called' } });
    await store.update(idOf(1), { notes: 'Left-handed' });
    const saved = visit(1);
    expect(await store.kept(idOf(1))).toEqual({
      changed: '2026-03-05T08:00:00.000Z',
      visit: {
        ...saved,
        participant: { ...saved.participant, notes: 'Left-handed' },
        followUp: { due: '2026-05-01', done: null, note: 'Called' },
      },
    });
    await store.update(idOf(1), { followUp: null });
    expect((await store.read(idOf(1))).followUp).toBeNull();
    expect((await store.list()).found[0]!.due).toBeNull();
    await expect(store.update(idOf(2), {})).rejects.toMatchObject({ code: 'record-missing' });
  });

  it('finds all visits of one participant, by the whole code', async () => {
    await store.save({ ...withCode(1, 'A-1'), started: '2026-01-01T08:00:00Z' });
    await store.save({ ...withCode(2, 'A-1'), started: '2026-02-01T08:00:00Z' });
    await store.save(withCode(3, 'A-11'));
    expect((await store.ofParticipant('A-1')).found.map(({ id }) => id)).toEqual([idOf(2), idOf(1)]);
    expect((await store.ofParticipant('a-1')).found).toEqual([]);
  });

  it('deletes visits with their recordings, and all of them with everything but the settings', async () => {
    for (const number of [1, 2, 3]) await store.save(visit(number), new Map([[walkId(number, 0), recording]]));
    await store.delete([idOf(1), idOf(9)]);
    await expect(store.read(idOf(1))).rejects.toMatchObject({ code: 'record-missing' });
    expect(await store.recording(idOf(1), walkId(1, 0))).toBeNull();
    expect(await (await store.recording(idOf(2), walkId(2, 0)))!.text()).toBe('a walk');
    await store.settings.change({ siteName: 'School' });
    await store.deleteAll();
    expect(await store.list()).toEqual({ found: [], damaged: [] });
    expect(await store.recording(idOf(2), walkId(2, 0))).toBeNull();
    expect((await store.settings.read()).siteName).toBe('School');
  });
});

describe('recordings', () => {
  it('are kept with their walk and noted there, whatever was said before', async () => {
    const [first, second] = [walkId(1, 0), walkId(1, 1)];
    const { walks } = visit(1);
    await store.save(
      visit(1, { walks: walks.map((walk) => ({ ...walk, video: true })) }),
      new Map([
        [second, recording],
        ['of no walk', recording],
      ]),
    );
    expect((await store.read(idOf(1))).walks.map(({ video }) => video)).toEqual([false, true]);
    const kept = await store.recording(idOf(1), second);
    expect(kept).toMatchObject({ type: 'video/webm', size: 6 });
    expect(await store.recording(idOf(1), first)).toBeNull();
    await store.update(idOf(1), { notes: '' });
    expect((await store.read(idOf(1))).walks.map(({ video }) => video)).toEqual([false, true]);
  });

  it('go with a walk that is gone from its visit', async () => {
    const all = visit(1);
    await store.save(all, new Map([[walkId(1, 0), recording]]));
    await store.save({ ...all, walks: all.walks.slice(1) });
    expect(await store.recording(idOf(1), walkId(1, 0))).toBeNull();
  });
});

describe('when the storage fails', () => {
  it.each([
    ['at the first row', () => failAtWrite(1)],
    ['after the summary', () => failAtWrite(2)],
    ['after the visit, before its recording', () => failAtWrite(3)],
    ['when all is written', () => failAtTheEnd()],
  ])('no room %s: everything is as it was before, and the error says what to do', async (_, fail) => {
    await store.save(withCode(1, 'before'), new Map([[walkId(1, 0), recording]]));
    const end = fail();
    const saving = store.save(withCode(1, 'after'), new Map([[walkId(1, 0), new Blob(['another'])]]));
    await expect(saving).rejects.toMatchObject({
      name: 'RecordError',
      code: 'records-full',
      message: expect.stringMatching(/no room.*Everything saved before is still there/),
    });
    end();
    expect((await store.list()).found.map(({ code }) => code)).toEqual(['before']);
    expect((await store.read(idOf(1))).participant.code).toBe('before');
    expect(await (await store.recording(idOf(1), walkId(1, 0)))!.text()).toBe('a walk');
    await store.save(withCode(1, 'after'));
    expect((await store.read(idOf(1))).participant.code).toBe('after');
  });

  it('says so where the browser fails for reasons of its own', async () => {
    const end = failAtWrite(1, 'UnknownError');
    await expect(store.save(visit(1))).rejects.toMatchObject({ code: 'records-failed' });
    end();
  });

  it('lists what can be read beside what is damaged, and deletes what is damaged', async () => {
    for (const number of [1, 2, 3]) await store.save(visit(number));
    const raw = await openRaw(device);
    await putRow(raw, SUMMARIES, idOf(1), 'not a row');
    await putRow(raw, SUMMARIES, idOf(2), { bytes: Uint8Array.of(1, 2, 3) });
    await putRow(raw, VISITS, idOf(2), { bytes: Uint8Array.of(0xff) });
    const { found, damaged } = await store.list();
    // The first is made anew from its visit.
    expect(found.map(({ id }) => id)).toEqual([idOf(1), idOf(3)]);
    expect(found[0]!.code).toBe('S-014');
    expect(damaged).toEqual([idOf(2)]);
    await expect(store.read(idOf(2))).rejects.toMatchObject({ code: 'record-damaged' });
    await store.delete(damaged);
    expect((await store.list()).damaged).toEqual([]);
  });
});

describe('several tabs', () => {
  it('hear of each other’s changes', async () => {
    const other = await device.open();
    const heard: string[] = [];
    const end = other.onChange((change) => heard.push(change));
    const own = vi.fn();
    store.onChange(own);
    await store.save(visit(1));
    await store.settings.change({ siteName: 'School' });
    await store.lock.turnOn('passphrase');
    expect(heard).toEqual(['visits', 'settings', 'lock']);
    expect(own).toHaveBeenCalledTimes(3);
    end();
    await store.delete([idOf(1)]);
    expect(heard).toHaveLength(3);
  });

  it('change one after the other: no change is lost', async () => {
    const other = await device.open();
    await store.save(visit(1));
    const followUp = { due: null, done: null, note: 'Called' };
    await Promise.all([store.update(idOf(1), { notes: 'Tall' }), other.update(idOf(1), { followUp })]);
    expect(await store.read(idOf(1))).toMatchObject({ participant: { notes: 'Tall' }, followUp });
  });

  it('don’t mind a message of another version', async () => {
    const heard = vi.fn();
    store.onChange(heard);
    device.environment().channel().postMessage('something new');
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('room', () => {
  it('is asked of the browser, and unknown where it doesn’t say', async () => {
    expect(await store.room()).toEqual({ used: null, most: null, lasting: false });
    expect(await store.keepStorage()).toBe(false);
    let persisted = false;
    const storage = {
      estimate: async () => ({ usage: 10, quota: 1000 }),
      persisted: async () => persisted,
      persist: async () => (persisted = true),
    };
    const other = await device.open({ storage });
    expect(await other.keepStorage()).toBe(true);
    expect(await other.room()).toEqual({ used: 10, most: 1000, lasting: true });
    const failing = {
      estimate: () => Promise.reject(new Error()),
      persisted: () => Promise.reject(new Error()),
      persist: () => Promise.reject(new Error()),
    };
    expect(await (await device.open({ storage: failing })).room()).toEqual({ used: null, most: null, lasting: false });
  });
});
