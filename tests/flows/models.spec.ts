/** The Models page: checkpoints come in, are asked about, used, kept over a reload and removed; bad ones end in a sentence. */
import { readFileSync } from 'node:fs';
import { absence } from '../fixtures.ts';
import { mediaAbsence } from './media.ts';
import { ModelsPage } from './modelsPage.ts';
import { expect, test } from './ownOrigin.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 600_000 });

const SHIPPED = 'sconet-mt-ske-simulated';
const SHIPPED_COUNT = (JSON.parse(readFileSync(new URL('../../models/index.json', import.meta.url), 'utf8')) as string[]).length;
const CHECKPOINT = 'sconet-tiny-skeleton/ScoNet-00100.pt';
const SILHOUETTE = 'sconet-tiny-silhouette/ScoNet-00100.pt';
const CLIP = 'p2s_single_cam02.mp4';
const DRF = 'drf-tiny-postFC/DRF_author_names.pt';

test('the shipped model has a card with its origin, its measured figures and this device’s self-test', async ({ page }) => {
  await new PlumblinePage(page).open();
  const models = new ModelsPage(page);
  await models.open();
  await expect(page).toHaveTitle('Models · Plumbline');
  await models.inUse(SHIPPED);
  await expect(models.rows).toHaveCount(SHIPPED_COUNT);
  await expect(models.card).toContainText('Simulated weights, research use');
  await expect(models.card.getByTestId('metrics')).toContainText(/This model.*% \(.+ to .+\)/);
  await expect(models.card.getByTestId('self-test')).toContainText(/ms a frame/);
  await expect(models.card).toContainText(/[0-9a-f]{64}/);
  await expect(models.card.getByRole('button', { name: /Remove/ })).toHaveCount(0);
});

test('a checkpoint is imported, used, kept over a reload, and removed', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  const models = new ModelsPage(page);
  await models.open();
  await models.choose(CHECKPOINT);
  await expect(models.questions).toContainText('ScoNet-MT-ske, after 100 training steps');
  await expect(models.questions.getByRole('radio')).toHaveCount(3);
  await models.questions.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(models.questions).toContainText('Say whose checkpoint it is.');
  await models.answer(/opengait-skeleton/);
  await models.imported();
  await expect(models.report.getByRole('heading', { level: 3 })).toBeFocused();
  await expect(page.getByRole('status').first()).toHaveText(/^Imported: /);
  await expect(models.report).toContainText('skeleton maps (2 channels)');
  await expect(models.report).toContainText('upstream-aligned · answered by the preset opengait-skeleton');
  await models.report.getByTestId('keys-used').locator('summary').click();
  await expect(models.report.getByTestId('keys-used')).toContainText('Backbone.');
  await expect(models.report.getByTestId('keys-left-over')).toContainText('num_batches_tracked');

  await expect(models.rows).toHaveCount(SHIPPED_COUNT + 1);
  await expect(models.card).toContainText('Nobody has measured that here.');
  const id = await models.use();
  expect(id).toMatch(/^sconet-00100-[0-9a-f]{8}$/);

  await models.leave();
  await app.chooseSample();
  await app.screened();
  await expect(app.panel.getByTestId('notice')).toContainText('Scoliosis1K-Pose');
  const result = await app.resultFile();
  expect(result.model).toMatchObject({ id, simulated: false });
  expect(result.input).toBe('upstream-aligned');

  await page.reload();
  await app.open();
  await models.open();
  await models.inUse(id);
  await models.remove();
  await models.inUse(SHIPPED);
  await expect(models.rows).toHaveCount(SHIPPED_COUNT);
  await models.leave();
  await app.chooseSample();
  await app.screened();
  expect((await app.resultFile()).model.id).toBe(SHIPPED);
});

