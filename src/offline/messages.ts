/**
 * What the service worker and the pages say to each other. A page may be older or newer than the worker it speaks with: a message keeps
 * its meaning for good, and one that isn't known is passed over.
 */
import type { OfflineErrorCode } from './errors.ts';

/** From the worker to every page, while it makes a version ready. */
export type WorkerMessage =
  { kind: 'plumbline.preparing'; done: number; total: number } | { kind: 'plumbline.failed'; code: OfflineErrorCode };

/** From a page to a worker that waits: a person has agreed to the new version. */
export const TAKE_OVER = 'plumbline.take-over';
/** From a page to the worker in charge: the browser has thrown files away, or they could not be fetched before. */
export const PREPARE = 'plumbline.prepare';
