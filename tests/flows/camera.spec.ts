/** A session in front of a camera that plays a real clip, from the place to the result. */
import { CameraPage } from './cameraPage.ts';
import { personAbsence, personCamera } from './fakeCamera.ts';
import type { VisitJson } from '../../src/report/visitJson.ts';
import { expect, test } from './ownOrigin.ts';
import { RecordsPage } from './recordsPage.ts';

test.use(personCamera());
test.describe.configure({ timeout: 400_000 });

test('one person, two walks: the place is checked, each walk begins and ends by itself, and both make one result', async ({
  page,
}) => {
  test.skip(personAbsence !== '', personAbsence);
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

  // Both walks are kept as one visit, with the report and the files that go with it.
  await page.getByTestId('kept').getByRole('link').click();
  const report = page.getByTestId('report');
  await expect(report).toContainText('A-17');
  await expect(report).toContainText('From 2 walks together.');
  await expect(report).toContainText('Simulated weights, research use');
  await expect(report.getByTestId('measures')).toContainText('Shoulder tilt');
  const records = new RecordsPage(page);
  const json = await records.saved(() => page.getByRole('button', { name: 'Everything (JSON)' }).click());
  const { walks, participant } = JSON.parse(json.text) as VisitJson;
  expect(participant.code).toBe('A-17');
  expect(walks.map(({ source, provenance }) => `${source}, ${provenance.poseModel}`)).toEqual(['camera, lite', 'camera, lite']);
  expect(walks[0]!.frames[0]!.time).toBe(0);
  const fhir = await records.saved(() => page.getByRole('button', { name: 'FHIR R4 bundle' }).click());
  expect(fhir.text).toContain('"resourceType": "DiagnosticReport"');

  // Looked at again, a walk comes to what it came to before, and without some frames to a result that is kept in its place.
  const first = page.getByTestId('kept-walk').first();
  const outcome = await first.locator('[data-outcome]').first().getAttribute('data-outcome');
  await first.getByRole('button', { name: 'Look at the walk' }).click();
  await expect(first.getByTestId('outcome')).toHaveAttribute('data-outcome', outcome!, { timeout: 60_000 });
  await first.getByText('Leave frames out').click();
  await first.getByRole('button', { name: 'All after it' }).click();
  await first.getByRole('button', { name: 'Compute the result again' }).click();
  await expect(first.getByTestId('outcome').getByRole('heading')).toHaveText('Not assessable', { timeout: 60_000 });
  await expect(report).toContainText('From 1 of 2 walks.');

  // The next person, without another set-up: neither now nor after the page was closed.
  await page.goto('./#/session');
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page.getByLabel('Code')).toHaveValue('');
  await page.getByLabel('Code').fill('A-17');
  await expect(page.getByText('One earlier visit has this code.')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^Place 1, set up on/)).toBeVisible();
  await expect(page.getByLabel('Code')).toBeVisible();
});

test('a whole session with keys alone, a recording kept where the site wants one', async ({ page }) => {
  test.skip(personAbsence !== '', personAbsence);
  const app = new CameraPage(page);
  await page.goto('./#/settings');
  await page.getByRole('checkbox', { name: 'Keep a recording of each walk' }).focus();
  await page.keyboard.press(' ');
  await app.open();
  await app.press('I have read this');
  await app.press('Start the camera');
  await expect(app.check('walk')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await app.press(/The place is right|Go on all the same/);
  await app.tabTo(page.getByLabel('Code'));
  await page.keyboard.type('K-1');
  await app.tabTo(page.getByLabel(/agrees to it/));
  await page.keyboard.press(' ');
  await app.press('To the walk');
  await app.result();
  await app.press(/^Open the record/);
  await expect(page.getByTestId('report')).toContainText('K-1');
  await app.press('Look at the walk');
  const recording = page.getByLabel('Recording of walk 1');
  await expect(recording).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => recording.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(640);
  await app.tabTo(page.getByLabel('By when'));
  await page.keyboard.type('01022030');
  await app.press('Keep the follow-up');
  await expect(page.getByTestId('report')).toContainText('by 2 January 2030');
});

test('a visit that can’t be kept stays on the page with its report, and is kept as soon as there is room', async ({ page }) => {
  test.skip(personAbsence !== '', personAbsence);
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('light')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await app.leavePlace();
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(window, { makeRoom: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
  });
  await app.person('C-3');
  await app.toTheWalk();
  await app.result();
  const unkept = page.getByTestId('not-kept');
  await expect(unkept).toContainText('This visit is not kept yet');
  await expect(unkept).toContainText('no room');
  await expect(page.getByTestId('session-result').getByTestId('worth')).toBeVisible();
  const csv = await new RecordsPage(page).saved(() => page.getByRole('button', { name: 'Table (CSV)' }).click());
  expect(csv.text).toContain('C-3');
  await page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom());
  await unkept.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('kept')).toContainText('Kept in the records');
  await page.goto('./#/records');
  await expect(new RecordsPage(page).visits).toHaveCount(1);
});

test('the picture stops when the page is left, and comes back', async ({ page }) => {
  test.skip(personAbsence !== '', personAbsence);
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
