/** Everything that can go wrong between a frame and its keypoints. */
export type PoseErrorCode =
  /** The pose model or its engine could not be loaded or started. */
  | 'engine-failed'
  /** The engine gave up on a frame. */
  | 'frame-failed'
  /** A picture came although no camera is watched. */
  | 'not-watching';

export class PoseError extends Error {
  override readonly name = 'PoseError';
  constructor(
    readonly code: PoseErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
