/**
 * The list of what is kept for working offline. It holds everything that was built, but for what is named here, and the build fails where
 * it doesn't: a file that is missing would be noticed only in a hall without a connection.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { OfflineFile } from '../offline/offlineFile.ts';

/** The service worker itself, which the browser keeps. */
export const OFFLINE_SCRIPT = 'offline.worker.js';
/** What nobody asks for without a connection. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  OFFLINE_SCRIPT,
  // Shown by the README.
  'screenshot.png',
]);

export class OfflineSetError extends Error {
  override readonly name = 'OfflineSetError';
  readonly code = 'missing-offline';
  constructor(readonly files: readonly string[]) {
    super(
      `The app would not work offline: ${files.join(', ')} ${files.length === 1 ? 'is' : 'are'} not in the offline set. ` +
        'Was it built, is it larger than the limit, or does a pattern leave it out? See src/build/offline.ts.',
    );
  }
}

export interface OfflineSetOptions {
  /** The folder that was built. */
  folder: string;
  /** What was chosen to be kept, relative to the folder. */
  chosen: readonly string[];
  /** What the app is known to ask for, whether or not it was built. */
  needed: readonly string[];
}

/** Throws {@link OfflineSetError} with the files that are built or needed, and not chosen. */
export async function offlineSet({ folder, chosen, needed }: OfflineSetOptions): Promise<OfflineFile[]> {
  const kept = new Set(chosen.filter((url) => !LEFT_OUT.has(url)));
  const all = new Set([...(await filesIn(folder)), ...needed].filter((url) => !LEFT_OUT.has(url)));
  const missing = [...all].filter((url) => !kept.has(url)).sort();
  if (missing.length > 0) throw new OfflineSetError(missing);
  return Promise.all([...kept].sort().map((url) => describe(folder, url)));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

async function describe(folder: string, url: string): Promise<OfflineFile> {
  const content = await readFile(join(folder, url));
  // The page is asked for by the folder's address: some hosts send away whoever asks for index.html by name.
  return {
    url: url === 'index.html' ? '' : url,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}
