/** What a person does on the pages of the records, in one place for all flows. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { UploadedFile } from './exportedVisits.ts';

export class RecordsPage {
  readonly imported: Locator;
  readonly visits: Locator;

  constructor(readonly page: Page) {
    this.imported = page.getByTestId('imported');
    this.visits = page.getByTestId('visits').locator('tbody tr');
  }

  async open(): Promise<void> {
    await this.page.goto('./#/records');
    await expect(this.page.getByTestId('records')).not.toHaveAttribute('data-status', 'opening');
  }

  async import(file: UploadedFile): Promise<void> {
    await this.page.getByTestId('import-records').setInputFiles(file);
  }

  /** What a download holds. */
  async saved(press: () => Promise<unknown>): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    const pieces: Buffer[] = [];
    for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
    return { name: download.suggestedFilename(), text: Buffer.concat(pieces).toString('utf8') };
  }
}
