/** Everything that can be wrong with a video that someone hands over. */
export type CaptureErrorCode =
  /** The file holds no bytes. */
  | 'empty-file'
  /** The file's content is not a video that can be opened. */
  | 'not-a-video'
  /** It can't be read from where it lies (moved, deleted, permission withdrawn). */
  | 'unreadable'
  /** A media file without a picture: sound alone. */
  | 'no-video-track'
  /** This browser has no decoder for it. */
  | 'codec-unsupported'
  /** Broken or cut off before a usable length. */
  | 'damaged'
  /** Shorter than a walk can be. */
  | 'too-short'
  /** This browser can't decode videos at all (no WebCodecs). */
  | 'browser-unsupported';

/** `message` is a sentence for the person at the screen: what is wrong, and what to do. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  constructor(
    readonly code: CaptureErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
