/** Real clips, from the file to the result: poses, maps, logits, time, replay. */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { allLogits, largestDifference, PlumblinePage } from './plumblinePage.ts';

// The longest of the last files: side by side, so that no core idles at the end.
test.describe.configure({ timeout: 600_000, mode: 'parallel' });

/** And whether it warns that what is seen may be no walk: nobody steps, or not often enough. */
const CLIPS: [clip: string, fewSteps: boolean][] = [
  ['p2s_single_cam02.mp4', false],
  ['sam2_juggle.mp4', true],
  ['juggle_approach.mp4', true],
];

for (const [clip, fewSteps] of CLIPS) {
  test(`${clip} is screened, twice with the same logits`, async ({ page }) => {
    test.skip(mediaAbsence(clip) !== '', mediaAbsence(clip));
    const app = new PlumblinePage(page);
    await app.open();
    await app.choose(clip);
    await app.screened();
    const first = await app.resultFile();

    expect(first.counts.posed / first.counts.sampled).toBeGreaterThanOrEqual(0.95);
    expect(first.outcome).toMatch(/^(refer|borderline|none-found)$/);
    expect(allLogits(first)).toHaveLength(48);
    const warning = app.panel.getByText(/^Few steps were seen .* The result counts only if the person walked/).first();
    await expect(warning).toBeVisible({ visible: fewSteps });
    expect(first.findings.find(({ rule }) => rule === 'steps')).toMatchObject({ passed: !fewSteps, severity: 'warns' });

    await page.reload();
    await app.open();
    await app.choose(clip);
    await app.screened();
    const second = await app.resultFile();
    expect(second.counts).toEqual(first.counts);
    expect(largestDifference(allLogits(first), allLogits(second))).toBeLessThan(1e-4);
  });
}

test('the clip is replayed with the skeleton on the person', async ({ page }) => {
  const clip = 'p2s_single_cam02.mp4';
  test.skip(mediaAbsence(clip) !== '', mediaAbsence(clip));
  const app = new PlumblinePage(page);
  await app.open();
  await app.choose(clip);
  await app.screened();
  const { picture, frames } = await app.resultFile();

  const video = app.panel.locator('video');
  // The file's own size: that the picture is upright and of this shape is what makes the overlay fit.
  const size = await video.evaluate((element: HTMLVideoElement) => element.videoWidth / element.videoHeight);
  expect(size).toBeCloseTo(picture.width / picture.height, 1);

  const slider = app.panel.getByRole('slider', { name: 'Frame' });
  await slider.focus();
  await slider.press('End');
  const last = frames.at(-1)!;
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeCloseTo(last.time, 1);
  await slider.press('Home');
  await slider.press(' ');
  await expect(app.panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3);
});
