/** English and Chinese: chosen in the head of the page, on every page at once, kept, and nothing left in the other. */
import type { Page } from '@playwright/test';
import { ModelsPage } from './modelsPage.ts';
import { expect, test } from './ownOrigin.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 300_000 });

/** What reads the same in both languages: our name, names of networks and programs, kinds of files, units and signs. */
const NAMES = new RegExp(
  '\\b(' +
    [
      'Plumbline|CSV|JSON|FHIR|PDF|SHA-256|Apache 2\\.0|Apache-2\\.0',
      'MP4|MOV|WebM|MKV|OpenGait|\\.(pt|pth|safetensors|npy|mp4)|safetensors',
      'WebGPU|WebAssembly|JavaScript|ScoNet(-MT)?(-ske)?|DRF|ResNet9|BlazePose( lite| full)?',
      'logits?|softmax|float(16|32)|F1|A4|Letter|IndexedDB|AES-GCM|[kMG]B',
      'drf-authors-118|opengait-(silhouette|skeleton)|bodyonly-112|upstream-aligned|118-(paper|aligned)|ScoNet-00100',
      'negative|neutral|positive|sigma\\w+(-\\w+)*',
    ].join('|') +
    ')\\b|\\.(pt|pth|safetensors|npy|mp4)\\b',
  'g',
);

/** Latin words in what is seen or read out, but for names, code, and what is marked as being in a language of its own. */
async function latinWords(page: Page): Promise<string[]> {
  const { texts, names } = await page.evaluate(() => {
    const texts: string[] = [];
    const marked = (element: Element | null) =>
      element?.closest('code, [lang]:not(html), [hidden], script, style, noscript') ?? null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!marked(text.parentElement)) texts.push(text.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext]')) {
      if (marked(element)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) texts.push(element.getAttribute(name) ?? '');
    }
    // A model's name is somebody's, and is said in sentences too.
    const names = [...document.querySelectorAll('[lang=""]')].map(({ textContent }) => textContent.trim());
    return { texts, names: names.filter((name) => name !== '') };
  });
  const bare = (text: string) => names.reduce((rest, name) => rest.replaceAll(name, ' '), text).replaceAll(NAMES, ' ');
  return texts.filter((text) => /\p{Script=Latin}{2}/u.test(bare(text))).map((text) => text.trim());
}

const choose = (page: Page, name: 'English' | '中文') => page.getByRole('button', { name, exact: true }).click();

test('the page turns Chinese at once, stays so after a reload, and turns back', async ({ page }) => {
  const app = new PlumblinePage(page);
  await page.goto('./#/models');
  await expect(page).toHaveTitle('Models · Plumbline');
  await choose(page, '中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page).toHaveTitle('模型 · Plumbline');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('模型');
  await expect(page.getByRole('button', { name: '中文' })).toHaveAttribute('aria-pressed', 'true');

  await page.goto('./');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('从一段行走中筛查脊柱侧弯相关的步态特征');
  await expect(app.device).toHaveAttribute('data-state', 'ready', { timeout: 180_000 });

  await choose(page, 'English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Screen a walk for the pattern that scoliosis leaves');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('no page has words of another language, nor has a result', async ({ page }) => {
  const app = new PlumblinePage(page);
  await page.goto('./');
  await choose(page, '中文');
  await expect(app.device).toHaveAttribute('data-state', 'ready', { timeout: 180_000 });
  expect(await latinWords(page)).toEqual([]);
  const links = page.getByRole('navigation').getByRole('link');
  for (let index = 0; index < (await links.count()); index++) {
    await links.nth(index).click();
    await expect(links.nth(index)).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('heading', { level: 1 }).filter({ visible: true })).toBeVisible();
    await settled(page);
    expect(await latinWords(page), await links.nth(index).innerText()).toEqual([]);
  }

  await page.goto('./#/');
  await page.getByRole('button', { name: '试用示例行走' }).click();
  await app.screened();
  await app.openDetails();
  expect(await latinWords(page)).toEqual([]);
});

test('an import asks and reports in Chinese', async ({ page }) => {
  await page.goto('./#/models');
  await choose(page, '中文');
  const models = new ModelsPage(page);
  await models.choose('sconet-tiny-skeleton/ScoNet-00100.pt');
  await expect(models.questions).toBeVisible({ timeout: 60_000 });
  await models.questions.getByRole('button', { name: '导入', exact: true }).click();
  await expect(models.questions).toContainText('请说明这是谁的检查点文件。');
  expect(await latinWords(page)).toEqual([]);
  await models.questions.getByRole('radio', { name: /都不是/ }).check();
  expect(await latinWords(page)).toEqual([]);
  await models.questions.getByRole('radio', { name: /opengait-skeleton/ }).check();
  await models.questions.getByRole('button', { name: '导入', exact: true }).click();
  await models.imported();
  await settled(page);
  expect(await latinWords(page)).toEqual([]);
});

test('a problem follows the language that is chosen after it', async ({ page }) => {
  const app = new PlumblinePage(page);
  await page.goto('./');
  await choose(page, '中文');
  await expect(app.device).toHaveAttribute('data-state', 'ready', { timeout: 180_000 });
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'notes.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no video at all') });
  await app.ended('failed');
  await expect(app.problem()).toHaveText('这个文件不是能打开的视频。请选择 MP4、MOV、WebM 或 MKV 格式的视频。');
  await choose(page, 'English');
  await expect(app.problem()).toHaveText(/not a video/i);
});

test.describe('with a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-TW' });

  test('the page begins in Chinese', async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/脊柱侧弯/);
  });
});

test('the switch fits a phone, in either language', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./');
  for (const name of ['中文', 'English'] as const) {
    await choose(page, name);
    const box = await page.getByRole('button', { name, exact: true }).boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  }
});

/** What a page looks up as it opens has come in: nothing in it changes for a moment. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, 500);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, 500);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}
