/** Whether the app works without a connection, and whether a new version waits for consent. */
import { OfflineApp, type OfflinePlace, type OfflineState } from '../offline/offlineApp.ts';

export class Offline {
  state = $state.raw<OfflineState>({ status: 'preparing', done: 0, total: 0 });
  /** Says whether a session is under way: an update isn't offered then. */
  busy = $state.raw<() => boolean>(() => false);
  readonly #app: OfflineApp | null;

  /** @param place null where there is no service worker: in a browser without them, and while developing */
  constructor(place: OfflinePlace | null) {
    this.#app = place && new OfflineApp(place, (state) => (this.state = state));
    if (!place) this.state = { status: 'unsupported' };
  }

  get offersUpdate(): boolean {
    return this.state.status === 'update-waiting' && !this.busy();
  }

  /** @param after what the page does first, and mustn't be slowed down */
  async start(after: Promise<unknown>): Promise<void> {
    await this.#app?.start(after);
  }

  async retry(): Promise<void> {
    await this.#app?.retry();
  }

  /** With the person's consent: loads the page anew in the new version. */
  async update(): Promise<void> {
    if (this.offersUpdate) await this.#app?.update();
  }
}
