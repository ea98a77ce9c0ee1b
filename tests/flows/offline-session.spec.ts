/** A session before a camera after one visit, with the server gone: from set-up to a report, in both languages. */
import { CameraPage } from './cameraPage.ts';
import { personAbsence, personCamera } from './fakeCamera.ts';
import { expect } from './ownOrigin.ts';
import { becomes, test } from './ownServer.ts';
import { RecordsPage } from './recordsPage.ts';

test.use(personCamera());
test.describe.configure({ timeout: 900_000 });

test('one visit, then the server is gone: set-up, walk, result, record and report', async ({ page, server }) => {
  test.skip(personAbsence !== '', personAbsence);
  await page.goto('./');
  await becomes(page, 'ready');
  await server.stop();
  await page.reload();

  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('walk')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await app.leavePlace();
  await app.person('O-1');
  await app.toTheWalk();
  await app.result();
  await page.getByTestId('kept').getByRole('link').click();
  const report = page.getByTestId('report');
  await expect(report).toContainText('O-1');
  await expect(report).toContainText('Simulated weights, research use');
  expect(await page.pdf({ format: 'A4' })).not.toHaveLength(0);
  const csv = await new RecordsPage(page).saved(() => page.getByRole('button', { name: 'Table (CSV)' }).click());
  expect(csv.text).toContain('O-1');

  await page.getByRole('button', { name: '中文' }).click();
  await expect(report).toContainText('步态筛查');
  await page.reload();
  await expect(report).toContainText('步态筛查');
});
