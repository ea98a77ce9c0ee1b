/**
 * The end-to-end tests: the built app, served with its own headers, in a real Chromium. `browser` tests hold a piece of the app
 * against the browser, `flows` use the app as a person would.
 */
import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.ts';
import { freePort } from './freePort.ts';

// Each worker process reads this file again: the first one to do so chooses the port for all.
const port = (process.env['PLUMBLINE_TEST_PORT'] ??= String(await freePort()));
const address = `http://localhost:${port}/`;

const CHROMIUM = { launchOptions: { executablePath: ensureChromium(), args: CHROMIUM_FLAGS } };

/** A person before a camera doesn't wait, and a cancel is timed: each of these has every core to itself. */
const ALONE = /flows\/(camera.*|cancel|offline-session)\.spec\.ts$/;

export default defineConfig({
  testDir: '.',
  testMatch: ['browser/**/*.spec.ts', 'flows/**/*.spec.ts'],
  reporter: [['list'], ['json', { outputFile: 'results/e2e.json' }]],
  forbidOnly: true,
  workers: 2,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // Only `flows/offline.spec.ts` tries the service worker: between a flow and the server it would hide requests. A trace takes a quarter of
  // the time of everything; whoever looks for a defect asks for one with `--trace=retain-on-failure`.
  use: { baseURL: address, serviceWorkers: 'block', screenshot: 'only-on-failure' },
  projects: [
    // Each in a folder of its own: the second run would clear away what the first one left of a failure.
    { name: 'together', testIgnore: ALONE, use: CHROMIUM, outputDir: 'results/playwright/together' },
    { name: 'alone', testMatch: ALONE, use: CHROMIUM, outputDir: 'results/playwright/alone', workers: 1 },
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: '..',
    url: address,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
