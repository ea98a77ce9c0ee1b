/** Every kind of network on a real video: outlines cut out of the picture for one, the posture measured for another. Narrow networks. */
import { expect, test } from '@playwright/test';
import type { Architecture } from '../../src/nets/architecture.ts';
import { mediaAbsence, mediaPath } from '../flows/media.ts';
import { makeTinyModel, modelTree, TINIEST } from '../tinyModel.ts';
import { ScreenerPage } from './harness/screenerPage.ts';
import { serveHarness, type Harness } from './harness/serve.ts';

const CLIP = 'p2s_single_cam02.mp4';
const PIXELS = 64 * 44;

const NETWORKS: Record<'outline' | 'drf', Architecture> = {
  outline: { ...TINIEST, inChannels: 1 },
  drf: { ...TINIEST, network: 'drf', attention: 'before-fcs' },
};

let harness: Harness;
test.beforeAll(async () => {
  const folders = await Promise.all(
    Object.entries(NETWORKS).map(async ([name, architecture]) => [name, await makeTinyModel({ architecture })] as const),
  );
  harness = await serveHarness({ models: modelTree(Object.fromEntries(folders)) });
});
test.afterAll(() => harness.close());

test('a silhouette network sees the outline of the person in a video', async ({ page }) => {
  test.skip(mediaAbsence(CLIP) !== '', mediaAbsence(CLIP));
  const screener = await ScreenerPage.open(page, harness.url, 'wasm', 'outline');
  const result = await screener.screen({ clip: mediaPath(CLIP)! });
  expect(result.counts.usable).toBeGreaterThanOrEqual(15);
  expect(result.maps).toBe(result.counts.usable * PIXELS);
  expect(result.logits).toHaveLength(48);
  expect(result.input).toBe('silhouette');
  // A standing body fills between an eighth and a half of its box, and it is in the middle.
  expect(result.filled).toBeGreaterThan(0.12);
  expect(result.filled).toBeLessThan(0.5);
});

test('a silhouette network says why it can’t screen a walk of keypoints, and goes on', async ({ page }) => {
  const screener = await ScreenerPage.open(page, harness.url, 'wasm', 'outline');
  await screener.start('sample');
  expect(await screener.failure()).toMatchObject({ code: 'no-outlines' });
});

test('a DRF takes the asymmetry of the walk it is shown', async ({ page }) => {
  const screener = await ScreenerPage.open(page, harness.url, 'wasm', 'drf');
  const [whole, part] = [await screener.screen('sample'), await screener.screen(20)];
  expect(whole.logits).toHaveLength(48);
  expect(part.logits).not.toEqual(whole.logits);
});
