/** Records: in from another device, looked through, looked at, followed up, locked, taken out, deleted. */
import { visit, withCode } from '../unit/records/madeUpVisit.ts';
import { exportedVisits, named } from './exportedVisits.ts';
import { fullestVisit } from './lifelikeVisits.ts';
import { expect, test } from './ownOrigin.ts';
import { RecordsPage } from './recordsPage.ts';

const PASSPHRASE = 'four words of some length';

test('visits from another device are listed, searched and looked at; a follow-up is settled, and outlives a reload', async ({
  page,
}) => {
  const app = new RecordsPage(page);
  await app.open();
  await expect(page.getByTestId('empty')).toBeVisible();
  await app.import(await exportedVisits([withCode(1, 'A-1'), withCode(2, 'B-2'), withCode(3, 'B-22')]));
  await expect(app.imported).toHaveText(/^3 new, 0 in a later state than here, 0 already here/);
  await expect(app.visits).toHaveCount(3);

  await page.getByLabel('Code').fill('b-2');
  await expect(app.visits).toHaveCount(2);
  await expect(page.getByTestId('count')).toHaveText('2 of 3');
  await page.getByLabel('Result').selectOption('Not assessable');
  await expect(page.getByTestId('count')).toHaveText('No record fits.');
  await page.getByLabel('Result').selectOption('Any');
  await page.getByLabel('Follow-up due').check();
  await expect(app.visits).toHaveCount(2);

  await page.getByRole('link', { name: /^Open the record of B-2,/ }).click();
  const report = page.getByTestId('report');
  await expect(report).toContainText('Pattern found');
  await expect(report).toContainText('2 March 2026, 09:30');
  await expect(report).toContainText('by 1 April 2026');
  await expect(report).toContainText('investigational');
  await expect(report).toContainText('Simulated weights, research use');
  // Of 1,000 people at 3 %: 30 affected, 24 of them found at a sensitivity of 80 %, and 7 % of the other 970 beside them.
  await expect(report).toContainText('92 would be told to refer; 24 of them have the pattern, 68 don’t.');
  await expect(report).not.toContainText(/diagnos/i);

  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByTestId('done')).toBeVisible();
  await page.getByLabel('Notes').fill('Glasses');
  await page.getByRole('button', { name: 'Keep the notes' }).click();
  await expect(page.getByRole('button', { name: 'Keep the notes' })).toBeDisabled();
  await page.reload();
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page.getByLabel('Notes')).toHaveValue('Glasses');
  await expect(report).not.toContainText('Glasses');

  await page.getByRole('button', { name: 'Delete this record…' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(app.visits).toHaveCount(2);
  await page.goBack();
  await expect(page.getByRole('alert')).toContainText('not on this device any more');
});

test('a visit’s files say what it holds, and nothing that names somebody', async ({ page }) => {
  const app = new RecordsPage(page);
  await app.open();
  await app.import(await exportedVisits([withCode(1, 'A-1')]));
  await page.getByRole('link', { name: /^Open the record of A-1,/ }).click();
  const csv = await app.saved(() => page.getByRole('button', { name: 'Table (CSV)' }).click());
  expect(csv.name).toBe('A-1-2026-03-02.csv');
  expect(csv.text.trim().split('\n')).toHaveLength(4);
  const json = await app.saved(() => page.getByRole('button', { name: 'Everything (JSON)' }).click());
  expect(JSON.parse(json.text)).toMatchObject({ schema: 'plumbline-visit', version: 1, participant: { code: 'A-1' } });
  const fhir = await app.saved(() => page.getByRole('button', { name: 'FHIR R4 bundle' }).click());
  const bundle = JSON.parse(fhir.text) as { entry: { resource: { resourceType: string; identifier?: { system?: string }[] } }[] };
  const patient = bundle.entry.find(({ resource }) => resource.resourceType === 'Patient');
  expect(patient?.resource.identifier?.[0]?.system).toMatch(/^urn:uuid:/);
  for (const { text } of [csv, json, fhir]) expect(text).not.toMatch(/Ada|mother/);
});

