/**
 * Makes a version ready: every file of its list, from the version before where it is the same, else from the server. A download that was
 * cut off goes on where it stopped.
 */
import { OfflineError, offlineError } from './errors.ts';
import type { OfflineFile } from './offlineFile.ts';
import { digestOf, versionOf, type Versions } from './versions.ts';

export interface DownloadOptions {
  files: readonly OfflineFile[];
  versions: Versions;
  /** The file's content from the server. */
  load: (url: string) => Promise<Response>;
  onProgress: (done: number, total: number) => void;
}

/** Throws {@link OfflineError}; the version in use is as it was then. */
export async function download({ files, versions, load, onProgress }: DownloadOptions): Promise<void> {
  const version = await versionOf(files);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  try {
    const before = await kept(versions);
    for (const file of files) {
      onProgress(done, total);
      if (!(await versions.find(version, file.url))) {
        const response =
          (await before(file)) ?? (await fetched(file, await load(file.url), (bytes) => onProgress(done + bytes, total)));
        await versions.keep(version, file.url, response);
      }
      done += file.bytes;
    }
    await versions.finish(version, files);
    onProgress(done, total);
  } catch (error) {
    const failure = offlineError(error);
    // Half a version would only take the room that is missing.
    if (failure.code === 'offline-full' && (await versions.ledger()).inUse !== version) await versions.remove(version);
    throw failure;
  }
}

/** Finds a file of the same content in the latest version. */
async function kept(versions: Versions): Promise<(file: OfflineFile) => Promise<Response | undefined>> {
  const { latest } = await versions.ledger();
  const files = latest === null ? null : await versions.files(latest);
  const known = new Set(files?.map(({ url, sha256 }) => `${sha256} ${url}`));
  return async ({ url, sha256 }) => (latest !== null && known.has(`${sha256} ${url}`) ? versions.find(latest, url) : undefined);
}

/** The file as a response to keep, with the server's headers: isolation and content policy stand in them. */
async function fetched(file: OfflineFile, response: Response, onBytes: (bytes: number) => void): Promise<Response> {
  if (!response.ok || !response.body) throw new OfflineError(response.status >= 500 ? 'offline-unreachable' : 'offline-changed');
  const bytes = new Uint8Array(file.bytes);
  let length = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length > bytes.length) {
      await reader.cancel();
      throw new OfflineError('offline-changed');
    }
    bytes.set(part.value, length);
    length += part.value.length;
    onBytes(length);
  }
  if (length < bytes.length || (await digestOf(bytes)) !== file.sha256) throw new OfflineError('offline-changed');
  const headers = new Headers(response.headers);
  // They told of the way here: the content is kept unpacked.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(bytes, { status: response.status, statusText: response.statusText, headers });
}
