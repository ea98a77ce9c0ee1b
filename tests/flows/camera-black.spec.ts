/** A camera that films, and shows nothing: its lens is covered, or the room is dark. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CameraPage } from './cameraPage.ts';
import { fakeCamera } from './fakeCamera.ts';
import { expect, test } from './ownOrigin.ts';

/** A second of black, 640×360 at 30 frames a second, as a raw video that Chromium's fake camera plays over and over. */
function blackVideo(): string {
  const [width, height, frames] = [640, 360, 30];
  // BT.601: black is luma 16 with both colour differences in the middle.
  const picture = Buffer.concat([Buffer.alloc(width * height, 16), Buffer.alloc((width * height) / 2, 128)]);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${frames}:1 Ip A1:1 C420\n`);
  const path = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'black.y4m');
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(frames).fill(frame)]));
  return path;
}

const BLACK = 'The picture is black. Uncover the camera';

test.use(fakeCamera(blackVideo()));
test.describe.configure({ timeout: 300_000 });

test('a black picture fails the check of the light, says what to do, and a walk in it is not assessable', async ({ page }) => {
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('light')).toHaveAttribute('data-state', 'failed', { timeout: 60_000 });
  await expect(app.advice).toHaveText(BLACK);
  await app.leavePlace();
  await app.person('D-4');
  await app.toTheWalk();
  await expect(app.advice).toHaveText(BLACK, { timeout: 60_000 });
  await page.keyboard.press(' ');
  await app.walking();
  await page.waitForTimeout(2_500);
  await page.keyboard.press(' ');
  await app.result();
  await expect(app.panelOutcome).toHaveText('Not assessable');
  await expect(page.getByTestId('reason')).toContainText('No person was found');
  await page.getByRole('button', { name: 'Another walk' }).click();
  await expect(app.advice).toHaveText(BLACK, { timeout: 60_000 });
});
