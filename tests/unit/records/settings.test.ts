import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { putRow } from '../../../src/records/database.ts';
import { SITE } from '../../../src/records/layout.ts';
import { DEFAULT_SETTINGS, readSettings, settingsSchema, type Settings } from '../../../src/records/settings.ts';
import { visitFhir } from '../../../src/report/fhir.ts';
import { Device } from './device.ts';
import { failAtWrite } from './failing.ts';
import { visit } from './madeUpVisit.ts';
import { openRaw } from './raw.ts';

const PLACE: Settings['places'][number] = {
  name: 'Gym',
  camera: { id: 'abc', label: 'Desk camera' },
  checked: '2026-03-02T08:00:00Z',
};

const ALL: Settings = {
  siteName: 'School',
  participantSystem: 'urn:oid:1.2.3',
  consentText: 'I agree.',
  prevalence: 0.03,
  keepVideo: true,
  retentionDays: 365,
  spokenAdvice: true,
  notice: { version: '1', accepted: '2026-03-02T08:00:00Z' },
  places: [PLACE, { ...PLACE, name: 'Corridor', camera: null, checked: null }],
};

/** As a site has them that has set nothing. */
const UNSET = { ...DEFAULT_SETTINGS, participantSystem: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) };

describe('settings', () => {
  it('are the defaults at first, and stay as they were changed', async () => {
    const device = new Device();
    const store = await device.open();
    expect(await store.settings.read()).toEqual(UNSET);
    expect(v.is(settingsSchema, DEFAULT_SETTINGS)).toBe(true);
    expect(await store.settings.change({ siteName: 'School' })).toEqual({ ...UNSET, siteName: 'School' });
    await store.settings.change(ALL);
    store.close();
    expect(await (await device.open()).settings.read()).toEqual(ALL);
  });

  it('name the system of the participants’ codes once: two tabs at the same time, and ever after', async () => {
    const device = new Device();
    const [store, other] = [await device.open(), await device.open()];
    const [{ participantSystem }, second] = await Promise.all([store.settings.read(), other.settings.read()]);
    expect(second.participantSystem).toBe(participantSystem);
    await store.settings.change({ siteName: 'School', participantSystem: null });
    await store.deleteAll();
    expect((await (await device.open()).settings.read()).participantSystem).toBe(participantSystem);
    const elsewhere = await new Device().open();
    expect((await elsewhere.settings.read()).participantSystem).not.toBe(participantSystem);
    // FHIR reports take it.
    expect(() => visitFhir(visit(1), { participantSystem: participantSystem! })).not.toThrow();
  });

  it('can be read while the records are locked', async () => {
    const store = await new Device().open();
    await store.settings.change({ siteName: 'School' });
    await store.lock.turnOn('passphrase');
    store.lock.lock();
    expect((await store.settings.read()).siteName).toBe('School');
    await store.settings.change({ siteName: 'Practice' });
    expect((await store.settings.read()).siteName).toBe('Practice');
  });

  it.each([
    ['prevalence', { prevalence: 1.5 }],
    ['participantSystem', { participantSystem: 'our school' }],
    ['retentionDays', { retentionDays: 0 }],
    ['places.0.name', { places: [{ ...PLACE, name: ' ' }] }],
    ['notice.accepted', { notice: { version: '1', accepted: 'yesterday' } }],
  ] satisfies [string, Partial<Settings>][])('refuse what can’t be used: %s', async (where, some) => {
    const store = await new Device().open();
    await store.settings.change({ siteName: 'School' });
    const changing = store.settings.change(some);
    await expect(changing).rejects.toMatchObject({ code: 'settings-invalid', message: expect.stringContaining(where) });
    expect(await store.settings.read()).toEqual({ ...UNSET, siteName: 'School' });
  });

  it('stay as they were where there is no room', async () => {
    const store = await new Device().open();
    await store.settings.change(ALL);
    const end = failAtWrite(1);
    await expect(store.settings.change({ siteName: 'Other' })).rejects.toMatchObject({ code: 'records-full' });
    end();
    expect(await store.settings.read()).toEqual(ALL);
  });

  it('fall back one by one where they are damaged or unknown', () => {
    const stored = { ...ALL, siteName: 7, keepVideo: 'yes', notice: {}, another: 1, places: [PLACE, 'x', { name: 'y' }] };
    expect(readSettings(stored)).toEqual({ ...ALL, siteName: '', keepVideo: false, notice: null, places: [PLACE] });
  });

  it('can be read from whatever is stored', async () => {
    const device = new Device();
    const store = await device.open();
    await putRow(await openRaw(device), SITE, 'settings', 'damaged');
    expect(await store.settings.read()).toEqual(UNSET);
    const damaged = fc.record(Object.fromEntries(Object.keys(ALL).map((name) => [name, fc.anything()])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), damaged), (stored) => {
        expect(v.is(settingsSchema, readSettings(stored))).toBe(true);
      }),
    );
  });
});
