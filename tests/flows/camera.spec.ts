/** A session in front of a camera that plays a real clip, from the place to the result. */
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.ts';
import { CameraPage } from './cameraPage.ts';
import { mediaAbsence, mediaPath } from './media.ts';
import { expect, test } from './ownOrigin.ts';

const CLIP = 'webcam_juggle_640x360.mjpeg';
const absence = mediaAbsence(CLIP);

test.use({
  launchOptions: {
    executablePath: ensureChromium(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(absence ? [] : [`--use-file-for-fake-video-capture=${mediaPath(CLIP)!}`]),
    ],
  },
});
test.describe.configure({ timeout: 400_000 });

test('one person, two walks: the place is checked, each walk begins and ends by itself, and both make one result', async ({
  page,
}) => {
  test.skip(absence !== '', absence);
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('picture')).toHaveAttribute('data-state', 'passed');
  await expect(app.check('light')).toHaveAttribute('data-state', 'passed');
  await expect(app.check('walk')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await app.leavePlace();

  await app.toTheWalk();
  await expect(page.getByText('Write a code')).toBeVisible();
  await expect(page.getByText('only where somebody has agreed')).toBeVisible();
  await app.person('A-17');
  await app.toTheWalk();
  await expect(app.advice).toHaveAttribute('data-phase', 'walking', { timeout: 60_000 });
  await app.result();
  await expect(app.page.getByRole('heading', { name: 'Result for A-17' })).toBeVisible();
  await expect(app.panelOutcome).toHaveText(/Pattern found|Borderline|No pattern found/);

  await page.getByRole('button', { name: 'Another walk' }).click();
  await app.result();
  await expect(page.getByTestId('combined')).toContainText('From 2 walks together');
  await page.getByRole('button', { name: 'Show walk 1' }).click();
  await expect(page.getByText('Walk 1', { exact: true }).first()).toBeVisible();

  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page.getByLabel('Code')).toHaveValue('');
});

test('the picture stops when the page is left, and comes back', async ({ page }) => {
  test.skip(absence !== '', absence);
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('light')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  const track = await page.evaluateHandle(() => {
    const { srcObject } = document.querySelector('video')!;
    return (srcObject as MediaStream).getVideoTracks()[0]!;
  });
  await page.getByRole('link', { name: 'Models' }).click();
  await expect.poll(() => track.evaluate(({ readyState }) => readyState)).toBe('ended');
  await page.getByRole('link', { name: 'Camera' }).click();
  await app.start();
  await expect(page.getByTestId('skeleton')).toBeVisible({ timeout: 60_000 });
});
