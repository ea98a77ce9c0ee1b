import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SUMMARIES, VISITS } from '../../../src/records/layout.ts';
import { DEFAULT_SETTINGS } from '../../../src/records/settings.ts';
import { Records } from '../../../src/ui/records/records.svelte.ts';
import { Device } from '../records/device.ts';
import { visit } from '../records/madeUpVisit.ts';

const PASSPHRASE = 'correct horse battery';
const OLD = { started: '2020-01-02T09:30:00+01:00', followUp: null };

let device: Device;

beforeEach(() => {
  device = new Device();
});

afterEach(() => vi.restoreAllMocks());

async function open(): Promise<Records> {
  const records = new Records(() => device.open());
  await records.ready;
  return records;
}

const idsOf = (visits: readonly { id: string }[]) => visits.map(({ id }) => id);

describe('records that can be read', () => {
  test('are open with what was kept, and with the site’s settings', async () => {
    const store = await device.open();
    await store.save(visit(1));
    await store.settings.change({ siteName: 'School' });
    const records = new Records(() => device.open());
    expect([records.status, records.visits]).toEqual(['opening', []]);
    await records.ready;
    expect([records.status, records.problem, records.lock]).toEqual(['open', null, 'off']);
    expect(idsOf(records.visits)).toEqual([visit(1).id]);
    expect(records.settings.siteName).toBe('School');
  });

  test('follow what this tab and another one change', async () => {
    const records = await open();
    await records.save(visit(1));
    await vi.waitFor(() => expect(idsOf(records.visits)).toEqual([visit(1).id]));
    const other = await device.open();
    await other.save(visit(2));
    await other.delete([visit(1).id]);
    await other.settings.change({ siteName: 'School' });
    await vi.waitFor(() => expect(idsOf(records.visits)).toEqual([visit(2).id]));
    await vi.waitFor(() => expect(records.settings.siteName).toBe('School'));
  });

  test('name those that are damaged beside the others', async () => {
    const store = await device.open();
    await store.save(visit(1));
    await store.save(visit(2));
    for (const rows of [SUMMARIES, VISITS]) await device.put(rows, visit(2).id, { bytes: Uint8Array.of(0xff) });
    const records = await open();
    expect(idsOf(records.visits)).toEqual([visit(1).id]);
    expect(records.damaged).toEqual([visit(2).id]);
  });

  test('keep the settings that were changed, and the former ones where that can’t be', async () => {
    const records = await open();
    await records.change({ prevalence: 0.02 });
    expect(records.settings.prevalence).toBe(0.02);
    await expect(records.change({ prevalence: 2 })).rejects.toMatchObject({ code: 'settings-invalid' });
    expect(records.settings.prevalence).toBe(0.02);
    expect((await open()).settings.prevalence).toBe(0.02);
  });

  test('lose what is older than the site’s period, but for what waits for somebody', async () => {
    const store = await device.open();
    await store.settings.change({ retentionDays: 365 });
    await store.save(visit(1, OLD));
    await store.save(visit(2, { ...OLD, followUp: { due: '2020-02-01', done: null, note: '' } }));
    const records = await open();
    expect(idsOf(records.expired.deleted)).toEqual([visit(1).id]);
    expect(idsOf(records.expired.due)).toEqual([visit(2).id]);
    await vi.waitFor(() => expect(idsOf(records.visits)).toEqual([visit(2).id]));
  });
});

describe('locked records', () => {
  async function locked(): Promise<void> {
    const store = await device.open();
    await store.settings.change({ retentionDays: 365, siteName: 'School' });
    await store.save(visit(1, OLD));
    await store.save(visit(2, { started: new Date().toISOString() }));
    await store.lock.turnOn(PASSPHRASE);
    store.close();
  }

  test('say so, show nothing, and have their settings', async () => {
    await locked();
    const records = await open();
    expect([records.status, records.lock, records.visits, records.problem]).toEqual(['locked', 'locked', [], null]);
    expect(records.settings.siteName).toBe('School');
    await expect(records.save(visit(3))).rejects.toMatchObject({ code: 'records-locked' });
  });

  test('stay so with another passphrase, and open with theirs, tidied up', async () => {
    await locked();
    const records = await open();
    await expect(records.unlock('another one')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(records.status).toBe('locked');
    await records.unlock(PASSPHRASE);
    expect(idsOf(records.expired.deleted)).toEqual([visit(1).id]);
    await vi.waitFor(() => expect(idsOf(records.visits)).toEqual([visit(2).id]));
    expect([records.status, records.lock]).toEqual(['open', 'open']);
  });

  test('close here when another tab puts them under a passphrase', async () => {
    const records = await open();
    await records.save(visit(1));
    await vi.waitFor(() => expect(records.visits).toHaveLength(1));
    await (await device.open()).lock.turnOn(PASSPHRASE);
    await vi.waitFor(() => expect([records.status, records.visits]).toEqual(['locked', []]));
  });
});

describe('without storage', () => {
  test('there are no records, and the settings are those that the app comes with', async () => {
    const refused = new Error('No storage.');
    const records = new Records(() => Promise.reject(refused));
    await records.ready;
    expect([records.status, records.problem, records.settings]).toEqual(['failed', refused, DEFAULT_SETTINGS]);
    await expect(records.store()).rejects.toBe(refused);
    await expect(records.change({ siteName: 'School' })).rejects.toBe(refused);
    expect(records.settings).toBe(DEFAULT_SETTINGS);
  });

  test('that is taken away under the page, what fails is said', async () => {
    const records = await open();
    const store = await records.store();
    const gone = new Error('Gone.');
    vi.spyOn(store, 'list').mockRejectedValue(gone);
    await (await device.open()).save(visit(1));
    await vi.waitFor(() => expect([records.status, records.problem]).toEqual(['failed', gone]));
  });
});
