/** Whether this device can screen, as the screener tells it: the model loaded and an engine that passed its self-test, or why not. */
import { forgetModel, rememberModel } from './rememberedModel.ts';
import type { Screener, ScreenerState } from '../screening/screener.ts';

export class Device {
  state = $state.raw<ScreenerState>({ status: 'new' });
  /** The id of the model in use; it stays while another one is tried. */
  model = $state<string | null>(null);
  /** The id of the model that was to be used and is not on this device any more. */
  lost = $state<string | null>(null);
  readonly screener: Screener;
  #wanted: string | null;

  /**
   * @param wanted the id of the model chosen last, or null
   * @param start makes the screener, which tells its changes to what it is given
   */
  constructor(wanted: string | null, start: (onState: (state: ScreenerState) => void) => Screener) {
    this.#wanted = wanted;
    this.screener = start((state) => this.#follow(state));
  }

  async prepare(): Promise<void> {
    // What goes wrong is in the state, where the page shows it.
    await this.screener.prepare().catch(() => undefined);
  }

  /** Takes another model and remembers the choice. Rejects where it can't be used; then the one before is still in use. */
  async use(id: string): Promise<void> {
    await this.screener.useModel(id);
    rememberModel(id);
    this.lost = null;
  }

  #follow(state: ScreenerState): void {
    this.state = state;
    if (state.status !== 'ready') return;
    this.model = state.manifest.id;
    if (this.#wanted !== null && this.#wanted !== this.model) {
      this.lost = this.#wanted;
      forgetModel();
    }
    this.#wanted = null;
  }
}
