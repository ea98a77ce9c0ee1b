/**
 * Pictures of every page in every state: phone, tablet and laptop, light and dark, in English, and most of them in Chinese too; and the
 * report as it is printed. For looking at: nothing is compared.
 *
 * `npm run pictures`, or `npm run pictures -- records visit` for the tours that are named. They come into `tests/results/pictures`,
 * page-state-width-theme.png. Chinese needs a font that has it. Without the clips of `flows/media.ts` what shows a camera is left out.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.ts';
import { fixturePath } from './fixtures.ts';
import { CameraPage } from './flows/cameraPage.ts';
import { exportedVisits, named } from './flows/exportedVisits.ts';
import { fullestVisit, lifelikeVisits } from './flows/lifelikeVisits.ts';
import { mediaAbsence, mediaPath } from './flows/media.ts';
import { ModelsPage } from './flows/modelsPage.ts';
import { OwnServer } from './flows/ownServer.ts';
import { PlumblinePage } from './flows/plumblinePage.ts';
import { RecordsPage } from './flows/recordsPage.ts';

const FOLDER = fileURLToPath(new URL('./results/pictures', import.meta.url));
const CLIP = 'webcam_juggle_640x360.mjpeg';
const CHECKPOINT = 'sconet-tiny-skeleton/ScoNet-00100.pt';
const PASSPHRASE = 'four words of some length';
/** A model starts, a walk is walked, forty megabytes come in: on two busy cores all of it takes its time. */
const PATIENCE_MS = 300_000;

const SIZES = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
];
const CHINESE_WIDTHS = [390, 1440];

/** Takes the page as it is now, in all widths, themes and languages. `reach` comes to the state anew for each language. */
type Take = (state: string, reach?: () => Promise<unknown>) => Promise<void>;

interface Tour {
  go(page: Page, take: Take, server: OwnServer): Promise<void>;
  /** It shows how the app gets ready for offline use; elsewhere that isn't over while pictures are taken. */
  goesOffline?: boolean;
  /** Why it can't be made on this machine; empty where it can. */
  absence?: string;
}

