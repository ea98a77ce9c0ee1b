/**
 * Files that can't be screened: each ends in a sentence that says what is wrong and what to do, and the next file works. A lost
 * GPU is in `browser/screener.spec.ts`, where one can be lost.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 600_000 });

/** The clip that has to work afterwards. */
const NEXT = 'p2s_single_cam02.mp4';

const REFUSED: [clip: string, what: string, sentence: RegExp][] = [
  ['juggle_hevc.mp4', 'a codec that the browser lacks', /HEVC.*(record|convert)/i],
  ['juggle_truncated.mp4', 'a file cut off while it was copied', /damaged|cut off/i],
  ['garbage.mp4', 'a file that is no video', /not a video/i],
  ['empty_file.mp4', 'an empty file', /empty/i],
];

const NOT_ASSESSABLE: [clip: string, what: string, sentence: RegExp][] = [
  ['intel_empty_room.mp4', 'nobody in the picture', /no person/i],
  ['juggle_legs_cut.mp4', 'the legs outside the picture', /feet|whole body/i],
  ['mmpose_demo.mp4', 'less than a second', /short|second|behind|person/i],
];

/** All the clips of a table, each followed by the one that has to work, on one page: what the one before has left behind counts. */
async function eachWithNext(
  page: Page,
  clips: typeof REFUSED,
  end: (app: PlumblinePage, what: string, sentence: RegExp) => Promise<void>,
): Promise<void> {
  const names = [...clips.map(([clip]) => clip), NEXT];
  test.skip(mediaAbsence(...names) !== '', mediaAbsence(...names));
  const app = new PlumblinePage(page);
  await app.open();
  for (const [clip, what, sentence] of clips) {
    await test.step(what, async () => {
      await app.choose(clip);
      await end(app, what, sentence);
      await app.choose(NEXT);
      await app.allEnded(2);
      await expect(app.rows.last()).toHaveAttribute('data-state', 'done');
      await page.getByRole('button', { name: 'Clear the list' }).click();
      await expect(app.rows).toHaveCount(0);
    });
  }
}

test('a file that can’t be opened is refused with a sentence, and the next file works', async ({ page }) => {
  await eachWithNext(page, REFUSED, async (app, what, sentence) => {
    await app.ended('failed');
    await expect(app.problem(), what).toHaveText(sentence);
  });
});

test('a clip that is not assessable has a stated reason, and the next file works', async ({ page }) => {
  await eachWithNext(page, NOT_ASSESSABLE, async (app, what, sentence) => {
    await app.screened();
    await expect(app.outcome(), what).toHaveText('Not assessable');
    await expect(app.reason(), what).toHaveText(sentence);
    await expect(app.panel.getByTestId('probabilities')).toHaveCount(0);
    await expect(app.panel.getByTestId('notice')).toBeVisible();
  });
});
