/**
 * Walks that are cut off while they are filmed: each ends in a sentence that says what to do, what was recorded before stays, and the next
 * walk works. How they are cut off: the page hidden, the camera unplugged, taken by another program, or silent.
 */
import type { Page } from '@playwright/test';
import { CameraPage } from './cameraPage.ts';
import { personAbsence, personCamera } from './fakeCamera.ts';
import { expect, test } from './ownOrigin.ts';

test.use(personCamera());
test.describe.configure({ timeout: 600_000 });

test('a walk that is cut off says why; the walk before it stays, and the one after it works', async ({ page }) => {
  test.skip(personAbsence !== '', personAbsence);
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('picture')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await app.leavePlace();
  await app.person('C-3');
  await app.toTheWalk();
  await app.result();
  await page.getByRole('button', { name: 'Another walk' }).click();

  await app.walking();
  await hideFor(page, 12_000);
  await expect(app.problem).toHaveText(/^No picture came for \d+\.\d s during the walk\. Keep this page in front/);

  await app.again();
  await app.walking();
  await unplug(page);
  await expect(app.problem).toHaveText(/^The camera is gone.* Plug it in again/);

  // Back, but another program was quicker.
  await refuseOnce(page, 'NotReadableError');
  await app.again();
  await expect(app.problem).toHaveText(/in use by another program\. Close video calls/);

  await app.again();
  await app.walking();
  await silence(page);
  await expect(app.problem).toHaveText(/^The camera gives no picture any more\. Close other programs/, { timeout: 20_000 });

  await refuseOnce(page, 'NotAllowedError');
  await app.again();
  await expect(app.problem).toHaveText(/was refused\. Allow it/);

  await app.again();
  await app.result();
  await expect(page.getByTestId('combined')).toContainText('From 2 walks together');
});

/**
 * As a page is left when another tab comes to the front: it is hidden, and its video shows no pictures until it is back. Playwright keeps
 * every page visible, so this is done within the page.
 */
async function hideFor(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate(async (time) => {
    const video = document.querySelector('video')!;
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    video.pause();
    await new Promise((resolve) => setTimeout(resolve, time));
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
    await video.play();
  }, milliseconds);
}

/** As the browser tells it: the track is stopped, and says that it has ended. */
async function unplug(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [track] = (document.querySelector('video')!.srcObject as MediaStream).getVideoTracks();
    track!.stop();
    track!.dispatchEvent(new Event('ended'));
  });
}

/** As some systems leave a page whose camera they give to another program: the track lives, and no picture comes. */
async function silence(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('video')!.pause());
}

async function refuseOnce(page: Page, error: string): Promise<void> {
  await page.evaluate((name) => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = () => {
      mediaDevices.getUserMedia = open;
      return Promise.reject(new DOMException('', name));
    };
  }, error);
}
