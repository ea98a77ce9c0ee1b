/** Whether this device can screen, as the screener tells it: the model loaded and an engine that passed its self-test, or why not. */
import type { Screener, ScreenerState } from '../screening/screener.ts';

export class Device {
  state = $state.raw<ScreenerState>({ status: 'new' });
  readonly screener: Screener;

  /** Makes the screener, which tells its changes to what it is given. */
  constructor(start: (onState: (state: ScreenerState) => void) => Screener) {
    this.screener = start((state) => {
      this.state = state;
    });
  }

  async prepare(): Promise<void> {
    // What goes wrong is in the state, where the page shows it.
    await this.screener.prepare().catch(() => undefined);
  }
}
