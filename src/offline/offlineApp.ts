/**
 * The page's side of working offline: starts the service worker, follows it while it makes a version ready, and brings an update into use
 * when a person agrees.
 *
 * An update waits while another tab is open. Two versions side by side would share what is kept on the device, and the newer one may have
 * to bring it to a form that the older can't read: a session in the other tab would lose its records in the middle.
 */
import { OfflineError, offlineError } from './errors.ts';
import { PREPARE, TAKE_OVER, type WorkerMessage } from './messages.ts';
import { Tabs } from './tabs.ts';
import { Versions } from './versions.ts';

export type OfflineState =
  /** This browser has no service workers, or not for this page. */
  | { status: 'unsupported' }
  /** On the way, in bytes. The total is 0 until it is known. */
  | { status: 'preparing'; done: number; total: number }
  | { status: 'ready' }
  /** A new version is here and waits for consent. `otherTabs` have to be closed first, as far as is known. */
  | { status: 'update-waiting'; otherTabs: number }
  | { status: 'failed'; error: OfflineError };

/** What the browser gives a page for it. */
export interface OfflinePlace {
  container: Pick<ServiceWorkerContainer, 'register' | 'getRegistration' | 'addEventListener' | 'startMessages'>;
  caches: CacheStorage;
  locks: Pick<LockManager, 'request' | 'query'>;
  /** The folder of the page, which ends in a slash. */
  base: string;
  reload: () => void;
}

/** The file that the build writes beside the page. */
const SCRIPT = 'offline.worker.js';

/** How often it is looked whether the other tabs are still open, once they were in the way. Milliseconds. */
const LOOK_FOR_TABS_MS = 500;

/** A service worker takes over when the one before has answered what it was asked; the page doesn't wait longer for that. */
const TAKE_OVER_MS = 5_000;

export class OfflineApp {
  readonly #place: OfflinePlace;
  readonly #versions: Versions;
  readonly #tabs: Tabs;
  readonly #onState: (state: OfflineState) => void;
  #state: OfflineState = { status: 'preparing', done: 0, total: 0 };
  #lookAgain: ReturnType<typeof setTimeout> | undefined;
  /** How far the attempt before this one came. */
  #cameTo = 0;

  constructor(place: OfflinePlace, onState: (state: OfflineState) => void) {
    this.#place = place;
    this.#versions = new Versions(place.caches, place.locks, place.base);
    this.#tabs = new Tabs(place.locks, place.base);
    this.#onState = onState;
  }

  /** Says what is here already, and then, after the page's own first work, makes ready what is missing. */
  async start(after: Promise<unknown>): Promise<void> {
    try {
      // What an update has left behind: nobody uses it now.
      await this.#tabs.whenAlone(() => this.#versions.sweep());
      this.#place.container.addEventListener('message', ({ data }) => this.#hear(data as WorkerMessage));
      this.#place.container.startMessages();
      await this.#look();
      await after;
    } catch (error) {
      this.#fail(offlineError(error));
      return;
    }
    await this.#prepare();
  }

  /** After a failure: goes on where it stopped. */
  async retry(): Promise<void> {
    this.#show({ status: 'preparing', done: 0, total: 0 });
    await this.#prepare();
  }

  /** With the person's consent: brings the new version into use and loads the page anew, unless another tab is open. */
  async update(): Promise<void> {
    if (this.#state.status !== 'update-waiting') return;
    clearTimeout(this.#lookAgain);
    const registration = await this.#place.container.getRegistration(this.#place.base);
    const alone = await this.#tabs.whenAlone(() => this.#versions.useLatest());
    if (!alone) return this.#sayOthers();
    if (registration?.waiting) await takeOver(registration.waiting);
    this.#place.reload();
  }

  /** Says how many other tabs are open, until none is. The browser counts one that was closed until it has ended it. */
  async #sayOthers(): Promise<void> {
    const otherTabs = await this.#tabs.others();
    this.#show({ status: 'update-waiting', otherTabs });
    if (otherTabs > 0) this.#lookAgain = setTimeout(() => void this.#sayOthers(), LOOK_FOR_TABS_MS);
  }

  async #prepare(): Promise<void> {
    const { container, base } = this.#place;
    try {
      const registration = await container.register(new URL(SCRIPT, base).href, { scope: base, updateViaCache: 'none' });
      registration.onupdatefound = () => this.#follow(registration.installing);
      this.#follow(registration.installing);
      await this.#look();
      // Installed, and yet not whole: the browser has thrown files away.
      if (this.#state.status === 'preparing' && !registration.installing) registration.active?.postMessage(PREPARE);
    } catch (error) {
      this.#fail(offlineError(error));
    }
  }

  #follow(worker: ServiceWorker | null): void {
    if (!worker) return;
    worker.onstatechange = () => {
      if (worker.state !== 'redundant') void this.#look();
      else if (this.#state.status === 'preparing') void this.#goOn(this.#state.done);
    };
  }

  /** The browser ends an installation that takes minutes. What came in is kept, so the next one goes on from there. */
  async #goOn(done: number): Promise<void> {
    const further = done > this.#cameTo;
    this.#cameTo = done;
    if (further) await this.#prepare();
    else this.#fail(new OfflineError('offline-unreachable'));
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'plumbline.failed') this.#fail(new OfflineError(message.code));
    if (message.kind !== 'plumbline.preparing') return;
    const { done, total } = message;
    if (this.#state.status === 'preparing') this.#show({ status: 'preparing', done, total });
    if (done === total) void this.#look();
  }

  /** What is on this device now. Where nothing whole is, the state stays as it is. */
  async #look(): Promise<void> {
    const registration = await this.#place.container.getRegistration(this.#place.base);
    const { inUse, latest } = await this.#versions.ledger();
    if (!registration?.active || inUse === null || !(await this.#versions.isWhole(inUse))) return;
    if (latest !== null && latest !== inUse && (await this.#versions.isWhole(latest))) {
      if (this.#state.status !== 'update-waiting') this.#show({ status: 'update-waiting', otherTabs: 0 });
    } else this.#show({ status: 'ready' });
  }

  /** What is ready stays so: only an update is late. */
  #fail(error: OfflineError): void {
    if (this.#state.status === 'preparing') this.#show({ status: 'failed', error });
  }

  #show(state: OfflineState): void {
    this.#state = state;
    this.#onState(state);
  }
}

/** Resolves when this worker is in charge. Chromium may never answer a page that is loaded anew in the very moment of the change. */
function takeOver(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, TAKE_OVER_MS);
    worker.onstatechange = () => {
      if (worker.state !== 'activated' && worker.state !== 'redundant') return;
      clearTimeout(late);
      resolve();
    };
    worker.postMessage(TAKE_OVER);
  });
}
