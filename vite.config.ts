import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { noForeignAddresses } from './src/build/foreignAddresses.ts';
import { licences } from './src/build/licences.ts';
import { offline } from './src/build/offline.ts';
import { pagePolicy } from './src/build/pagePolicy.ts';
import { DEVELOPMENT_HEADERS, SERVED_HEADERS } from './src/build/securityHeaders.ts';
import { serveFiles } from './src/build/serveFiles.ts';
import { wasmThreads } from './src/build/wasmThreads.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

const { note, write } = licences();

export default defineConfig({
  root: 'src',
  publicDir: '../public',
  // Any folder of any host: every address of the page is relative.
  base: './',
  // A file that isn't there is an error, never the page again.
  appType: 'mpa',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    svelte({ configFile: '../svelte.config.js' }),
    wasmThreads(),
    serveFiles(),
    pagePolicy(),
    noForeignAddresses(),
    note(),
    write(),
    offline(),
  ],
  worker: { format: 'es', plugins: () => [wasmThreads(), note()] },
  optimizeDeps: { rolldownOptions: { plugins: [wasmThreads()] } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // A picture as text inside a script could not be told from a foreign address, and saves little.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { headers: DEVELOPMENT_HEADERS },
  preview: { headers: SERVED_HEADERS },
});
