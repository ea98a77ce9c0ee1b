/** From a list of files to a version that works without the server. */
import { beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../../src/offline/download.ts';
import { Versions, versionOf } from '../../../src/offline/versions.ts';
import { MemoryCaches, MemoryLocks } from './memoryCaches.ts';
import { BASE, FIRST, listOf, SECOND, serverOf, type Site } from './someFiles.ts';

let caches: MemoryCaches;
let versions: Versions;

beforeEach(() => {
  caches = new MemoryCaches();
  versions = new Versions(caches.storage, new MemoryLocks().manager, BASE);
});

function get(site: Site, server: Site = site, onProgress: (done: number, total: number) => void = () => {}) {
  const { load, asked } = serverOf(server);
  return { asked, done: download({ files: listOf(site), versions, load, onProgress }) };
}

async function textInUse(url: string): Promise<string | undefined> {
  const { inUse } = await versions.ledger();
  return inUse === null ? undefined : (await versions.find(inUse, url))?.text();
}

it('keeps every file, with the headers that isolate the page and without those of the way', async () => {
  await get(FIRST).done;
  const version = await versionOf(listOf(FIRST));
  expect(await versions.ledger()).toEqual({ inUse: version, latest: version });
  expect(await versions.isWhole(version)).toBe(true);
  for (const [url, text] of Object.entries(FIRST)) expect(await textInUse(url)).toBe(text);
  const page = await versions.find(version, '');
  expect(page?.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  expect(page?.headers.has('Content-Encoding')).toBe(false);
  expect(page?.headers.has('Content-Length')).toBe(false);
});

it('tells its progress in bytes, forwards only, up to all of them', async () => {
  const told: number[][] = [];
  await get(FIRST, FIRST, (done, total) => told.push([done, total])).done;
  const total = Object.values(FIRST).join('').length;
  const done = told.map(([bytes]) => bytes!);
  expect(told.every(([, of]) => of === total)).toBe(true);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done.at(0)).toBe(0);
  expect(done.at(-1)).toBe(total);
});

describe('an update', () => {
  it('asks the server only for what has changed, and leaves the version in use as it is', async () => {
    await get(FIRST).done;
    const update = get(SECOND);
    await update.done;
    expect(update.asked).toEqual(['', 'app.js']);
    expect(await textInUse('app.js')).toBe('first()');
    const { inUse, latest } = await versions.ledger();
    expect([inUse, latest]).toEqual([await versionOf(listOf(FIRST)), await versionOf(listOf(SECOND))]);
  });

  it('comes into use when that is asked for, and then the one before goes', async () => {
    await get(FIRST).done;
    await get(SECOND).done;
    await versions.useLatest();
    expect(await textInUse('app.js')).toBe('second()');
    expect(await textInUse('models/weights.bin')).toBe('weights');
    expect(caches.versions()).toHaveLength(2);
    await versions.sweep();
    expect(caches.versions()).toHaveLength(1);
    expect(await textInUse('app.js')).toBe('second()');
  });

  it('that was overtaken by another is deleted', async () => {
    await get(FIRST).done;
    await get(SECOND).done;
    await get({ ...SECOND, 'app.js': 'third()' }).done;
    expect(caches.versions()).toHaveLength(2);
    expect(await textInUse('app.js')).toBe('first()');
    await versions.useLatest();
    expect(await textInUse('app.js')).toBe('third()');
  });

  it('takes the place of a version that the browser has thrown files of away', async () => {
    await get(FIRST).done;
    const { inUse } = await versions.ledger();
    [...caches.kept].find(([name]) => name.endsWith(inUse!))![1].delete(`${BASE}app.js`);
    expect(await versions.isWhole(inUse!)).toBe(false);
    await get(SECOND).done;
    expect(await textInUse('app.js')).toBe('second()');
  });
});

describe('a download that fails', () => {
  it('goes on where it stopped', async () => {
    const cutOff: Site = { '': FIRST['']!, 'app.js': FIRST['app.js']! };
    await expect(get(FIRST, cutOff).done).rejects.toMatchObject({ name: 'OfflineError', code: 'offline-changed' });
    expect(await versions.ledger()).toEqual({ inUse: null, latest: null });
    const again = get(FIRST);
    await again.done;
    expect(again.asked).toEqual(['models/weights.bin']);
    expect(await textInUse('app.js')).toBe('first()');
  });

  it.each([
    ['of the same length and another content', 'fIrst()'],
    ['that is longer', 'first() // and more'],
    ['that is shorter', 'first'],
  ])('refuses a file %s', async (_, text) => {
    await expect(get(FIRST, { ...FIRST, 'app.js': text }).done).rejects.toMatchObject({ code: 'offline-changed' });
    expect(await textInUse('')).toBeUndefined();
  });

  it('says that the connection is gone', async () => {
    const load = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(download({ files: listOf(FIRST), versions, load, onProgress: () => {} })).rejects.toMatchObject({
      code: 'offline-unreachable',
    });
  });

  it('for want of room gives back what it took, and the version in use goes on', async () => {
    await get(FIRST).done;
    caches.room = 25;
    await expect(get(SECOND).done).rejects.toMatchObject({ code: 'offline-full' });
    expect(caches.versions()).toHaveLength(1);
    expect(await textInUse('app.js')).toBe('first()');
    expect(await versions.isWhole((await versions.ledger()).inUse!)).toBe(true);
  });
});

it('keeps two copies of the app on one host apart', async () => {
  await get(FIRST).done;
  const other = new Versions(caches.storage, new MemoryLocks().manager, 'https://host.example/');
  expect(await other.ledger()).toEqual({ inUse: null, latest: null });
  await other.sweep();
  expect(await textInUse('app.js')).toBe('first()');
});
