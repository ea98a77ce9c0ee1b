/** The app without its server: everything works after one visit, and a new version comes only with consent. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './ownOrigin.ts';
import { becomes, offlineLine as line, test } from './ownServer.ts';
import { allLogits, largestDifference, PlumblinePage } from './plumblinePage.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const NEXT = version.replace(/^\d/, '9');

test.describe.configure({ timeout: 900_000 });

const shownVersion = (page: Page) => page.locator('footer');

test('after one visit, with the server stopped, the page loads and a walk is screened to the same result', async ({
  page,
  server,
}) => {
  const app = new PlumblinePage(page);
  await app.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await app.chooseSample();
  await app.screened();
  const online = await app.resultFile();
  await expect(line(page)).toContainText(/\d+\.\d of \d+\.\d\sMB|Ready to work offline/);
  await becomes(page, 'ready');

  await server.stop();
  for (const visit of ['first', 'second']) {
    await test.step(`${visit} visit without the server`, async () => {
      const answer = await page.reload();
      expect(answer?.fromServiceWorker()).toBe(true);
      const headers = (await answer?.allHeaders()) ?? {};
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
      await app.open();
      await becomes(page, 'ready');
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await app.chooseSample();
      await app.screened();
      const offline = await app.resultFile();
      expect(offline.backend.name).toBe(online.backend.name);
      expect(offline.outcome).toBe(online.outcome);
      expect(largestDifference(allLogits(offline), allLogits(online))).toBeLessThan(1e-4);
    });
  }
});

test('every file that was built is answered without the server, and nothing else is', async ({ page, server }) => {
  await page.goto('./');
  await becomes(page, 'ready');
  await server.stop();
  await page.reload();
  const worker = readFileSync(`${server.folder}/offline.worker.js`, 'utf8');
  const files = [...worker.matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url!);
  expect(files).toContain('vision/vision_wasm_module_internal.wasm');
  const answered = await page.evaluate(
    (urls) =>
      Promise.all(
        urls.map(async (url) => (await fetch(url === '' ? './' : url)).arrayBuffer().then((bytes) => bytes.byteLength)),
      ),
    files,
  );
  expect(answered.every((bytes) => bytes > 0)).toBe(true);
  expect(
    await page.evaluate(() =>
      fetch('models/none/model.json').then(
        () => 'answered',
        () => 'failed',
      ),
    ),
  ).toBe('failed');
});

test('a new version waits: for consent, and for the other tabs to be closed', async ({ page, context, server }) => {
  await page.goto('./');
  await becomes(page, 'ready');
  await page.reload();
  await becomes(page, 'ready');
  server.release(version, NEXT);

  await test.step('it comes in beside the version in use, and changes nothing', async () => {
    // The browser may have asked the server a moment before the release: it asks again at the next visit.
    await expect(async () => {
      await page.reload();
      await expect(line(page)).toContainText('An update is ready', { timeout: 20_000 });
    }).toPass({ timeout: 120_000 });
    await expect(shownVersion(page)).toContainText(version);
    await page.reload();
    await becomes(page, 'update-waiting');
    await expect(shownVersion(page)).toContainText(version);
  });

  let again = page;
  await test.step('not even when the app was closed, and its service worker has changed', async () => {
    const other = await context.newPage();
    await page.close();
    await other.goto('./');
    again = other;
    await becomes(again, 'update-waiting');
    await expect(shownVersion(again)).toContainText(version);
  });

  const session = await context.newPage();
  await test.step('nor by consent while another tab is open, which goes on with its own files', async () => {
    await session.goto('./');
    await becomes(session, 'update-waiting');
    await again.getByRole('button', { name: 'Update now' }).click();
    await expect(line(again)).toContainText('Plumbline is open in another tab too');
    await expect(shownVersion(again)).toContainText(version);
    await expect(session.getByTestId('device')).toHaveAttribute('data-state', 'ready', { timeout: 180_000 });
    await session.reload();
    await expect(shownVersion(session)).toContainText(version);
  });

  await test.step('with consent and alone it is there, also without the server', async () => {
    await session.close();
    // The browser counts a tab that was closed until it has ended it.
    const tabs = async () => (await navigator.locks.query()).held?.filter(({ name }) => name?.endsWith('plumbline.tab')).length;
    await expect.poll(() => again.evaluate(tabs)).toBe(1);
    await again.getByRole('button', { name: 'Update now' }).click();
    await expect(shownVersion(again)).toContainText(NEXT, { timeout: 30_000 });
    await becomes(again, 'ready');
    await server.stop();
    await again.reload();
    await expect(shownVersion(again)).toContainText(NEXT);
    await becomes(again, 'ready');
  });
});

test('a download that the server cuts off says so, and goes on where it stopped', async ({ page, server }) => {
  await page.goto('./');
  await expect(line(page)).toHaveAttribute('data-state', 'preparing');
  // Before it is asked for: the page starts its model first.
  server.hidden.add('pose/pose_landmarker_full.task');
  await becomes(page, 'failed');
  await expect(line(page)).toContainText('The server sent a file that isn’t part of this version');
  server.hidden.delete('pose/pose_landmarker_full.task');
  await line(page).getByRole('button', { name: 'Try again' }).click();
  await becomes(page, 'ready');
});

test('the browser finds nothing wrong with how the app presents itself', async ({ page, context }) => {
  await page.goto('./');
  const client = await context.newCDPSession(page);
  const { errors, url } = await client.send('Page.getAppManifest');
  expect(url).toMatch(/\/manifest\.webmanifest$/);
  expect(errors).toEqual([]);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // A context of the tests is a private window, where nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
