/**
 * Real clips that must not end in a screening result, each for the reason that is its own; and those that may, with a warning where no walk
 * is seen. Files that can't be opened, cut-off legs, an empty room and clips under a second are in `bad-input.spec.ts`.
 */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 600_000 });

const NEVER: [clip: string, what: string, rule: string, sentence: RegExp][] = [
  ['sports2d_demo.mp4', 'a walk from the side', 'front-view', /from the side/],
  ['p2s_single_cam03.mp4', 'a walk from behind', 'front-view', /from behind/],
  ['p2s_single_cam04.mp4', 'a walk from behind, from the other corner', 'front-view', /from behind/],
  ['intel_bottle.mp4', 'bottles and a hand', 'plausible-body', /upright body/],
  ['sam2_blocks.mp4', 'hands', 'person-found', /No person was found/],
  ['sam2_coffee.mp4', 'a torso', 'person-found', /No person was found/],
  ['juggle_far_away.mp4', 'a person far away', 'person-found', /No person was found.*a third of the picture/],
];

for (const [clip, what, rule, sentence] of NEVER) {
  test(`not assessable, and says why: ${what} (${clip})`, async ({ page }) => {
    test.skip(mediaAbsence(clip) !== '', mediaAbsence(clip));
    const app = new PlumblinePage(page);
    await app.open();
    await app.choose(clip);
    await app.screened();
    await expect(app.outcome()).toHaveText('Not assessable');
    await expect(app.reason()).toHaveText(sentence);
    const { outcome, probabilities, findings } = await app.resultFile();
    expect({ outcome, probabilities }).toEqual({ outcome: 'not-assessable', probabilities: null });
    expect(findings.find(({ passed, severity }) => !passed && severity === 'blocks')?.rule).toBe(rule);
  });
}

for (const clip of ['sam2_juggle.mp4', 'juggle_approach.mp4']) {
  test(`assessed, with a warning that it may be no walk: ${clip}`, async ({ page }) => {
    test.skip(mediaAbsence(clip) !== '', mediaAbsence(clip));
    const app = new PlumblinePage(page);
    await app.open();
    await app.choose(clip);
    await app.screened();
    const { outcome, findings } = await app.resultFile();
    expect(outcome).toMatch(/^(refer|borderline|none-found)$/);
    expect(findings.find(({ rule }) => rule === 'steps')).toMatchObject({ passed: false, severity: 'warns' });
    await expect(
      app.panel.getByText(/^Few steps were seen .* The result counts only if the person walked/).first(),
    ).toBeVisible();
  });
}
