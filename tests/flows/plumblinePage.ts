/** What a person does with the page, and what can be read from it, in one place for all flows. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { mediaPath } from './media.ts';

/** Loading the model and trying the engines, the software GPU among them, takes a while on two busy cores. */
const READY_MS = 180_000;
/** The longest clip here has 154 frames; the network alone needs a tenth of a second for each. */
const SCREENED_MS = 300_000;

/** The part of a result's JSON file that the flows look at. */
export interface ResultFile {
  schema: number;
  outcome: string;
  probabilities: { negative: number; neutral: number; positive: number } | null;
  logits: { negative: number[]; neutral: number[]; positive: number[] } | null;
  counts: { sampled: number; posed: number; usable: number };
  findings: { rule: string; passed: boolean; severity: string; sentence: string }[];
  frames: { time: number; keypoints: number[] | null; leftOut: string | null }[];
  picture: { width: number; height: number };
  model: { id: string; sha256: string; simulated: boolean };
  backend: { name: string };
  input: string;
  timings: { poseMs: number; classifyMs: number; totalMs: number };
}

export class PlumblinePage {
  readonly panel: Locator;
  readonly rows: Locator;
  readonly device: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByTestId('clip-panel');
    this.rows = page.getByTestId('clip-row');
    this.device = page.getByTestId('device');
  }

  /** Opens the app and waits until the device is ready. */
  async open(): Promise<void> {
    await this.page.goto('./');
    await expect(this.device).toHaveAttribute('data-state', 'ready', { timeout: READY_MS });
  }

  /** Chooses clips of the media folder through the file dialogue's input. */
  async choose(...names: string[]): Promise<void> {
    await this.page.getByTestId('file-input').setInputFiles(names.map((name) => mediaPath(name)!));
  }

  async chooseSample(): Promise<void> {
    await this.page.getByRole('button', { name: /sample walk/i }).click();
  }

  /** Waits for the one clip in the panel to end with a result. */
  async screened(): Promise<void> {
    await this.ended('done');
  }

  async ended(state: 'done' | 'failed' | 'cancelled'): Promise<void> {
    await expect(this.panel).toHaveAttribute('data-state', /done|failed|cancelled/, { timeout: SCREENED_MS });
    await expect(this.panel).toHaveAttribute('data-state', state);
  }

  /** Waits for all rows of the table to end. */
  async allEnded(count: number): Promise<void> {
    await expect(this.rows).toHaveCount(count);
    for (const row of await this.rows.all()) {
      await expect(row).toHaveAttribute('data-state', /done|failed|cancelled/, { timeout: SCREENED_MS });
    }
  }

  /** Opens the result of a clip from its row of the table. */
  async openRow(clip: string): Promise<void> {
    await this.rows.getByRole('button', { name: clip }).first().click();
    await expect(this.panel.getByTestId('outcome')).toContainText(clip);
  }

  outcome(): Locator {
    return this.panel.getByTestId('outcome').getByRole('heading');
  }

  reason(): Locator {
    return this.panel.getByTestId('reason');
  }

  problem(): Locator {
    return this.panel.getByTestId('problem');
  }

  async openDetails(): Promise<Locator> {
    const details = this.panel.getByTestId('details');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    return details;
  }

  /** The result as the file that the details offer. */
  async resultFile(): Promise<ResultFile> {
    const details = await this.openDetails();
    const text = await this.download(details.getByRole('button', { name: /JSON/ }));
    return JSON.parse(text) as ResultFile;
  }

  /** Presses a button that hands over a file, and returns what is in it. */
  async download(button: Locator): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    return readFileSync(await file.path(), 'utf8');
  }
}

/** Every logit of a walk in one row. */
export function allLogits({ logits }: ResultFile): number[] {
  return logits ? [...logits.negative, ...logits.neutral, ...logits.positive] : [];
}

/** The largest difference between two lists of the same length. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));
}
