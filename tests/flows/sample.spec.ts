/** The built-in sample walk, from the button to the details: no video needed, so this runs on every machine. */
import type { Locator } from '@playwright/test';
import { expect, test } from './ownOrigin.ts';
import { allLogits, largestDifference, PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 420_000 });

test('the page says which model and engine it runs on, and what else was tried', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  await expect(app.device).toContainText('Ready');
  await expect(app.device).toContainText(/WebAssembly|WebGPU|plain JavaScript/);
  await app.device.locator('summary').click();
  await expect(app.device.getByText('in use')).toHaveCount(1);
  await expect(app.device).toContainText(/self-test/);
});

test('the sample walk ends in a result with probabilities, frames, replay and its origin', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  await app.chooseSample();
  await app.screened();

  await expect(app.outcome()).toHaveText(/Pattern found|Borderline|No pattern found/);
  await expect(app.panel.getByTestId('notice')).toContainText('Simulated weights, research use');
  await expect(app.panel.getByTestId('usable-frames')).toHaveText(/\d+ of \d+ sampled/);
  const shares = await app.panel.getByTestId('probabilities').locator('dd').allInnerTexts();
  const total = shares.reduce((sum, text) => sum + Number(/(\d+)\s*%/.exec(text)?.[1]), 0);
  expect(shares).toHaveLength(3);
  expect(Math.abs(total - 100)).toBeLessThanOrEqual(2);

  const result = await app.resultFile();
  expect(allLogits(result)).toHaveLength(48);
  expect(result.model.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(result.frames).toHaveLength(result.counts.sampled);
  const details = await app.openDetails();
  await expect(details).toContainText(result.model.sha256);
  await expect(details).toContainText(result.input);
  await expect(details.getByTestId('findings').locator('tbody tr')).toHaveCount(result.findings.length);
});

test('the replay plays, steps, and draws skeleton and maps of the frame it shows', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  await app.chooseSample();
  await app.screened();

  const skeleton = app.panel.getByTestId('skeleton');
  const maps = app.panel.locator('canvas');
  await expect(skeleton.locator('line.limb.ink')).toHaveCount(12);
  await expect(maps).toHaveCount(2);
  const before = await Promise.all((await maps.all()).map(inkOf));
  for (const ink of before) expect(ink).toBeGreaterThan(0);

  const number = app.panel.getByTestId('frame-number');
  const first = frameNumber(await number.innerText());
  await app.panel.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => frameNumber(await number.innerText())).toBeGreaterThan(first + 5);
  await app.panel.getByRole('button', { name: 'Pause' }).click();
  const paused = frameNumber(await number.innerText());
  await app.panel.getByRole('button', { name: 'Next frame' }).click();
  expect(frameNumber(await number.innerText())).toBe(paused + 1);
  await app.panel.getByRole('button', { name: 'Previous frame' }).click();
  expect(frameNumber(await number.innerText())).toBe(paused);
  expect(await Promise.all((await maps.all()).map(inkOf))).not.toEqual(before);
});

test('the sample walk gives the same logits twice', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  await app.chooseSample();
  await app.screened();
  const first = await app.resultFile();
  await page.reload();
  await app.open();
  await app.chooseSample();
  await app.screened();
  const second = await app.resultFile();
  expect(largestDifference(allLogits(first), allLogits(second))).toBeLessThan(1e-4);
});

/** The sum of the opacity of a canvas: what is painted on it. */
function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return data.reduce((sum, value, index) => (index % 4 === 3 ? sum + value : sum), 0);
  });
}

/** "12 / 84" → 12. */
function frameNumber(text: string): number {
  return Number.parseInt(text, 10);
}
