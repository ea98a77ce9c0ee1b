/** The page without a mouse, on a narrow screen, in both themes, and told to a screen reader. */
import { expect, test } from './ownOrigin.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 300_000 });

test('a screening from start to details with keys alone', async ({ page }) => {
  // Waited for from the start: Chromium takes a moment until it hands its dialogues over, and a key may be faster.
  const dialogue = page.waitForEvent('filechooser');
  const app = new PlumblinePage(page);
  await app.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'I have read this' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const choose = page.getByRole('button', { name: 'Choose videos…' });
  await expect(choose).toBeFocused();
  expect(await choose.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  await page.keyboard.press('Enter');
  expect((await dialogue).isMultiple()).toBe(true);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await app.screened();
  await expect(page.getByRole('status').first()).toHaveText(/Sample walk: .+\. .+/);

  const slider = app.panel.getByRole('slider', { name: 'Frame' });
  await tabTo(slider);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Frame 2 of \d+, 0:\d\d\.\d\d, (used|left out: .+)$/);
  await page.keyboard.press(' ');
  await expect(app.panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(app.panel.getByRole('button', { name: 'Play' })).toBeVisible();

  const summary = app.panel.getByTestId('details').locator('summary');
  await tabTo(summary);
  await page.keyboard.press('Enter');
  await expect(app.panel.getByRole('button', { name: /JSON/ })).toBeVisible();

  async function tabTo(target: typeof slider): Promise<void> {
    for (let presses = 0; presses < 25; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  }
});

test('a file dropped anywhere on the page is taken', async ({ page }) => {
  const app = new PlumblinePage(page);
  await app.open();
  const carried = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['no video at all'], 'notes.mp4', { type: 'video/mp4' }));
    return transfer;
  });
  await page.locator('h1').dispatchEvent('dragover', { dataTransfer: carried });
  await expect(page.getByTestId('drop-zone')).toContainText('Let go to screen');
  await page.locator('h1').dispatchEvent('drop', { dataTransfer: carried });
  await app.ended('failed');
  await expect(app.problem()).toHaveText(/not a video/i);
});

test('every control has a name, and nothing is wider than a 360 px screen, before and after a result', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const app = new PlumblinePage(page);
  await app.open();
  await expectSound();
  await expectSkipLinkOverThePage();
  await app.chooseSample();
  await app.screened();
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
  await expectSound();

  /** It comes with the focus and goes with it; a page that moved then would move away under a click. */
  async function expectSkipLinkOverThePage(): Promise<void> {
    const heading = page.locator('h1');
    const before = await heading.boundingBox();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    expect(await heading.boundingBox()).toEqual(before);
  }

  async function expectSound(): Promise<void> {
    const controls = page.locator('button, a, summary, input:not([type=file])');
    for (const control of await controls.all()) await expect(control).toHaveAccessibleName(/\S/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  }
});

test('light and dark can be chosen, and the choice is kept', async ({ page }) => {
  await page.goto('./');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const button = page.getByRole('button', { name: /^Colours/ });
  await button.click();
  await expect(button).toHaveAccessibleName('Colours: Light');
  const light = await ground();
  await button.click();
  await expect(button).toHaveAccessibleName('Colours: Dark');
  expect(await ground()).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await expect(button).toHaveAccessibleName('Colours: Dark');
  expect(await ground()).toBe(dark);
});
