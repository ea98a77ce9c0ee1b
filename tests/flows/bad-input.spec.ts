/**
 * Files that can't be screened: each ends in a sentence that says what is wrong and what to do, and the next file works. A lost
 * GPU is in `browser/screener.spec.ts`, where one can be lost.
 */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

// Two clips each, on a machine that may be busy.
test.describe.configure({ timeout: 420_000 });

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

for (const [clip, what, sentence] of REFUSED) {
  test(`refused with a sentence, and the next file works: ${what}`, async ({ page }) => {
    test.skip(mediaAbsence(clip, NEXT) !== '', mediaAbsence(clip, NEXT));
    const app = new PlumblinePage(page);
    await app.open();
    await app.choose(clip);
    await app.ended('failed');
    await expect(app.problem()).toHaveText(sentence);
    await nextWorks(app);
  });
}

for (const [clip, what, sentence] of NOT_ASSESSABLE) {
  test(`not assessable for a stated reason, and the next file works: ${what}`, async ({ page }) => {
    test.skip(mediaAbsence(clip, NEXT) !== '', mediaAbsence(clip, NEXT));
    const app = new PlumblinePage(page);
    await app.open();
    await app.choose(clip);
    await app.screened();
    await expect(app.outcome()).toHaveText('Not assessable');
    await expect(app.reason()).toHaveText(sentence);
    await expect(app.panel.getByTestId('probabilities')).toHaveCount(0);
    await expect(app.panel.getByTestId('notice')).toBeVisible();
    await nextWorks(app);
  });
}

async function nextWorks(app: PlumblinePage): Promise<void> {
  await app.choose(NEXT);
  await app.allEnded(2);
  await expect(app.rows.last()).toHaveAttribute('data-state', 'done');
}
