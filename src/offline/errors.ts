/** Why the app can't be made to work offline. The code crosses from the service worker to the page; the page says the sentence. */
export type OfflineErrorCode =
  /** The server, or the way to it, is gone before everything was fetched. */
  | 'offline-unreachable'
  /** The server hands out something other than what was built. */
  | 'offline-changed'
  /** No room on the device. */
  | 'offline-full'
  /** The browser keeps nothing for this page. */
  | 'offline-refused';

/** For the person at the screen: what is wrong, and what to do. */
const SENTENCES: Record<OfflineErrorCode, string> = {
  'offline-unreachable':
    'The connection was lost before everything was here. The app works while it is online; connect this device and try again.',
  'offline-changed':
    'The server sent a file that isn’t part of this version. Wait a few minutes and try again; if it stays so, tell whoever hosts this page.',
  'offline-full':
    'There is no room on this device to work offline. Free some space, then try again. Everything saved before is still there.',
  'offline-refused':
    'This browser keeps no files for this page, so it needs a connection: leave the private window, or allow this site to store data.',
};

export class OfflineError extends Error {
  override readonly name = 'OfflineError';
  constructor(
    readonly code: OfflineErrorCode,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code], options);
  }
}

/** What the browser or the network threw, as one of ours. */
export function offlineError(error: unknown): OfflineError {
  if (error instanceof OfflineError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return new OfflineError('offline-full', { cause: error });
  if (name === 'SecurityError' || name === 'NotAllowedError') return new OfflineError('offline-refused', { cause: error });
  return new OfflineError('offline-unreachable', { cause: error });
}