test('the same checkpoint may be imported again with other answers, and both stay', async ({ page }) => {
  const models = new ModelsPage(page);
  await page.goto('./#/models');
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await models.imported();
  await models.choose(CHECKPOINT);
  await expect(models.questions).toBeVisible();
  await models.questions.getByRole('radio', { name: /None of these/ }).check();
  await models.questions.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(models.questions).toContainText('Choose the recipe it was trained on.');
  await models.questions.getByLabel('Map recipe it was trained on').selectOption('sigma8-bodyonly');
  await models.questions.getByLabel('Order of its classes').selectOption('positive, neutral, negative');
  await models.questions.getByLabel('Trained on', { exact: true }).fill('walks of a colleague');
  await models.questions.getByRole('button', { name: 'Import', exact: true }).click();
  await models.imported();
  await expect(models.rows).toHaveCount(SHIPPED_COUNT + 2);
  await expect(models.card).toHaveAttribute('data-id', /-2$/);
  await expect(models.card).toContainText('walks of a colleague');
  await expect(models.card).toContainText('positive, neutral, negative');
});

test('files that are no checkpoint end in a sentence, and the next file works', async ({ page }) => {
  const models = new ModelsPage(page);
  await page.goto('./#/models');
  await models.choose('pickle/malicious_os_system.pkl');
  await expect(await models.problem()).toHaveText(/This file was not imported.*\w+\.$/);
  await models.choose(CHECKPOINT, 20_000);
  await expect(await models.problem()).toHaveText(/truncated|cut off|damaged|again/i);
  await expect(page.getByTestId('import-problem')).toBeFocused();
  await page.getByTestId('checkpoint-input').setInputFiles({ name: 'empty.pt', mimeType: '', buffer: Buffer.alloc(0) });
  await expect(page.getByTestId('import-problem')).toHaveText(/empty/i);
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await models.imported();
});

test('an import can be cancelled, keeps nothing then, and the next one works', async ({ page, context }) => {
  // An engine that never comes keeps the import under way for as long as it takes to cancel it.
  await context.route('**/tfjs/*.wasm', () => undefined);
  const models = new ModelsPage(page);
  await page.goto('./#/models');
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await expect(models.import.getByRole('progressbar')).toBeVisible();
  await models.import.getByRole('button', { name: 'Cancel' }).click();
  await expect(models.import).toHaveAttribute('data-step', 'choose');
  await expect(page.getByRole('status').first()).toHaveText('Import cancelled. Nothing was kept.');
  await expect(models.rows).toHaveCount(SHIPPED_COUNT);
  await context.unroute('**/tfjs/*.wasm');
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await models.imported();
  await expect(models.rows).toHaveCount(SHIPPED_COUNT + 1);
});

test('an import that finds no room says so, keeps nothing and leaves what was there', async ({ page, context, baseURL }) => {
  const models = new ModelsPage(page);
  await page.goto('./#/models');
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await models.imported();

  const { origin } = new URL(baseURL!);
  const devtools = await context.newCDPSession(page);
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 10_000 });
  await models.choose(CHECKPOINT);
  await models.answer(/bodyonly-112/);
  await expect(await models.problem()).toHaveText(/There is no room for this model, which takes \d+ MB/);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await models.questions.getByRole('button', { name: 'Cancel' }).click();
  await expect(models.import).toHaveAttribute('data-step', 'choose');
  await page.reload();
  await expect(models.rows).toHaveCount(SHIPPED_COUNT + 1);
});

test('a model that was chosen and is gone gives way to the shipped one, with a notice', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('plumbline.model', 'gone-0badcafe'));
  const app = new PlumblinePage(page);
  await app.open();
  await expect(app.device).toContainText('gone-0badcafe, is no longer on this device');
});

