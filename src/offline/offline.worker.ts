/**
 * The service worker: keeps all files of the app on the device and answers from there. It takes over from the one before only when a
 * person has agreed, and it doesn't claim pages that were loaded without it.
 */
import { answer, fileAsked } from './answer.ts';
import { download } from './download.ts';
import { offlineError } from './errors.ts';
import { PREPARE, TAKE_OVER, type WorkerMessage } from './messages.ts';
import type { OfflineFile } from './offlineFile.ts';
import { Versions } from './versions.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Put in by the build: see src/build/offline.ts. */
  __WB_MANIFEST: OfflineFile[];
};

/** How often the pages are told, at most, in milliseconds. */
const TELL_EVERY = 200;

const files = self.__WB_MANIFEST;
const base = self.registration.scope;
const versions = new Versions(self.caches, self.navigator.locks, base);

self.addEventListener('install', (event) => event.waitUntil(prepare()));

self.addEventListener('fetch', (event) => {
  const file = fileAsked(event.request, base);
  if (file !== null) event.respondWith(answer(event.request, file, versions));
});

self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
  // A failure is told to the pages.
  if (event.data === PREPARE) event.waitUntil(prepare().catch(() => undefined));
});

async function prepare(): Promise<void> {
  let told = -Infinity;
  const onProgress = (done: number, total: number): void => {
    if (done < total && performance.now() - told < TELL_EVERY) return;
    told = performance.now();
    void tell({ kind: 'plumbline.preparing', done, total });
  };
  // Asked anew each time, from the browser's own cache where the server says that nothing has changed.
  const load = (url: string): Promise<Response> => fetch(new URL(url, base), { cache: 'no-cache' });
  try {
    await download({ files, versions, load, onProgress });
  } catch (error) {
    await tell({ kind: 'plumbline.failed', code: offlineError(error).code });
    throw error;
  }
}

/** Says it to every page of the app, also to those that were loaded without a service worker. */
async function tell(message: WorkerMessage): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) if (page.url.startsWith(base)) page.postMessage(message);
}
