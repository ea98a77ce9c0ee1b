/** What a person does on the camera page, in one place for all flows. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Loading the model and trying the engines takes a while on two busy cores. */
const READY_MS = 180_000;
/** A walk is at most ten seconds at the cadence of the network, and may come in slowly. */
const WALKED_MS = 180_000;

export class CameraPage {
  readonly advice: Locator;
  /** The outcome of the walk that is shown. */
  readonly panelOutcome: Locator;
  /** Why a camera or a walk came to nothing. */
  readonly problem: Locator;

  constructor(readonly page: Page) {
    this.advice = page.getByTestId('advice');
    this.panelOutcome = page.getByTestId('outcome').getByRole('heading');
    this.problem = page.getByTestId('problem');
  }

  /** Opens the page and waits until the device is ready. */
  async open(): Promise<void> {
    await this.page.goto('./#/session');
    await expect(this.page.getByTestId('device').filter({ visible: true })).toHaveAttribute('data-state', 'ready', {
      timeout: READY_MS,
    });
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start the camera' }).click();
  }

  /** The line of the place's check with this name. */
  check(name: string): Locator {
    return this.page.getByTestId(`check-${name}`);
  }

  async leavePlace(): Promise<void> {
    await this.page.getByRole('button', { name: /The place is right|Go on all the same/ }).click();
  }

  async person(code: string): Promise<void> {
    await this.page.getByLabel('Code').fill(code);
    await this.page.getByLabel(/agrees to it/).check();
  }

  async toTheWalk(): Promise<void> {
    await this.page.getByRole('button', { name: 'To the walk' }).click();
  }

  /** Goes to a control with the tab key alone. */
  async tabTo(control: Locator): Promise<void> {
    await expect(control).toBeEnabled({ timeout: WALKED_MS });
    for (let presses = 0; presses < 80; presses++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    await expect(control).toBeFocused();
  }

  /** Presses a button, or follows a link, with keys alone. */
  async press(name: string | RegExp): Promise<void> {
    await this.tabTo(this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name })).first());
    await this.page.keyboard.press('Enter');
  }

  /** Waits for the walk to begin. */
  async walking(): Promise<void> {
    await expect(this.advice).toHaveAttribute('data-phase', 'walking', { timeout: WALKED_MS });
  }

  /** Tries a walk that came to nothing once more. */
  async again(): Promise<void> {
    await this.page.getByRole('button', { name: 'Walk again' }).click();
  }

  /** Waits for the walk to end with a result. */
  async result(): Promise<void> {
    await expect(this.page.getByTestId('session-result')).toBeVisible({ timeout: WALKED_MS });
  }
}