test('the report is one sheet of A4 and of Letter, however much it has to say, in both languages; nothing else is printed', async ({
  page,
}) => {
  await page.goto('./#/settings');
  await page.getByLabel('Name on reports').fill('School health service of the northern district, '.repeat(4));
  const app = new RecordsPage(page);
  await app.open();
  const visits = [visit(1), fullestVisit('en'), fullestVisit('zh-CN')];
  await app.import(await exportedVisits(visits));
  await expect(app.imported).toHaveText(/^3 new/);
  const report = page.getByTestId('report');
  for (const { id, walks } of visits) {
    await page.goto(`./#/records/${id}`);
    await expect(report.getByTestId('measures').locator('dt')).toHaveCount(walks[0]!.measures.length);
    for (const language of ['English', '中文']) {
      await page.getByRole('button', { name: language }).click();
      for (const format of ['A4', 'Letter']) {
        const paper = (await page.pdf({ format, preferCSSPageSize: false })).toString('latin1');
        expect(paper.match(/\/Type\s*\/Page\b/g), `${id}, ${language}, ${format}`).toHaveLength(1);
      }
    }
  }
  await page.emulateMedia({ media: 'print' });
  await expect(report).toBeVisible();
  await expect(page.getByTestId('follow-up')).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
});

test('two visits of one person stand side by side', async ({ page }) => {
  const app = new RecordsPage(page);
  await app.open();
  const later = visit(2, { started: '2026-09-02T09:30:00+02:00' });
  later.walks[0]!.measures[0] = { ...later.walks[0]!.measures[0]!, mean: 4, low: 3, high: 5, side: 'left' };
  await app.import(await exportedVisits([visit(1), later]));
  await page.getByRole('link', { name: /2 September 2026/ }).click();
  const compare = page.getByTestId('compare');
  await expect(compare.getByRole('heading', { level: 3 })).toHaveText(['2 March 2026', '2 September 2026']);
  await expect(compare.getByRole('row', { name: /^Shoulder tilt/ })).toContainText('+6.1° beyond the intervals');
  await expect(compare.getByRole('group', { name: /^The walk of/ })).toHaveCount(2);
});

test('a passphrase locks the records: without it nothing is listed, with it everything is there; export and import under another', async ({
  page,
}) => {
  const app = new RecordsPage(page);
  await app.open();
  await app.import(await exportedVisits([withCode(1, 'A-1')], 'the other school'));
  await expect(page.getByText(/school\.plumbline is locked/)).toBeVisible();
  await page.getByRole('textbox', { name: /is locked/ }).fill('the wrong one');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('not the passphrase');
  await page.getByRole('textbox', { name: /is locked/ }).fill('the other school');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.imported).toHaveText(/^1 new/);

  await page.goto('./#/settings');
  const form = page.getByTestId('passphrase');
  await form.getByLabel('Passphrase').fill('short');
  await form.getByRole('button', { name: 'Encrypt the records' }).click();
  await expect(form).toContainText('Twelve characters are the least');
  await form.getByLabel('Passphrase').fill(PASSPHRASE);
  await form.getByLabel('The same again').fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Encrypt the records' }).click();
  await expect(form).toHaveAttribute('data-lock', 'open', { timeout: 30_000 });

  await page.reload();
  await app.open();
  await expect(page.getByTestId('unlock')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('A-1');
  await page.getByLabel('Passphrase').fill('not this one at all');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('alert')).toContainText('not the passphrase');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(app.visits).toHaveCount(1);
  await page.getByRole('button', { name: 'Lock the records' }).click();
  await expect(page.getByTestId('unlock')).toBeVisible();
});

