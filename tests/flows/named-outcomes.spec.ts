/**
 * Real clips that must not end in a screening result, each for the reason that is its own. Those that may, with a warning where no walk is
 * seen, are in `screen-video.spec.ts`; files that can't be opened, cut-off legs, an empty room and clips under a second in
 * `bad-input.spec.ts`.
 */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 900_000 });

const NEVER: [clip: string, what: string, rule: string, sentence: RegExp][] = [
  ['sports2d_demo.mp4', 'a walk from the side', 'front-view', /from the side/],
  ['p2s_single_cam03.mp4', 'a walk from behind', 'front-view', /from behind/],
  ['p2s_single_cam04.mp4', 'a walk from behind, from the other corner', 'front-view', /from behind/],
  ['intel_bottle.mp4', 'bottles and a hand', 'plausible-body', /upright body/],
  ['sam2_blocks.mp4', 'hands', 'person-found', /No person was found/],
  ['sam2_coffee.mp4', 'a torso', 'person-found', /No person was found/],
  ['juggle_far_away.mp4', 'a person far away', 'person-found', /No person was found.*a third of the picture/],
];

// In one queue, as somebody who drops a folder has them: the page and its engines are started once for all.
test('clips that are not assessable say why, each by its own rule', async ({ page }) => {
  const clips = NEVER.map(([clip]) => clip);
  test.skip(mediaAbsence(...clips) !== '', mediaAbsence(...clips));
  const app = new PlumblinePage(page);
  await app.open();
  await app.choose(...clips);
  await app.allEnded(clips.length);
  for (const [clip, what, rule, sentence] of NEVER) {
    await test.step(`${what} (${clip})`, async () => {
      await app.openRow(clip);
      await expect.soft(app.outcome()).toHaveText('Not assessable');
      await expect.soft(app.reason()).toHaveText(sentence);
      const { outcome, probabilities, findings } = await app.resultFile();
      expect.soft({ outcome, probabilities }).toEqual({ outcome: 'not-assessable', probabilities: null });
      expect.soft(findings.find(({ passed, severity }) => !passed && severity === 'blocks')?.rule).toBe(rule);
    });
  }
});
