/** The browser's caches and locks, in memory: as much of them as working offline uses. */

type Entries = Map<string, Response>;

export class MemoryCaches {
  readonly kept = new Map<string, Entries>();
  /** Bytes that may still be kept; then the browser refuses. */
  room = Infinity;

  /** As the code sees it. */
  get storage(): CacheStorage {
    return this as unknown as CacheStorage;
  }

  async open(name: string) {
    const entries: Entries = this.kept.get(name) ?? new Map<string, Response>();
    this.kept.set(name, entries);
    return {
      match: async (url: string) => entries.get(url)?.clone(),
      keys: async () => [...entries.keys()].map((url) => ({ url })),
      put: async (url: string, response: Response) => {
        this.room -= (await response.clone().arrayBuffer()).byteLength;
        if (this.room < 0) throw new DOMException('Full.', 'QuotaExceededError');
        entries.set(url, response);
      },
    };
  }

  async has(name: string): Promise<boolean> {
    return this.kept.has(name);
  }

  async keys(): Promise<string[]> {
    return [...this.kept.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.kept.delete(name);
  }

  /** The caches that hold a version. */
  versions(): string[] {
    return [...this.kept.keys()].filter((name) => name.includes('plumbline.version'));
  }
}

interface Held {
  name: string;
  shared: boolean;
}

/** Shared and exclusive locks, granted in order. */
export class MemoryLocks {
  readonly held = new Set<Held>();
  readonly #waiting: (() => void)[] = [];

  get manager(): Pick<LockManager, 'request' | 'query'> {
    return this as unknown as LockManager;
  }

  async request(name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.at(-1) as (lock: unknown) => Promise<unknown>;
    const { mode, ifAvailable } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    const lock = { name, shared: mode === 'shared' };
    while (!this.#free(lock)) {
      if (ifAvailable) return work(null);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.held.add(lock);
    try {
      return await work(lock);
    } finally {
      this.held.delete(lock);
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  async query(): Promise<{ held: { name: string }[] }> {
    return { held: [...this.held] };
  }

  #free({ name, shared }: Held): boolean {
    return [...this.held].every((other) => other.name !== name || (shared && other.shared));
  }
}
