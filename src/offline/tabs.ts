/**
 * Which pages of the app are open. Each holds a shared lock for as long as it lives; who gets the lock for itself is alone. The browser
 * lets go for a page that was closed or has crashed.
 */
export class Tabs {
  readonly #locks: Pick<LockManager, 'request' | 'query'>;
  readonly #name: string;
  #leave: (() => Promise<void>) | null = null;

  constructor(locks: Pick<LockManager, 'request' | 'query'>, base: string) {
    this.#locks = locks;
    this.#name = `${base} plumbline.tab`;
  }

  /** This page is one of them from now on. Resolves when it is counted. */
  join(): Promise<void> {
    return new Promise((resolve, reject) => {
      const held = this.#locks.request(this.#name, { mode: 'shared' }, () => {
        resolve();
        return new Promise<void>((leave) => {
          this.#leave = async () => {
            leave();
            await held;
          };
        });
      });
      held.catch(reject);
    });
  }

  /** This page isn't one of them any more. */
  async leave(): Promise<void> {
    await this.#leave?.();
    this.#leave = null;
  }

  /** Runs the work if no other page is open, and says whether it did. */
  async whenAlone(work: () => Promise<void>): Promise<boolean> {
    await this.leave();
    try {
      return await this.#locks.request(this.#name, { ifAvailable: true }, async (lock) => {
        if (lock) await work();
        return lock !== null;
      });
    } finally {
      await this.join();
    }
  }

  /** How many other pages are open. */
  async others(): Promise<number> {
    const { held = [] } = await this.#locks.query();
    return held.filter(({ name }) => name === this.#name).length - 1;
  }
}
