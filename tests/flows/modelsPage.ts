/** What a person does on the Models page, in one place for its flows. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { writeNpy } from '../../src/formats/npy.ts';
import { fixturePath } from '../fixtures.ts';

/** A tiny network is imported in a second; the machine may be busy, and the engine has to start. */
const IMPORTED_MS = 60_000;
/** The worker starts anew, and tries the software GPU as well. */
const IN_USE_MS = 180_000;

export class ModelsPage {
  readonly import: Locator;
  readonly questions: Locator;
  readonly report: Locator;
  readonly rows: Locator;
  readonly card: Locator;

  constructor(readonly page: Page) {
    this.import = page.getByTestId('import');
    this.questions = page.getByTestId('questions');
    this.report = page.getByTestId('import-report');
    this.rows = page.getByTestId('model-row');
    this.card = page.getByTestId('model-card');
  }

  /** Over the masthead's link, as a person would go. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Models' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible();
    await expect(this.rows).not.toHaveCount(0);
  }

  async leave(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Videos' }).click();
  }

  /** Chooses a fixture, or the first bytes of it. */
  async choose(fixture: string, bytes?: number): Promise<void> {
    const path = fixturePath(fixture)!;
    const buffer = readFileSync(path).subarray(0, bytes);
    await this.page
      .getByTestId('checkpoint-input')
      .setInputFiles({ name: basename(path), mimeType: 'application/octet-stream', buffer });
  }

  /** Chooses a range of the asymmetry vector, from 0 to 40, in an array of this shape. */
  async chooseRange(shape: number[]): Promise<void> {
    const data = Float32Array.from({ length: 48 }, (_, index) => (index < 24 ? 0 : 40));
    const buffer = Buffer.from(writeNpy({ dtype: 'float32', shape, data }));
    await this.page.getByTestId('range-input').setInputFiles({ name: 'range.npy', mimeType: '', buffer });
  }

  async answer(preset: RegExp): Promise<void> {
    await expect(this.questions).toBeVisible({ timeout: IMPORTED_MS });
    await this.questions.getByRole('radio', { name: preset }).check();
    await this.questions.getByRole('button', { name: 'Import', exact: true }).click();
  }

  async imported(): Promise<void> {
    await expect(this.report).toBeVisible({ timeout: IMPORTED_MS });
  }

  async problem(): Promise<Locator> {
    const problem = this.page.getByTestId('import-problem');
    await expect(problem).toBeVisible({ timeout: IMPORTED_MS });
    return problem;
  }

  /** Uses the model whose card is shown, and waits until it is in use. */
  async use(): Promise<string> {
    const id = (await this.card.getAttribute('data-id'))!;
    await this.card.getByRole('button', { name: 'Use this model' }).click();
    await this.inUse(id);
    return id;
  }

  async inUse(id: string): Promise<void> {
    await expect(this.page.getByTestId('models')).toHaveAttribute('data-in-use', id, { timeout: IN_USE_MS });
    await expect(this.page.getByTestId('self-test')).toContainText(/logits off by/, { timeout: IN_USE_MS });
  }

  async remove(): Promise<void> {
    await this.card.getByRole('button', { name: 'Remove…' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  }
}