test('what is no file of records, a damaged one and one from a newer version are refused with what to do, and change nothing', async ({
  page,
}) => {
  const app = new RecordsPage(page);
  await app.open();
  const file = await exportedVisits([withCode(1, 'A-1')]);
  await app.import(file);
  await expect(app.visits).toHaveCount(1);

  const damaged = Buffer.from(file.buffer);
  damaged[damaged.length - 5]! ^= 1;
  const newer = Buffer.from(file.buffer);
  newer.writeUInt16BE(99, 8);
  const refused: [name: string, bytes: Buffer, sentence: RegExp][] = [
    ['holiday.plumbline', Buffer.from('Dear all'), /not a file of records/],
    ['damaged.plumbline', damaged, /damaged or was cut off.*Nothing was imported/],
    ['cut-off.plumbline', file.buffer.subarray(0, 300), /damaged or was cut off/],
    ['newer.plumbline', newer, /newer version of Plumbline/],
  ];
  for (const [name, bytes, sentence] of refused) {
    await app.import(named(name, bytes));
    await expect(page.getByRole('alert')).toContainText(sentence);
    await expect(app.visits).toHaveCount(1);
  }
  await app.import(file);
  await expect(app.imported).toHaveText(/1 already here/);
});

test('two thousand visits: the list is there at once, and searched as one types', async ({ page }) => {
  const app = new RecordsPage(page);
  await app.open();
  const visits = Array.from({ length: 2000 }, (_, index) => withCode(index + 1, `S-${String(index).padStart(4, '0')}`));
  await app.import(await exportedVisits(visits));
  await expect(app.imported).toHaveText(/^2000 new/, { timeout: 90_000 });
  await page.reload();
  await expect(page.getByTestId('count')).toHaveText('2000 records');
  await expect(app.visits).toHaveCount(100);
  await page.getByRole('button', { name: 'Show 100 more' }).click();
  await expect(app.visits).toHaveCount(200);
  await page.getByLabel('Code').fill('s-1999');
  await expect(app.visits).toHaveCount(1);
});

test('all is deleted when asked for, and only then', async ({ page }) => {
  const app = new RecordsPage(page);
  await app.open();
  await app.import(await exportedVisits([visit(1), visit(2)]));
  await page.getByRole('button', { name: 'Delete all…' }).click();
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(app.visits).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete all…' }).click();
  await page.getByRole('button', { name: 'Delete all', exact: true }).click();
  await expect(page.getByTestId('empty')).toBeVisible();
});

test('a browser that keeps nothing says so, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('', 'SecurityError');
    };
  });
  const app = new RecordsPage(page);
  await app.open();
  await expect(page.getByTestId('no-records')).toContainText('leave the private window');
  await page.goto('./#/settings');
  await expect(page.getByRole('alert')).toContainText('keeps nothing for this page');
  await page.goto('./#/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the note on what this is stands above everything until it was read, and comes back only when its text changes', async ({
  page,
}) => {
  await page.goto('./');
  await expect(page.getByTestId('first-run')).toContainText('investigational');
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page.getByTestId('first-run')).toBeHidden();
  await page.goto('./#/settings');
  await page.reload();
  await expect(page.getByTestId('settings')).toBeVisible();
  await expect(page.getByTestId('passphrase')).toBeVisible();
  await expect(page.getByTestId('first-run')).toBeHidden();
  // As if another note had been read.
  await page.evaluate(async () => {
    const opening = indexedDB.open('plumbline');
    const database = await new Promise<IDBDatabase>((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const store = database.transaction('site', 'readwrite').objectStore('site');
    const reading = store.get('settings');
    await new Promise((resolve) => (reading.onsuccess = resolve));
    const settings = reading.result as { notice: { version: string } };
    settings.notice.version = 'an earlier one';
    const writing = store.put(settings, 'settings');
    await new Promise((resolve) => (writing.onsuccess = resolve));
    database.close();
  });
  await page.reload();
  await expect(page.getByTestId('first-run')).toBeVisible();
});
