/**
 * The records as the page sees them: whether they can be read, what is in the list, and the site's settings. Without storage the page works
 * on, with the settings as they come and nothing kept; why stands in `problem`.
 */
import type {
  Change,
  Expired,
  LockState,
  RecordStore,
  Settings,
  StorageRoom,
  Visit,
  VisitSummary,
} from '../../records/records.ts';
import { DEFAULT_SETTINGS } from '../../records/settings.ts';
import { now } from '../moment.ts';

export type RecordsStatus = 'opening' | 'open' | 'locked' | 'failed';

export class Records {
  status = $state<RecordsStatus>('opening');
  /** Why there are no records, or why the list couldn't be read. */
  problem = $state.raw<unknown>(null);
  settings = $state.raw<Settings>(DEFAULT_SETTINGS);
  /** All visits, the newest first; empty while they are locked. */
  visits = $state.raw<readonly VisitSummary[]>([]);
  /** Ids of those that are there and can't be read. */
  damaged = $state.raw<readonly string[]>([]);
  lock = $state<LockState>('off');
  /** What the site's period has taken away since the page was opened, and what waits for a follow-up. */
  expired = $state.raw<Expired>({ deleted: [], due: [] });
  /** Resolves when it is clear whether there are records, and which settings hold. */
  readonly ready: Promise<void>;
  readonly #opened: Promise<RecordStore>;
  #looking = 0;

  constructor(open: () => Promise<RecordStore> = openStore) {
    this.#opened = open();
    this.ready = this.#opened.then((store) => this.#begin(store)).catch((error: unknown) => this.#fail(error));
  }

  /** The store itself, for what the page asks of one visit. Rejects with why there is none. */
  store(): Promise<RecordStore> {
    return this.#opened;
  }

  /** Keeps a visit. Rejects where that can't be; everything kept before stays. */
  async save(visit: Visit, recordings?: ReadonlyMap<string, Blob>): Promise<void> {
    await (await this.#opened).save(visit, recordings);
  }

  /** Changes some of the settings. Rejects where they can't be kept; then the former ones stay. */
  async change(some: Partial<Settings>): Promise<void> {
    this.settings = await (await this.#opened).settings.change(some);
  }

  async unlock(passphrase: string): Promise<void> {
    const store = await this.#opened;
    await store.lock.unlock(passphrase);
    await this.#tidy(store);
  }

  /** Reads the list anew. */
  async look(): Promise<void> {
    await this.#look(await this.#opened);
  }

  async room(): Promise<StorageRoom> {
    return (await this.#opened).room();
  }

  async #begin(store: RecordStore): Promise<void> {
    store.onChange((change) => void this.#follow(store, change));
    this.settings = await store.settings.read();
    await this.#look(store);
    await this.#tidy(store);
  }

  async #follow(store: RecordStore, change: Change): Promise<void> {
    try {
      if (change === 'settings') this.settings = await store.settings.read();
      else await this.#look(store);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Of two readings that overlap, the one begun last counts. */
  async #look(store: RecordStore): Promise<void> {
    const turn = ++this.#looking;
    const lock = await store.lock.state();
    const list = lock === 'locked' ? { found: [], damaged: [] } : await store.list();
    if (turn !== this.#looking) return;
    this.lock = lock;
    this.visits = list.found;
    this.damaged = list.damaged;
    this.problem = null;
    this.status = lock === 'locked' ? 'locked' : 'open';
  }

  async #tidy(store: RecordStore): Promise<void> {
    // The list may be a moment behind a lock that was just opened.
    if ((await store.lock.state()) === 'locked') return;
    const { deleteExpired } = await import('../../records/records.ts');
    this.expired = await deleteExpired(store, now());
  }

  #fail(error: unknown): void {
    this.problem = error;
    this.status = 'failed';
  }
}

/** Loaded beside the page: what is kept is needed a moment later than what is seen. */
async function openStore(): Promise<RecordStore> {
  const { RecordStore } = await import('../../records/records.ts');
  return RecordStore.open();
}
