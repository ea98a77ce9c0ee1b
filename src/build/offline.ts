/** Makes the app installable and builds its service worker, with the list of all files in it. Nothing of it runs while developing. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { offlineSet } from './offlineSet.ts';
import { servedFiles } from './servedFiles.ts';
import { webManifest } from './webManifest.ts';

/** Beyond this a file is left out, and the build fails: nobody should wait for it unasked. The largest has 11 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;

export interface OfflineOptions {
  largestBytes?: number;
  /** What the app asks for beside what is built of its source. */
  needed?: () => Promise<string[]>;
}

export function offline({ largestBytes = LARGEST_BYTES, needed = served }: OfflineOptions = {}): PluginOption {
  let folder = '';
  let written = false;
  return [
    {
      name: 'plumbline:offline-build',
      apply: 'build',
      configResolved({ root, build }) {
        folder = resolve(root, build.outDir);
      },
      writeBundle() {
        written = true;
      },
    },
    VitePWA({
      strategies: 'injectManifest',
      srcDir: source('offline'),
      filename: 'offline.worker.ts',
      // The page registers it itself, when its own first work is done.
      injectRegister: false,
      registerType: 'prompt',
      manifest: webManifest(readFileSync(source('index.html'), 'utf8'), readFileSync(source('ui/style/tokens.css'), 'utf8')),
      includeManifestIcons: false,
      injectManifest: {
        // Firefox runs no service worker that is a module.
        rollupFormat: 'iife',
        globPatterns: ['**/*'],
        maximumFileSizeToCacheInBytes: largestBytes,
        manifestTransforms: [
          async (entries) => {
            // Vite ends a build that failed as it ends any other: what it failed of is to be said, not what is missing for it.
            if (!written) return { manifest: [] };
            const chosen = entries.map(({ url }) => url);
            const manifest = await offlineSet({ folder, chosen, needed: await needed() });
            // The tool adds up the sizes and takes them out; the rest of an entry it writes as it is, which its types don't say.
            return { manifest: manifest.map((file) => ({ ...file, revision: null, size: file.bytes })) };
          },
        ],
      },
      integration: {
        // The manifest is a file like any other here.
        beforeBuildServiceWorker: ({ injectManifest }) => void (injectManifest.additionalManifestEntries = []),
      },
    }),
  ];
}

function source(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

async function served(): Promise<string[]> {
  return (await servedFiles()).map(({ url }) => url);
}
