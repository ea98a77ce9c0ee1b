/** A camera that shows nobody, and cameras that can't be used: each is said in one sentence, and the next attempt works. */
import { CameraPage } from './cameraPage.ts';
import { fakeCamera } from './fakeCamera.ts';
import { expect, test } from './ownOrigin.ts';

// Chromium's own test picture: a clock and a moving shape, and no person.
test.use(fakeCamera());
test.describe.configure({ timeout: 300_000 });

test('an empty picture asks for a person; a walk begun by hand all the same is not assessable, and says why', async ({
  page,
}) => {
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('picture')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await expect(app.advice).toHaveText('Step into the picture');
  await app.leavePlace();
  await app.person('B-2');
  await app.toTheWalk();
  await expect(app.advice).toHaveText('Step into the picture', { timeout: 60_000 });
  await page.keyboard.press(' ');
  await expect(app.advice).toHaveAttribute('data-phase', 'walking');
  await page.waitForTimeout(2500);
  await page.keyboard.press(' ');
  await app.result();
  await expect(app.panelOutcome).toHaveText('Not assessable');
  await expect(page.getByTestId('reason')).toContainText('No person was found');
  await expect(page.getByRole('button', { name: 'Another walk' })).toBeVisible();
});

const PROBLEMS: [name: string, sentence: RegExp][] = [
  ['NotAllowedError', /was refused\. Allow it/],
  ['NotReadableError', /in use by another program/],
  ['NotFoundError', /was not found\. Plug it in/],
];

test('a camera that can’t be opened says what to do, and opens when it can; unplugged, it says so', async ({ page }) => {
  const app = new CameraPage(page);
  await page.addInitScript(
    (errors) => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let asked = 0;
      // Every other time it is asked.
      navigator.mediaDevices.getUserMedia = (wanted) => {
        const error = asked % 2 === 0 ? errors[asked / 2] : undefined;
        asked += 1;
        return error ? Promise.reject(new DOMException('', error)) : open(wanted);
      };
    },
    PROBLEMS.map(([name]) => name),
  );
  await app.open();
  for (const [name, sentence] of PROBLEMS) {
    await test.step(name, async () => {
      await app.start();
      await expect(app.problem).toHaveText(sentence);
      await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
      await expect(app.check('picture')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
      await page.getByRole('link', { name: 'Privacy' }).click();
      await page.getByRole('link', { name: 'Camera' }).click();
    });
  }
  await app.start();
  await expect(app.check('picture')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await page.evaluate(() => {
    const [track] = (document.querySelector('video')!.srcObject as MediaStream).getVideoTracks();
    track!.dispatchEvent(new Event('ended'));
  });
  await expect(app.problem).toHaveText(/The camera is gone/);
});
