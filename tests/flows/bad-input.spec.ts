/**
 * Clips that can't be screened: files that can't be opened, and real videos in which there is no walk to screen. Each says what is wrong,
 * by its own rule, and the next one works. Those that may be screened, with a warning where no walk is seen, are in
 * `screen-video.spec.ts`; a lost GPU is in `browser/screener.spec.ts`, where one can be lost.
 */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 900_000 });

interface BadClip {
  clip: string;
  /** What is wrong with it. */
  what: string;
  sentence: RegExp;
  /** The rule of quality that makes it not assessable; null for a file that can't be opened. */
  rule: string | null;
}

const refused = (clip: string, what: string, sentence: RegExp): BadClip => ({ clip, what, sentence, rule: null });
const notAssessable = (clip: string, what: string, rule: string, sentence: RegExp): BadClip => ({ clip, what, sentence, rule });

/** Each refused file is followed by one that can be watched. */
const BAD: BadClip[] = [
  refused('juggle_hevc.mp4', 'a codec that the browser lacks', /HEVC.*(record|convert)/i),
  notAssessable('intel_empty_room.mp4', 'nobody in the picture', 'person-found', /No person was found/),
  refused('juggle_truncated.mp4', 'a file cut off while it was copied', /damaged|cut off/i),
  notAssessable('juggle_legs_cut.mp4', 'the legs outside the picture', 'whole-body', /feet|whole body/i),
  refused('garbage.mp4', 'a file that is no video', /not a video/i),
  notAssessable('mmpose_demo.mp4', 'less than a second', 'person-found', /^Only \d of \d frames show a person.* for ten seconds/),
  notAssessable('sports2d_demo.mp4', 'a walk from the side', 'front-view', /from the side/),
  notAssessable('p2s_single_cam03.mp4', 'a walk from behind', 'front-view', /from behind/),
  notAssessable('p2s_single_cam04.mp4', 'a walk from behind, from the other corner', 'front-view', /from behind/),
  notAssessable('intel_bottle.mp4', 'bottles and a hand', 'plausible-body', /upright body/),
  notAssessable('sam2_blocks.mp4', 'hands', 'person-found', /No person was found/),
  notAssessable('sam2_coffee.mp4', 'a torso', 'person-found', /No person was found/),
  notAssessable('juggle_far_away.mp4', 'a person far away', 'person-found', /No person was found.*a third of the picture/),
  refused('empty_file.mp4', 'an empty file', /empty/i),
];

/** The clip that has to work after all of them. */
const NEXT = 'p2s_single_cam02.mp4';

// In one queue, as somebody who drops a folder has them: what one leaves behind would tell in the next.
test('clips that can’t be screened say why, each by its own rule, and the next file works', async ({ page }) => {
  const clips = BAD.map(({ clip }) => clip);
  test.skip(mediaAbsence(...clips, NEXT) !== '', mediaAbsence(...clips, NEXT));
  const app = new PlumblinePage(page);
  await app.open();
  await app.choose(...clips);
  await app.allEnded(clips.length);
  for (const { clip, what, sentence, rule } of BAD) {
    await test.step(`${what} (${clip})`, async () => {
      if (rule === null) {
        const row = app.rows.filter({ hasText: clip });
        await expect.soft(row).toHaveAttribute('data-state', 'failed');
        await expect.soft(row).toContainText(sentence);
        return;
      }
      await app.openRow(clip);
      await expect.soft(app.outcome()).toHaveText('Not assessable');
      await expect.soft(app.reason()).toHaveText(sentence);
      await expect.soft(app.panel.getByTestId('probabilities')).toHaveCount(0);
      await expect.soft(app.panel.getByTestId('notice')).toBeVisible();
      const { outcome, probabilities, findings } = await app.resultFile();
      expect.soft({ outcome, probabilities }).toEqual({ outcome: 'not-assessable', probabilities: null });
      expect.soft(findings.find(({ passed, severity }) => !passed && severity === 'blocks')?.rule).toBe(rule);
    });
  }

  await app.choose(NEXT);
  await app.allEnded(clips.length + 1);
  await app.openRow(NEXT);
  expect((await app.resultFile()).outcome).toMatch(/^(refer|borderline|none-found)$/);
});
