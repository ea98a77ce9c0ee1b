/**
 * The versions of the app on this device: a cache each, and a ledger that says which one is in use and which one came in last. A new
 * version lies beside the one in use and changes nothing there; it comes into use when a person agrees, and never because a service worker
 * was replaced. So a page that is open always finds the files it was built with.
 *
 * The list of files is the last thing written into a version's cache: a cache without it is a download that was cut off.
 */
import type { OfflineFile } from './offlineFile.ts';

export interface Ledger {
  /** The version that pages are answered from; null before the first one is whole. */
  inUse: string | null;
  /** The version that was made ready last. Other than the one in use, it is an update that waits. */
  latest: string | null;
}

/** Kinds of caches; the ledger's is also the name of its lock. */
const VERSION = 'plumbline.version ';
const LEDGER = 'plumbline.ledger';
/** Kept at addresses that no file of the app has. */
const LEDGER_FILE = '~ledger.json';
const LIST = '~files.json';

export class Versions {
  readonly #caches: CacheStorage;
  readonly #locks: Pick<LockManager, 'request'>;
  readonly #base: string;

  /** @param base the folder of the page, which ends in a slash. Two copies of the app on one host keep apart by it. */
  constructor(caches: CacheStorage, locks: Pick<LockManager, 'request'>, base: string) {
    this.#caches = caches;
    this.#locks = locks;
    this.#base = base;
  }

  async ledger(): Promise<Ledger> {
    const cache = await this.#caches.open(this.#name(LEDGER));
    const kept = await cache.match(this.#at(LEDGER_FILE));
    return kept ? ((await kept.json()) as Ledger) : { inUse: null, latest: null };
  }

  /** Whether all files of a version are here. */
  async isWhole(version: string): Promise<boolean> {
    return (await this.files(version)) !== null;
  }

  /** The files of a version that is whole; null for one that isn't. */
  async files(version: string): Promise<OfflineFile[] | null> {
    if (!(await this.#caches.has(this.#cacheOf(version)))) return null;
    const cache = await this.#caches.open(this.#cacheOf(version));
    const list = await cache.match(this.#at(LIST));
    if (!list) return null;
    const files = (await list.json()) as OfflineFile[];
    // The browser may have thrown single files away.
    const kept = new Set((await cache.keys()).map(({ url }) => url));
    return files.every(({ url }) => kept.has(this.#at(url))) ? files : null;
  }

  /** A file of a version, as it came from the server. */
  async find(version: string, url: string): Promise<Response | undefined> {
    return (await this.#caches.open(this.#cacheOf(version))).match(this.#at(url));
  }

  async keep(version: string, url: string, response: Response): Promise<void> {
    await (await this.#caches.open(this.#cacheOf(version))).put(this.#at(url), response);
  }

  /** All files of the version are kept: it is the latest now, and in use where there is no other to be used. */
  async finish(version: string, files: readonly OfflineFile[]): Promise<void> {
    await this.keep(version, LIST, Response.json(files));
    await this.#change(async ({ inUse }) => {
      const stays = inUse !== null && (await this.isWhole(inUse));
      return { inUse: stays ? inUse : version, latest: version };
    });
    await this.sweep();
  }

  /** Brings the latest version into use. The one before stays until the next sweep. */
  useLatest(): Promise<void> {
    return this.#change(({ inUse, latest }) => Promise.resolve({ inUse: latest ?? inUse, latest }));
  }

  /** Deletes every version that is neither in use nor the latest. */
  sweep(): Promise<void> {
    return this.#change(async (ledger) => {
      const needed = [ledger.inUse, ledger.latest].filter((version) => version !== null).map((version) => this.#cacheOf(version));
      for (const name of await this.#caches.keys()) {
        if (name.startsWith(this.#name(VERSION)) && !needed.includes(name)) await this.#caches.delete(name);
      }
      return ledger;
    });
  }

  async remove(version: string): Promise<void> {
    await this.#caches.delete(this.#cacheOf(version));
  }

  /** A page and two service workers may change the ledger: one after the other. */
  async #change(change: (ledger: Ledger) => Promise<Ledger>): Promise<void> {
    await this.#locks.request(this.#name(LEDGER), async () => {
      const changed = await change(await this.ledger());
      await (await this.#caches.open(this.#name(LEDGER))).put(this.#at(LEDGER_FILE), Response.json(changed));
    });
  }

  #cacheOf(version: string): string {
    return this.#name(VERSION) + version;
  }

  #name(kind: string): string {
    return `${this.#base} ${kind}`;
  }

  #at(url: string): string {
    return new URL(url, this.#base).href;
  }
}

/** The name of a version: a digest of its list, so that another file anywhere makes another version. */
export async function versionOf(files: readonly OfflineFile[]): Promise<string> {
  const text = files
    .map(({ url, sha256 }) => `${sha256} ${url}\n`)
    .sort()
    .join('');
  return (await digestOf(new TextEncoder().encode(text))).slice(0, 16);
}

export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