const TOURS: Record<string, Tour> = {
  start: {
    async go(page, take) {
      await new PlumblinePage(page).open();
      await expect(page.getByTestId('first-run')).toBeVisible();
      await take('start-first');
      await readNote(page);
      await take('start-later');
    },
  },
  sample: {
    async go(page, take) {
      const app = await opened(page);
      await app.chooseSample();
      await app.screened();
      await take('sample-result');
      await openFolds(page);
      await take('sample-folds');
    },
  },
  queue: {
    async go(page, take) {
      const app = await opened(page);
      await app.chooseSample();
      await app.screened();
      const noVideo = { name: 'VID_20260302_093044 (1).mp4', mimeType: 'video/mp4', buffer: Buffer.from('Dear all') };
      await page.getByTestId('file-input').setInputFiles(noVideo);
      await app.allEnded(2);
      await take('queue-list');
      await page.getByRole('button', { name: 'Remove Sample walk from the list' }).click();
      await expect(app.problem()).toBeVisible();
      await take('queue-failed');
    },
  },
  place: {
    async go(page, take) {
      await page.goto('./#/session');
      await readNote(page);
      await expect(page.getByTestId('check-walk')).toBeVisible();
      await take('session-place');
    },
  },
  session: { absence: mediaAbsence(CLIP), go: takeSession },
  records: {
    async go(page, take) {
      const app = new RecordsPage(page);
      await app.open();
      await readNote(page);
      await take('records-empty');
      await app.import(await exportedVisits(lifelikeVisits()));
      await expect(app.visits).toHaveCount(10);
      await take('records-list');
      await app.import(named('holiday.plumbline', Buffer.from('Dear all')));
      await expect(page.getByRole('alert')).toBeVisible();
      await take('records-refused');
      await page.getByRole('button', { name: 'Delete all…' }).click();
      await take('records-delete');
    },
  },
  lock: {
    async go(page, take) {
      await page.goto('./#/settings');
      await readNote(page);
      await take('settings-first');
      const form = page.getByTestId('passphrase');
      await form.getByLabel('Passphrase').fill(PASSPHRASE);
      await form.getByLabel('The same again').fill(PASSPHRASE);
      await form.getByRole('button', { name: 'Encrypt the records' }).click();
      await expect(form).toHaveAttribute('data-lock', 'open', { timeout: PATIENCE_MS });
      await take('settings-passphrase');
      await page.reload();
      await new RecordsPage(page).open();
      await expect(page.getByTestId('unlock')).toBeVisible();
      await take('records-locked');
    },
  },
  norecords: {
    async go(page, take) {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('', 'SecurityError');
        };
      });
      await new RecordsPage(page).open();
      await readNote(page);
      await expect(page.getByTestId('no-records')).toBeVisible();
      await take('records-failed');
    },
  },
  visit: {
    async go(page, take) {
      // Looked at again, a walk is judged by the model in use.
      await opened(page);
      const app = new RecordsPage(page);
      await app.open();
      await app.import(await exportedVisits(lifelikeVisits()));
      await page.getByRole('link', { name: /^Open the record of A-014, 2 March/ }).click();
      await expect(page.getByTestId('compare').getByRole('table')).toBeVisible();
      await take('visit-compared');
      const walk = page.getByTestId('kept-walk').first();
      await walk.getByRole('button', { name: 'Look at the walk' }).click();
      await expect(walk.getByTestId('outcome')).toBeVisible({ timeout: PATIENCE_MS });
      await take('visit-walk');
      await page.goto('./#/records');
      await page.getByRole('link', { name: /^Open the record of B-002/ }).click();
      await expect(page.getByTestId('report')).toBeVisible();
      await take('visit-blocked');
    },
  },
  report: {
    async go(page, take) {
      const app = new RecordsPage(page);
      await page.goto('./#/settings');
      await readNote(page);
      await page.getByLabel('Name on reports').fill('Grammar school by the lake, school health service');
      await app.open();
      const visits = { usual: lifelikeVisits()[1]!, fullest: fullestVisit('en'), fullestchinese: fullestVisit('zh-CN') };
      await app.import(await exportedVisits(Object.values(visits)));
      for (const [state, { id }] of Object.entries(visits)) {
        await page.goto(`./#/records/${id}`);
        await expect(page.getByTestId('report')).toBeVisible();
        if (state === 'fullest') await take('visit-fullest');
        await print(page, state);
      }
    },
  },
  models: {
    async go(page, take) {
      await opened(page);
      const models = new ModelsPage(page);
      await models.open();
      await expect(page.getByTestId('self-test')).toContainText(/logits off by/, { timeout: PATIENCE_MS });
      await take('models-card');
      if (fixturePath(CHECKPOINT) === null) return;
      await models.choose(CHECKPOINT);
      await expect(models.questions).toBeVisible({ timeout: PATIENCE_MS });
      await take('models-questions');
      await models.answer(/opengait-skeleton/);
      await models.imported();
      await take('models-imported');
    },
  },
  privacy: {
    async go(page, take) {
      await page.goto('./#/privacy');
      await readNote(page);
      await expect(page.getByTestId('storage')).toHaveText(/\S/);
      await take('privacy-page');
    },
  },
  offline: {
    goesOffline: true,
    async go(page, take, server) {
      const line = page.getByTestId('offline');
      const becomes = (state: string) => expect(line).toHaveAttribute('data-state', state, { timeout: PATIENCE_MS });
      const largest = 'pose/pose_landmarker_full.task';
      server.hidden.add(largest);
      await page.goto('./#/privacy');
      await readNote(page);
      await becomes('failed');
      await take('offline-failed');
      server.hidden.delete(largest);
      await line.getByRole('button').click();
      await becomes('ready');
      await take('offline-ready');
    },
  },
};

