/** Everything that can be wrong with a video that someone hands over, or with a camera. */
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
  | 'browser-unsupported'
  /** The page is given no camera at all (not served securely, or an old browser). */
  | 'camera-unsupported'
  /** The person or the system doesn't allow it. */
  | 'camera-refused'
  /** There is none, or not the one that was asked for. */
  | 'camera-missing'
  /** Another program holds it. */
  | 'camera-busy'
  | 'camera-failed'
  /** It was there and is gone. */
  | 'camera-lost'
  /** Pictures stopped coming during a walk. */
  | 'camera-interrupted';

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