test(`the DRF authors’ checkpoint is imported with their preset; without its range it can’t screen, and the model before stays${absence(DRF)}`, async ({
  page,
}) => {
  test.skip(absence(DRF) !== '', absence(DRF));
  const app = new PlumblinePage(page);
  await app.open();
  const models = new ModelsPage(page);
  await models.open();
  await models.choose(DRF);
  await expect(models.questions.getByText('Range of the asymmetry vector')).toBeVisible();
  await models.answer(/drf-authors-118/);
  await models.imported();
  await expect(models.report).toContainText('attention_layer.');
  await expect(models.card).toContainText('negative, positive, neutral');
  await models.card.getByRole('button', { name: 'Use this model' }).click();
  await expect(page.getByTestId('model-problem')).toHaveText(/asymmetry vector.*The model before it is still in use\.$/, {
    timeout: 180_000,
  });
  await models.rows.first().getByRole('button').click();
  await models.inUse(SHIPPED);
});

test(`with its range the DRF screens a walk; a file that is no range ends in a sentence${absence(DRF)}`, async ({ page }) => {
  test.skip(absence(DRF) !== '', absence(DRF));
  const app = new PlumblinePage(page);
  await app.open();
  const models = new ModelsPage(page);
  await models.open();
  await models.choose(DRF);
  await models.chooseRange([8, 6]);
  await expect(models.questions.getByRole('alert')).toHaveText(/shape \[8, 6\].*Choose another file/);
  await models.chooseRange([2, 8, 3]);
  await expect(models.questions.getByRole('alert')).toHaveCount(0);
  await models.answer(/drf-authors-118/);
  await models.imported();
  await models.report.getByRole('button', { name: 'Use this model' }).click();
  const id = (await models.card.getAttribute('data-id'))!;
  await models.inUse(id);
  await models.leave();
  await app.chooseSample();
  await app.screened();
  expect((await app.resultFile()).model.id).toBe(id);
});

test('a walk under way goes on while the page changes, and a change of the model waits for it', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  const models = new ModelsPage(page);
  await models.open();
  await models.choose(CHECKPOINT);
  await models.answer(/opengait-skeleton/);
  await models.imported();
  await models.leave();
  await app.chooseSample();
  await models.open();
  await expect(models.card).toHaveAttribute('data-id', /^sconet-00100-/);
  await models.card.getByRole('button', { name: 'Use this model' }).click();
  await expect(models.card).toContainText('It starts as soon as the clip under way is done.');
  await models.inUse((await models.card.getAttribute('data-id'))!);
  await models.leave();
  await app.screened();
  expect((await app.resultFile()).model.id).toBe(SHIPPED);
});

test(`a silhouette network shows the outline in the replay, and says so of a walk without a picture${absence(SILHOUETTE)}`, async ({
  page,
}) => {
  const missing = absence(SILHOUETTE) || mediaAbsence(CLIP);
  test.skip(missing !== '', missing);
  const app = new PlumblinePage(page);
  await app.open();
  const models = new ModelsPage(page);
  await models.open();
  await models.choose(SILHOUETTE);
  await models.answer(/opengait-silhouette/);
  await models.imported();
  await models.use();
  await models.leave();
  await app.choose(CLIP);
  await app.screened();
  await expect(app.panel.getByRole('figure', { name: /^Outline/ }).locator('canvas')).toHaveCount(1);
  expect((await app.resultFile()).input).toBe('silhouette');
  await app.chooseSample();
  await expect(app.rows.last()).toHaveAttribute('data-state', 'failed', { timeout: 60_000 });
  await expect(app.rows.last()).toContainText(/outline of the body/);
});

test('the page works with keys alone on a narrow screen, and every control has a name', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const models = new ModelsPage(page);
  await page.goto('./#/models');
  await models.choose(CHECKPOINT);
  await expect(models.questions.getByRole('heading')).toBeFocused();
  await expectSound();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await models.imported();
  await expectSound();
  await models.card.getByRole('button', { name: 'Remove…' }).press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(models.rows).toHaveCount(SHIPPED_COUNT + 1);

  async function expectSound(): Promise<void> {
    const controls = page.locator('main').locator('button:visible, a:visible, summary:visible, select:visible, input:visible');
    for (const control of await controls.all()) await expect(control).toHaveAccessibleName(/\S/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  }
});
