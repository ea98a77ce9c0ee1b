import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { softwareVulkan } from './trainer/engines/vulkan.ts';

/**
 * Three groups of tests that run in Node: `unit`, `reference` (results of the original software, on every backend of tfjs) and
 * `build` (what came out of `npm run build`). The browser's tests are Playwright's: see tests/playwright.config.ts.
 */
export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    projects: [
      {
        extends: true,
        // What stands in `.svelte.ts` files runs as it runs on the page: state in proxies, which nothing may hand on to the storage.
        plugins: [svelte({ dynamicCompileOptions: () => ({ generate: 'client' }) })],
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: '100%',
          // Started sooner than processes. What only a process has, such as a time zone, a test starts one for.
          pool: 'threads',
        },
      },
      {
        extends: true,
        // Two files at a time: one of them takes most of the time, on a software GPU that doesn't keep every core busy.
        test: {
          name: 'reference',
          include: ['tests/reference/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // A new process for each file, started with this environment.
          pool: 'forks',
          env: softwareVulkan(),
        },
      },
      {
        extends: true,
        test: { name: 'build', include: ['tests/build/**/*.test.ts'], testTimeout: 60_000 },
      },
    ],
  },
});
