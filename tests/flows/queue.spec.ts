/** Several clips at once: a queue, a table, a CSV file, and rows that open. */
import { expect, test } from './ownOrigin.ts';
import { mediaAbsence } from './media.ts';
import { PlumblinePage } from './plumblinePage.ts';

test.describe.configure({ timeout: 600_000 });

const CLIPS = ['p2s_single_cam02.mp4', 'garbage.mp4', 'juggle_legs_cut.mp4'];

test('several clips queue up, end in a table, open from their rows, and download as CSV', async ({ page }) => {
  test.skip(mediaAbsence(...CLIPS) !== '', mediaAbsence(...CLIPS));
  const app = new PlumblinePage(page);
  await app.open();
  await app.choose(...CLIPS);
  await expect(app.rows).toHaveCount(3);
  await expect(app.rows.last()).toHaveAttribute('data-state', 'waiting');
  await expect(page.getByRole('progressbar')).toBeVisible();
  await app.allEnded(3);
  await expect(page.getByText('3 of 3 done')).toBeVisible();
  await expect(app.rows.nth(0)).toContainText(/\d+ of \d+/);
  await expect(app.rows.nth(1)).toContainText(/not a video/i);
  await expect(app.rows.nth(2)).toContainText('Not assessable');

  const csv = await app.download(page.getByRole('button', { name: 'Download CSV' }));
  const [head, ...lines] = csv
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n');
  expect(head).toMatch(
    /^file,outcome,probability_pattern,probability_borderline,probability_no_pattern,usable_frames,sampled_frames,reason/,
  );
  expect(lines.map((line) => line.split(',')[0])).toEqual(CLIPS);
  expect(lines[1]).toContain('garbage.mp4,not-screened');
  expect(lines[2]).toContain('juggle_legs_cut.mp4,not-assessable,,,,');

  await app.rows.nth(2).getByRole('button', { name: 'juggle_legs_cut.mp4' }).first().click();
  await expect(app.outcome()).toHaveText('Not assessable');
  await expect(app.panel).toBeFocused();
  await app.rows.nth(0).getByRole('button', { name: CLIPS[0]! }).first().click();
  await expect(app.panel.getByTestId('outcome')).toContainText(CLIPS[0]!);
});

test('clips can be cancelled, taken out, and screened again one by one', async ({ page }) => {
  test.skip(mediaAbsence(...CLIPS) !== '', mediaAbsence(...CLIPS));
  const app = new PlumblinePage(page);
  await app.open();
  const [clip, garbage] = CLIPS as [string, string];
  await app.choose(clip, garbage);
  await page.getByRole('button', { name: 'Cancel all' }).click();
  for (const row of await app.rows.all()) await expect(row).toHaveAttribute('data-state', 'cancelled');
  const row = app.rows.filter({ hasText: garbage });
  await row.getByRole('button', { name: /again/ }).click();
  await expect(row).toHaveAttribute('data-state', 'failed');
  await row.getByRole('button', { name: /Remove/ }).click();
  // The one that is left needs no table, and is shown whatever has become of it.
  await expect(app.rows).toHaveCount(0);
  await expect(app.panel).toContainText(clip);
  await expect(app.panel).toHaveAttribute('data-state', 'cancelled');

  await app.choose(garbage);
  await app.allEnded(2);
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(app.rows).toHaveCount(0);
  await expect(app.panel).toHaveCount(0);
});
