/** What can go wrong when the pose model's files are put together, at build time. */
export type BundleErrorCode =
  /** A file of the npm package `@mediapipe/pose` is missing. */
  | 'source-missing'
  /** A file of the package is not the one this was written for. */
  | 'source-changed'
  /** A model is not laid out as it should be. */
  | 'source-damaged';

export class BundleError extends Error {
  override readonly name = 'BundleError';
  constructor(
    readonly code: BundleErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
