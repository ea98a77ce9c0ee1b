/**
 * How a session keeps up with the person: the built page in a real Chromium, whose fake camera plays a real clip, from the place to the
 * result of two walks. Asked for on two cores, with the lite pose model and the network running at the same time: 15 overlays drawn a
 * second, no task over 50 ms on the page's thread while a walk is filmed, and the result half a second after the last picture.
 *
 * `npx tsx tests/bench/session.ts`. What the processes of the browser took of the cores is said too, and what of it the fake camera takes
 * that decodes the clip: a real one doesn't.
 */
import { fileURLToPath } from 'node:url';
import { availableParallelism, loadavg } from 'node:os';
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.ts';
import { CameraPage } from '../flows/cameraPage.ts';
import { mediaAbsence, mediaPath } from '../flows/media.ts';
import { freePort } from '../freePort.ts';
import { Processes } from './processes.ts';

const CLIP = 'webcam_juggle_640x360.mjpeg';
const LEAST_OVERLAYS = 15;
const LONGEST_TASK_MS = 50;
const RESULT_WITHIN_MS = 500;
const CAMERA_ALONE_MS = 4_000;

const absence = mediaAbsence(CLIP);
if (absence) console.log(`session: skipped, ${absence}`);
else await bench(mediaPath(CLIP)!);

async function bench(clip: string): Promise<void> {
  const app = await serveApp();
  const flags = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  const args = [...CHROMIUM_FLAGS, ...flags, `--use-file-for-fake-video-capture=${clip}`];
  const browser = await chromium.launch({ executablePath: ensureChromium(), args });
  try {
    console.log(`session: ${availableParallelism()} cores; load before it began ${loadavg()[0]!.toFixed(1)}`);
    console.log(`the fake camera alone, shown and nothing else: ${await cameraAlone(browser, app.url)}`);
    for (const [walk, measured] of (await twoWalks(browser, app.url)).entries()) report(`walk ${walk + 1}`, measured);
  } finally {
    await browser.close();
    await app.close();
  }
}

/** The page as it is shipped, built from what is there now. */
async function serveApp() {
  const outDir = fileURLToPath(new URL('../results/session', import.meta.url));
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir } });
  const port = await freePort();
  const server = await preview({
    configFile,
    logLevel: 'warn',
    build: { outDir },
    preview: { port, strictPort: true, host: 'localhost' },
  });
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

async function twoWalks(browser: Browser, url: string): Promise<Measured[]> {
  const page = await browser.newPage({ baseURL: url, serviceWorkers: 'block' });
  const processes = await Processes.of(browser);
  await page.addInitScript(watchSession);
  const app = new CameraPage(page);
  await app.open();
  await app.start();
  await page.locator('[data-testid=check-walk][data-state=passed]').waitFor({ timeout: 120_000 });
  await app.leavePlace();
  await app.person('A-1');
  const measured: Measured[] = [];
  for (const walk of ['To the walk', 'Another walk']) {
    await page.getByRole('button', { name: walk }).click();
    await page.locator('[data-testid=advice][data-phase=walking]').waitFor({ timeout: 120_000 });
    const since = await processes.read();
    await page.waitForFunction(() => window.sessionWatch.ended !== null, null, { timeout: 120_000 });
    const cores = await processes.since(since);
    await page.waitForFunction(() => window.sessionWatch.result !== null, null, { timeout: 120_000 });
    measured.push({ watch: await page.evaluate(takeNotes), cores });
  }
  await page.close();
  return measured;
}

async function cameraAlone(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage({ baseURL: url });
  // A page of the same origin without the app: a camera is given to a secure origin alone.
  await page.goto('./favicon.svg');
  await page.evaluate(playCamera);
  const processes = await Processes.of(browser);
  const since = await processes.read();
  await page.waitForTimeout(CAMERA_ALONE_MS);
  const cores = await processes.since(since);
  await page.close();
  return cores;
}

async function playCamera(): Promise<void> {
  const video = document.createElementNS('http://www.w3.org/1999/xhtml', 'video') as HTMLVideoElement;
  const within = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject');
  within.setAttribute('width', '640');
  within.setAttribute('height', '360');
  within.append(video);
  document.documentElement.append(within);
  video.muted = true;
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, frameRate: { ideal: 30 } } });
  await video.play();
}

