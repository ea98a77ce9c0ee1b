/** The page before anybody uses it: it opens, it is isolated, and it asks nobody else for anything. */
import { expect, test } from './ownOrigin.ts';

test('the page opens, isolated from other origins, and asks only its own', async ({ page, requests }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('/');
  await expect(page).toHaveTitle(/Plumbline/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // The workers have fetched what they need by now, and it was recorded.
  expect(requests.filter((address) => /\/models\//.test(address))).not.toEqual([]);
  expect(errors).toEqual([]);
});

test('a file that is not there is an error and not the page again', async ({ request }) => {
  expect((await request.get('/models/no-such-model/model.json')).status()).toBe(404);
});
