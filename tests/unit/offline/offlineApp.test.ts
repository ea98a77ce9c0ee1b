/** The page's side: what it says while a version is made ready, and that an update waits for consent and for the other tabs. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../src/offline/download.ts';
import type { OfflineErrorCode } from '../../../src/offline/errors.ts';
import { PREPARE, TAKE_OVER, type WorkerMessage } from '../../../src/offline/messages.ts';
import { OfflineApp, type OfflineState } from '../../../src/offline/offlineApp.ts';
import { Tabs } from '../../../src/offline/tabs.ts';
import { Versions } from '../../../src/offline/versions.ts';
import { MemoryCaches, MemoryLocks } from './memoryCaches.ts';
import { BASE, FIRST, listOf, SECOND, serverOf, type Site } from './someFiles.ts';

class FakeWorker {
  state = 'installing';
  onstatechange: (() => void) | null = null;
  /** Whether another worker still has something to answer, so that this one can't take over. */
  held = false;
  readonly postMessage = vi.fn((message: unknown) => {
    if (message === TAKE_OVER && !this.held) queueMicrotask(() => this.become('activated'));
  });

  become(state: string): void {
    this.state = state;
    this.onstatechange?.();
  }
}

class FakeContainer {
  registration: {
    installing: FakeWorker | null;
    waiting: FakeWorker | null;
    active: FakeWorker | null;
    onupdatefound: (() => void) | null;
  } | null = null;
  #hear: (event: { data: WorkerMessage }) => void = () => {};
  readonly register = vi.fn(async () => (this.registration ??= this.#installing()));

  async getRegistration() {
    return this.registration ?? undefined;
  }

  addEventListener(_: 'message', hear: (event: { data: WorkerMessage }) => void): void {
    this.#hear = hear;
  }

  startMessages(): void {}

  tell(data: WorkerMessage): void {
    this.#hear({ data });
  }

  /** The installing worker is done, and in charge where there was none. */
  installed(): void {
    const { registration } = this;
    const worker = registration?.installing;
    if (!registration || !worker) throw new Error('Nothing is being installed.');
    registration.installing = null;
    if (registration.active) registration.waiting = worker;
    else registration.active = worker;
    worker.become(registration.active === worker ? 'activated' : 'installed');
  }

  /** The browser found another service worker at the server. */
  find(): void {
    this.registration!.installing = new FakeWorker();
    this.registration!.onupdatefound?.();
  }

  /** The installation came to nothing. */
  giveUp(): void {
    const worker = this.registration!.installing!;
    this.registration = null;
    worker.become('redundant');
  }

  #installing() {
    return { installing: new FakeWorker(), waiting: null, active: null, onupdatefound: null };
  }
}

let caches: MemoryCaches;
let locks: MemoryLocks;
let container: FakeContainer;
let states: OfflineState[];
const reload = vi.fn();

beforeEach(() => {
  caches = new MemoryCaches();
  locks = new MemoryLocks();
  container = new FakeContainer();
  states = [];
  reload.mockClear();
});

function versions(): Versions {
  return new Versions(caches.storage, locks.manager, BASE);
}

/** What the service worker does. */
function bringIn(site: Site): Promise<void> {
  return download({ files: listOf(site), versions: versions(), load: serverOf(site).load, onProgress: () => {} });
}

async function started(): Promise<OfflineApp> {
  const place = { container: container as never, caches: caches.storage, locks: locks.manager, base: BASE, reload };
  const app = new OfflineApp(place, (state) => states.push(state));
  await app.start(Promise.resolve());
  return app;
}

const latest = () => states.at(-1);

async function shows(status: OfflineState['status']): Promise<void> {
  await vi.waitFor(() => expect(latest()?.status).toBe(status));
}

/** A device where the first version is ready. */
async function withFirst(): Promise<OfflineApp> {
  const app = await started();
  await bringIn(FIRST);
  container.installed();
  await shows('ready');
  return app;
}

describe('the first visit', () => {
  it('says how far it is, and is ready when the service worker is in charge', async () => {
    await started();
    expect(container.register).toHaveBeenCalledWith(`${BASE}offline.worker.js`, { scope: BASE, updateViaCache: 'none' });
    container.tell({ kind: 'plumbline.preparing', done: 3, total: 40 });
    expect(latest()).toEqual({ status: 'preparing', done: 3, total: 40 });
    await bringIn(FIRST);
    container.tell({ kind: 'plumbline.preparing', done: 40, total: 40 });
    expect(latest()?.status).toBe('preparing');
    container.installed();
    await shows('ready');
  });

  it('begins when the page has done its own first work', async () => {
    let end = () => {};
    const after = new Promise<void>((resolve) => (end = resolve));
    const place = { container: container as never, caches: caches.storage, locks: locks.manager, base: BASE, reload };
    const start = new OfflineApp(place, (state) => states.push(state)).start(after);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(container.register).not.toHaveBeenCalled();
    end();
    await start;
    expect(container.register).toHaveBeenCalledOnce();
  });

  it.each<OfflineErrorCode>(['offline-full', 'offline-changed', 'offline-unreachable'])(
    'says why it failed: %s',
    async (code) => {
      const app = await started();
      container.tell({ kind: 'plumbline.failed', code });
      container.giveUp();
      expect(latest()).toMatchObject({ status: 'failed', error: { name: 'OfflineError', code } });
      await app.retry();
      expect(container.register).toHaveBeenCalledTimes(2);
      expect(latest()?.status).toBe('preparing');
    },
  );

  it('goes on by itself after an installation that the browser ended, as long as it gets further', async () => {
    await started();
    container.tell({ kind: 'plumbline.preparing', done: 10, total: 40 });
    container.giveUp();
    await vi.waitFor(() => expect(container.register).toHaveBeenCalledTimes(2));
    container.giveUp();
    await shows('failed');
    expect(container.register).toHaveBeenCalledTimes(2);
  });

  it('says that the browser keeps nothing for the page', async () => {
    container.register.mockRejectedValueOnce(new DOMException('Not here.', 'SecurityError'));
    await started();
    expect(latest()).toMatchObject({ status: 'failed', error: { code: 'offline-refused' } });
  });
});

it('a later visit is ready at once, before anything is asked of the server', async () => {
  await withFirst();
  states = [];
  const place = { container: container as never, caches: caches.storage, locks: locks.manager, base: BASE, reload };
  void new OfflineApp(place, (state) => states.push(state)).start(new Promise(() => {}));
  await shows('ready');
});

it('has files fetched again that the browser has thrown away', async () => {
  await withFirst();
  for (const name of caches.versions()) caches.kept.delete(name);
  states = [];
  await started();
  expect(container.registration?.active?.postMessage).toHaveBeenCalledWith(PREPARE);
  await bringIn(FIRST);
  container.tell({ kind: 'plumbline.preparing', done: 40, total: 40 });
  await shows('ready');
});

describe('an update', () => {
  async function waiting(): Promise<OfflineApp> {
    const app = await withFirst();
    container.find();
    container.tell({ kind: 'plumbline.preparing', done: 3, total: 40 });
    expect(latest()?.status).toBe('ready');
    await bringIn(SECOND);
    container.installed();
    await shows('update-waiting');
    return app;
  }

  it('waits, and does nothing until someone agrees', async () => {
    await waiting();
    expect(container.registration?.waiting?.postMessage).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
    const { inUse, latest: newest } = await versions().ledger();
    expect(inUse).not.toBe(newest);
  });

  it('comes into use with consent, and the page is loaded anew', async () => {
    const app = await waiting();
    await app.update();
    expect(container.registration?.waiting?.postMessage).toHaveBeenCalledWith(TAKE_OVER);
    expect(reload).toHaveBeenCalledOnce();
    const { inUse, latest: newest } = await versions().ledger();
    expect(inUse).toBe(newest);
  });

  it('is loaded when its service worker has taken over: not before, and no later than five seconds', async () => {
    const app = await waiting();
    const worker = container.registration!.waiting!;
    worker.held = true;
    vi.useFakeTimers();
    const updated = app.update();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(worker.postMessage).toHaveBeenCalledWith(TAKE_OVER);
    worker.become('activating');
    expect(reload).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    await updated;
    expect(reload).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('waits for consent even when the browser has brought its service worker into charge', async () => {
    await waiting();
    const { registration } = container;
    registration!.active = registration!.waiting;
    registration!.waiting = null;
    // The tab is closed and another one opened.
    locks = new MemoryLocks();
    states = [];
    const app = await started();
    expect(latest()?.status).toBe('update-waiting');
    expect(reload).not.toHaveBeenCalled();
    await app.update();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('does not come into use while another tab is open, and does when that one is closed', async () => {
    const app = await waiting();
    const other = new Tabs(locks.manager, BASE);
    await other.join();
    await app.update();
    expect(latest()).toEqual({ status: 'update-waiting', otherTabs: 1 });
    await app.update();
    expect(latest()).toEqual({ status: 'update-waiting', otherTabs: 1 });
    expect(reload).not.toHaveBeenCalled();
    expect((await versions().ledger()).inUse).not.toBe((await versions().ledger()).latest);
    await other.leave();
    // Said of its own accord, however often it was asked for meanwhile.
    await vi.waitFor(() => expect(latest()).toEqual({ status: 'update-waiting', otherTabs: 0 }), 5_000);
    expect(reload).not.toHaveBeenCalled();
    await app.update();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('that fails leaves the app ready', async () => {
    await withFirst();
    container.find();
    container.tell({ kind: 'plumbline.failed', code: 'offline-full' });
    container.registration!.installing!.become('redundant');
    expect(latest()?.status).toBe('ready');
  });
});