interface SessionWatch {
  walking: number | null;
  ended: number | null;
  result: number | null;
  looked: number[];
  overlays: number[];
  tasks: { from: number; ms: number }[];
}

interface Measured {
  watch: SessionWatch;
  /** Of the processor, while filming. */
  cores: string;
}

declare global {
  interface Window {
    sessionWatch: SessionWatch;
  }
}

/**
 * Runs in the page before the app: notes what is handed to the pose model, what is drawn, and what holds the page's thread up. Without a
 * function that has a name: the compiler would mark it with a helper that the page hasn't got.
 */
function watchSession(): void {
  const watch: SessionWatch = { walking: null, ended: null, result: null, looked: [], overlays: [], tasks: [] };
  window.sessionWatch = watch;
  const post = Worker.prototype.postMessage as (message: unknown, transfer: Transferable[]) => void;
  Worker.prototype.postMessage = function (this: Worker, message: unknown, transfer: Transferable[]) {
    if (Array.isArray(transfer) && transfer.some((item) => item instanceof VideoFrame)) watch.looked.push(performance.now());
    post.call(this, message, transfer);
  } as Worker['postMessage'];

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watch.tasks.push({ from: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });

  let waits = false;
  new MutationObserver((changes) => {
    const phase = document.querySelector('[data-testid=advice]')?.getAttribute('data-phase');
    if (phase === 'walking') watch.walking ??= performance.now();
    else if (watch.walking !== null) watch.ended ??= performance.now();
    if (!waits && changes.some(({ target }) => target instanceof Element && target.closest('[data-testid=skeleton]'))) {
      waits = true;
      requestAnimationFrame((time) => {
        waits = false;
        watch.overlays.push(time);
      });
    }
    if (watch.ended !== null && watch.result === null && document.querySelector('[data-testid=session-result]')) {
      // A task after the next frame: by then it is painted.
      requestAnimationFrame(() => setTimeout(() => (watch.result ??= performance.now())));
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-phase', 'x1', 'cx'],
  });
}

/** Runs in the page: the notes on the walk that has just ended, which begin anew for the next one. */
function takeNotes(): SessionWatch {
  const notes = { ...window.sessionWatch };
  Object.assign(window.sessionWatch, { walking: null, ended: null, result: null, looked: [], overlays: [], tasks: [] });
  return notes;
}

function report(walk: string, { watch, cores }: Measured): void {
  const [from, to, stood] = [watch.walking!, watch.ended!, watch.result!];
  const seconds = (to - from) / 1000;
  const within = (time: number) => time >= from && time <= to;
  const overlays = watch.overlays.filter(within);
  const longestGap = Math.max(...overlays.slice(1).map((time, index) => time - overlays[index]!));
  const rate = overlays.length / seconds;
  const looked = watch.looked.filter(within).length / seconds;
  const resultMs = stood - watch.looked.filter((time) => time < to).at(-1)!;
  const filming = longTasks(watch, from, to);
  console.log(`${walk}: filmed for ${seconds.toFixed(1)} s; load ${loadavg()[0]!.toFixed(1)}; at work: ${cores}`);
  console.log(`  overlays ${rate.toFixed(1)} a second (at least ${LEAST_OVERLAYS}), longest gap ${longestGap.toFixed(0)} ms`);
  console.log(`  pictures looked at ${looked.toFixed(1)} a second`);
  console.log(
    `  tasks over ${LONGEST_TASK_MS} ms while filming: ${list(filming)} (none), up to the result: ${list(longTasks(watch, to, stood))}`,
  );
  console.log(`  result ${resultMs.toFixed(0)} ms after the last picture (at most ${RESULT_WITHIN_MS})`);
  if (rate < LEAST_OVERLAYS || filming.length > 0 || resultMs > RESULT_WITHIN_MS) process.exitCode = 1;
}

function longTasks({ tasks }: SessionWatch, from: number, to: number): number[] {
  return tasks.filter((task) => task.from + task.ms > from && task.from < to).map(({ ms }) => Math.round(ms));
}

function list(tasks: readonly number[]): string {
  return tasks.length > 0 ? `${tasks.join(', ')} ms` : 'none';
}