/** From the place to two walks that can't be kept at first. */
async function takeSession(page: Page, take: Take): Promise<void> {
  await page.goto('./#/settings');
  await readNote(page);
  await page.getByLabel('In a hundred').fill('3');
  await page.getByLabel('In a hundred').blur();
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await expect(app.check('walk')).toHaveAttribute('data-state', 'passed', { timeout: PATIENCE_MS });
  await take('session-placed');
  await app.leavePlace();
  await app.toTheWalk();
  await expect(page.getByText('Write a code')).toBeVisible();
  await take('session-missing');
  await app.person('A-17');
  await take('session-person');
  await app.toTheWalk();
  await take('session-waiting', () => standStill(app));
  await take('session-walking', () => standStill(app, 'walking'));
  await beginAgain(app);
  // No function in there has a name: the compiler would mark it with a helper that the page hasn't got.
  await page.evaluate(() => {
    Object.assign(window, { put: IDBObjectStore.prototype.put });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
  });
  await app.result();
  await expect(page.getByTestId('not-kept')).toBeVisible();
  await take('session-unkept');
  await page.evaluate(() =>
    Object.assign(IDBObjectStore.prototype, { put: (window as unknown as Pick<IDBObjectStore, 'put'>).put }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('kept')).toContainText('Kept in the records');
  await take('session-result');
  await page.getByRole('button', { name: 'Another walk' }).click();
  await app.result();
  await expect(page.getByTestId('combined')).toBeVisible();
  await take('session-combined');
}

/**
 * A walk that waits, or is walked, while pictures of it are taken: without new pictures nothing changes, for the five seconds after which
 * the camera counts as lost. So each set of pictures has a walk of its own.
 */
async function standStill(app: CameraPage, phase?: 'walking'): Promise<void> {
  await beginAgain(app);
  if (phase === 'walking') await app.walking();
  await app.page.locator('video').evaluate((element: HTMLVideoElement) => element.pause());
}

async function beginAgain({ page, advice }: CameraPage): Promise<void> {
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'To the walk' }).click();
  await expect(advice).not.toContainText('Starting the camera', { timeout: PATIENCE_MS });
}

/** The start page with its model ready and the note read. */
async function opened(page: Page): Promise<PlumblinePage> {
  const app = new PlumblinePage(page);
  await app.open();
  await readNote(page);
  return app;
}

async function readNote(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page.getByTestId('first-run')).toBeHidden();
}

async function openFolds(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
}

/** The report as A4 and Letter, in both languages. */
async function print(page: Page, state: string): Promise<void> {
  for (const language of ['English', '中文']) {
    await page.getByRole('button', { name: language }).click();
    for (const format of ['A4', 'Letter']) {
      const name = ['report', state, format.toLowerCase(), ...(language === 'English' ? [] : ['chinese'])].join('-');
      await page.pdf({ path: join(FOLDER, `${name}.pdf`), format, preferCSSPageSize: false });
    }
  }
  await page.getByRole('button', { name: 'English' }).click();
}

/** Runs in the page before the app. */
function prepareForever(): void {
  navigator.serviceWorker.register = () => new Promise(() => undefined);
}

function taker(page: Page): Take {
  async function shoot(state: string, widths: readonly number[]): Promise<void> {
    for (const size of SIZES.filter(({ width }) => widths.includes(width))) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const path = join(FOLDER, `${state}-${size.width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      }
    }
  }
  const everyWidth = SIZES.map(({ width }) => width);
  return async (state, reach) => {
    console.log(`  ${state}`);
    await reach?.();
    await shoot(state, everyWidth);
    await reach?.();
    await speak(page, '中文');
    await shoot(`${state}-chinese`, CHINESE_WIDTHS);
    await speak(page, 'English');
  };
}

/** Not by a click on the page: a dialogue may stand before the button. */
async function speak(page: Page, language: string): Promise<void> {
  await page.getByText(language, { exact: true }).evaluate((button: HTMLElement) => button.click());
}

async function make(browser: Browser, name: string, tour: Tour): Promise<void> {
  if (tour.absence) {
    console.log(`${name}: left out, ${tour.absence}`);
    return;
  }
  console.log(name);
  const server = await OwnServer.start();
  const context = await browser.newContext({ baseURL: server.url });
  context.setDefaultTimeout(PATIENCE_MS);
  if (!tour.goesOffline) await context.addInitScript(prepareForever);
  try {
    const page = await context.newPage();
    await tour.go(page, taker(page), server);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}:`, error);
  } finally {
    await context.close();
    await server.stop();
    server.remove();
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(TOURS, name));
if (unknown.length > 0) throw new Error(`No such tour: ${unknown.join(', ')}. There are ${Object.keys(TOURS).join(', ')}.`);
if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
await build({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)), logLevel: 'warn' });
const camera = mediaPath(CLIP);
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [
    ...CHROMIUM_FLAGS,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
  ],
});
try {
  for (const [name, tour] of Object.entries(TOURS))
    if (wanted.length === 0 || wanted.includes(name)) await make(browser, name, tour);
} finally {
  await browser.close();
}
