/** Which engine a real browser ends up with, and why, on the harness page with a narrow network. */
import { expect, test } from '@playwright/test';
import { makeTinyModel, modelTree, TINIEST } from '../tinyModel.ts';
import { ScreenerPage, type Outcome } from './harness/screenerPage.ts';
import { serveHarness, type Harness } from './harness/serve.ts';

let isolated: Harness;
let plain: Harness;
test.beforeAll(async () => {
  const models = modelTree({
    tiny: await makeTinyModel({ architecture: TINIEST }),
    wrong: await makeTinyModel({ architecture: TINIEST, goldenError: 0.01 }),
  });
  isolated = await serveHarness({ models });
  plain = await serveHarness({ models, isolated: false });
});
test.afterAll(async () => {
  await isolated.close();
  await plain.close();
});

test('a WebGPU without a graphics card is passed over for wasm, and says so', async ({ page }) => {
  const screener = await ScreenerPage.open(page, isolated.url);
  await screener.prepare();
  const { name, attempts } = await screener.backend();
  expect(name).toBe('wasm');
  expect(attempts.map((attempt) => attempt.name)).toEqual(['webgpu', 'wasm']);
  expect(attempts[0]?.reason).toMatch(/without a graphics card .*slower than wasm/);
});

test('wasm uses threads on a cross-origin isolated page', async ({ page }) => {
  const screener = await ScreenerPage.open(page, isolated.url, 'wasm');
  await screener.prepare();
  const processors = await page.evaluate(() => navigator.hardwareConcurrency);
  const { name, threads } = await screener.backend();
  expect(name).toBe('wasm');
  expect(threads).toBe(Math.min(4, processors));
});

test('wasm uses one thread on a page that is not isolated, and says why', async ({ page }) => {
  const screener = await ScreenerPage.open(page, plain.url, 'wasm');
  await screener.prepare();
  const { threads, reason } = await screener.backend();
  expect(threads).toBe(1);
  expect(reason).toContain('not cross-origin isolated');
});

test('cpu, wasm and webgpu run when they are asked for by name, and give the same logits, over more than one chunk; a graphics device that is lost between two walks costs none of them', async ({
  page,
}) => {
  const walks: Outcome[] = [];
  for (const backend of ['cpu', 'wasm', 'webgpu'] as const) {
    const screener = await ScreenerPage.open(page, isolated.url, backend);
    await screener.prepare();
    const { name, adapter, reason } = await screener.backend();
    expect(name).toBe(backend);
    expect(reason).toMatch(/^Asked for, and passed the self-test/);
    // A WebGPU without a graphics card, which is passed over where nobody asks for it.
    expect(adapter ?? '').toMatch(backend === 'webgpu' ? /swiftshader/i : /^$/);
    const walk = await screener.screen(12);
    expect(walk.backend.name).toBe(backend);
    walks.push(walk);
    if (backend !== 'webgpu') continue;
    await screener.loseDevice();
    const next = await screener.screen(12);
    expect(next.backend.name).toBe('wasm');
    walks.push(next);
  }
  const [plain, ...others] = walks.map(({ logits }) => logits!);
  expect(plain).toHaveLength(48);
  for (const other of others) {
    expect(other).toHaveLength(48);
    other.forEach((logit, index) => expect(Math.abs(logit - plain![index]!)).toBeLessThan(1e-4));
  }
});

test('a model whose golden sample no backend meets is not run, and the sentence says what was tried', async ({ page }) => {
  const screener = await ScreenerPage.open(page, isolated.url, 'auto', 'wrong');
  await screener.start(20);
  const { code, message } = await screener.failure();
  expect(code).toBe('backend-missing');
  expect(message).toMatch(/can't run the network.*webgpu: .*wasm: It computes this network wrongly: its logits are off by 0.01/);
});
