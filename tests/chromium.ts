/**
 * The browser that the end-to-end tests run in: one that is installed, rather than one that is downloaded. Software WebGPU needs
 * a whole Chromium; Playwright's headless shell has none.
 */
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The sentence for a machine that has none. */
export const NO_CHROMIUM =
  'No Chromium was found: install one (on Debian: apt-get install chromium), or name its program in PLUMBLINE_CHROMIUM.';

/** The path of a Chromium: the one named in PLUMBLINE_CHROMIUM, an installed one, or Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const named = process.env['PLUMBLINE_CHROMIUM'];
  if (named) {
    if (!canRun(named)) throw new Error(`PLUMBLINE_CHROMIUM names "${named}", which is no program.`);
    return named;
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...ELSEWHERE, chromium.executablePath()].find(canRun) ?? null;
}

/** As {@link findChromium}; where there is none, root on Debian installs it. Throws the sentence that says how otherwise. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium was found; installing the package chromium.');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const step of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      execFileSync('apt-get', ['-q', ...step], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    }
  }
  const installed = findChromium();
  if (!installed) throw new Error(NO_CHROMIUM);
  return installed;
}

/** Quiet, alone with our own server, and with WebGPU in software. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
