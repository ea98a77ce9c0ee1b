/** A cancel is felt at once, stops the work behind it, and leaves the app ready. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 300_000 });

const CLIP = 'sam2_juggle.mp4';
const LIMIT_MS = 300;

test('a clip under way is cancelled within 300 ms, its work ends, and it can be screened again', async ({ page }) => {
  test.skip(mediaAbsence(CLIP) !== '', mediaAbsence(CLIP));
  await recordTerminations(page);
  const app = new PlumblinePage(page);
  await app.open();
  await app.choose(CLIP);
  await expect(app.panel).toContainText(/[1-9]\d* frames? looked at/, { timeout: 60_000 });

  const { shownMs, endedMs } = await cancel(app.panel);
  expect(shownMs).toBeLessThan(LIMIT_MS);
  expect(endedMs).toBeLessThan(LIMIT_MS);

  await app.panel.getByRole('button', { name: 'Screen again' }).click();
  await expect(app.panel).toHaveAttribute('data-state', 'running');
  await expect(app.panel).toContainText(/[1-9]\d* frames? looked at/, { timeout: 60_000 });
});

test('the sample walk is cancelled within 300 ms, and can be screened again', async ({ page }) => {
  await recordTerminations(page);
  const app = new PlumblinePage(page);
  await app.open();
  await app.chooseSample();
  await expect(app.panel).toHaveAttribute('data-state', 'running');
  expect((await cancel(app.panel)).shownMs).toBeLessThan(LIMIT_MS);
  await expect(app.panel).toContainText('Nothing was kept of this clip');
  await app.panel.getByRole('button', { name: 'Screen again' }).click();
  await app.screened();
});

/** Notes in the page when a worker is ended: a test's own clock also counts how long it took to hear of it. */
async function recordTerminations(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = Worker.prototype.terminate;
    Worker.prototype.terminate = function (this: Worker) {
      document.documentElement.dataset['workerEndedAt'] ??= String(performance.now());
      original.call(this);
    };
  });
}

/** Presses Cancel; returns when the page showed it and when the first worker was ended (NaN: none), in milliseconds from the press. */
function cancel(panel: Locator): Promise<{ shownMs: number; endedMs: number }> {
  return panel.evaluate(async (element) => {
    const root = document.documentElement;
    delete root.dataset['workerEndedAt'];
    const pressed = performance.now();
    [...element.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Cancel')!.click();
    while (element.dataset['state'] !== 'cancelled') await new Promise(requestAnimationFrame);
    const shownMs = performance.now() - pressed;
    // Longer than the limit, so that a late end is seen as late.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return { shownMs, endedMs: Number(root.dataset['workerEndedAt'] ?? NaN) - pressed };
  });
}
