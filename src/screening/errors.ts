/** What can go wrong between the page and its workers. What goes wrong inside a room keeps that room's error. */
export type ScreeningErrorCode =
  | 'worker-crashed'
  | 'worker-silent'
  | 'closed'
  | 'out-of-turn'
  | 'sample-damaged'
  | 'no-outlines'
  | 'model-missing'
  | 'model-served'
  | 'not-a-checkpoint'
  | 'file-unreadable'
  | 'storage-full'
  | 'storage-refused';

export class ScreeningError extends Error {
  override readonly name = 'ScreeningError';
  constructor(
    readonly code: ScreeningErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The code an error carries, whichever room it comes from; null for errors without one. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Whether this is the person's own cancel and not a failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
