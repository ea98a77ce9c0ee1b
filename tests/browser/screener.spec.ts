/** A screening in a real browser when things go wrong on the way: cancelled, the GPU lost, walk after walk. Narrow network. */
import { expect, test } from '@playwright/test';
import { mediaAbsence, mediaPath } from '../flows/media.ts';
import { makeTinyModel, modelTree, TINIEST } from '../tinyModel.ts';
import { ScreenerPage } from './harness/screenerPage.ts';
import { serveHarness, type Harness } from './harness/serve.ts';

const CLIP = 'p2s_single_cam02.mp4';

let harness: Harness;
test.beforeAll(async () => {
  const models = modelTree({ tiny: await makeTinyModel({ architecture: TINIEST }) });
  harness = await serveHarness({ models });
});
test.afterAll(() => harness.close());

test('the sample walk is screened from its keypoints', async ({ page }) => {
  const screener = await ScreenerPage.open(page, harness.url);
  const result = await screener.screen('sample');
  expect(result.logits).toHaveLength(48);
  expect(result.counts.usable).toBe(result.counts.sampled);
  expect(result.maps).toBe(result.counts.usable * 2 * 64 * 44);
  expect(result.timings.poseMs).toBe(0);
  expect(result.stages).toEqual(['preparing', 'watching', 'classifying']);
});

test('a graphics device that is lost on the way makes the walk start over on wasm, with the same logits', async ({ page }) => {
  const screener = await ScreenerPage.open(page, harness.url, 'webgpu');
  await screener.prepare();
  await screener.start(40);
  await screener.watched(1);
  await screener.loseDevice();
  const result = await screener.result();
  expect(result.backend.name).toBe('wasm');
  expect(result.backend.reason).toMatch(/^The graphics device went away/);
  expect(result.backend.attempts.map(({ name }) => name)).toEqual(['webgpu', 'wasm']);

  const again = await screener.screen(40);
  expect(again.backend.name).toBe('wasm');
  const calm = await (await ScreenerPage.open(page, harness.url, 'wasm')).screen(40);
  for (const other of [again, calm]) {
    other.logits!.forEach((logit, index) => expect(Math.abs(logit - result.logits![index]!)).toBeLessThan(1e-4));
  }
});

test('twenty walks in a row leave no tensor behind', async ({ page }) => {
  const screener = await ScreenerPage.open(page, harness.url, 'wasm');
  const first = await screener.screen('sample');
  const before = await screener.memory();
  for (let walk = 0; walk < 20; walk++) {
    const { logits } = await screener.screen('sample');
    expect(logits).toEqual(first.logits);
  }
  expect(await screener.memory()).toEqual(before);
});

test.describe(`with a real clip`, () => {
  test.skip(mediaAbsence(CLIP) !== '', mediaAbsence(CLIP));

  test('a cancel while pose runs works within 300 ms, stops the work, and the next walk is screened', async ({ page }) => {
    const screener = await ScreenerPage.open(page, harness.url, 'wasm');
    await screener.prepare();
    const workers = screener.workers();
    const poseWorker = workers.find((worker) => worker.url().includes('pose'))!;
    let poseEnded = false;
    poseWorker.once('close', () => (poseEnded = true));
    await screener.start({ clip: mediaPath(CLIP)! });
    await screener.watched(8);
    expect(await screener.cancel()).toBeLessThan(300);
    expect(await screener.failure()).toMatchObject({ name: 'AbortError' });
    // How soon is measured in the page, by `flows/cancel.spec.ts`: this process may hear of it late.
    await expect.poll(() => poseEnded).toBe(true);

    const result = await screener.screen({ clip: mediaPath(CLIP)! });
    expect(result.counts.posed / result.counts.sampled).toBeGreaterThan(0.95);
  });

  test('a cancel while everything still starts works within 300 ms', async ({ page }) => {
    const screener = await ScreenerPage.open(page, harness.url, 'wasm');
    await screener.start({ clip: mediaPath(CLIP)! });
    await page.waitForTimeout(150);
    expect(await screener.cancel()).toBeLessThan(300);
    expect((await screener.screen('sample')).logits).toHaveLength(48);
  });

  test('the same clip gives the same logits twice', async ({ page }) => {
    const screener = await ScreenerPage.open(page, harness.url, 'wasm');
    const first = await screener.screen({ clip: mediaPath(CLIP)! });
    const second = await screener.screen({ clip: mediaPath(CLIP)! });
    expect(first.counts).toEqual(second.counts);
    expect(first.logits).not.toBeNull();
    first.logits!.forEach((logit, index) => expect(Math.abs(logit - second.logits![index]!)).toBeLessThan(1e-4));
  });

  test('a file that is no video is refused by its code, and the next file is screened', async ({ page }) => {
    const screener = await ScreenerPage.open(page, harness.url, 'wasm');
    await screener.start({ clip: { name: 'walk.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(50_000, 'no video') } });
    expect(await screener.failure()).toMatchObject({ name: 'CaptureError', code: 'not-a-video' });
    expect((await screener.screen({ clip: mediaPath(CLIP)! })).counts.sampled).toBeGreaterThan(0);
  });
});
