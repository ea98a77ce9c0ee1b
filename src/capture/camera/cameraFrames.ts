/**
 * The pictures of a camera that plays in a `<video>`, the newest first: whoever looks more slowly than the camera films gets every picture
 * as fresh as it can be, and those between are dropped. At most one is held, and it keeps no memory of its own: a VideoFrame is a handle.
 */
import type { LiveFrames, TimedImage } from '../frame.ts';
import { silentCamera } from './cameraProblem.ts';

/** The part of a `<video>` that is needed. */
export type PlayingVideo = Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'> & CanvasImageSource;

/** A camera gives a picture at least every 0.1 s, and needs a second or two before its first one. */
const SILENT_AFTER_MS = 5_000;

export class CameraFrames implements LiveFrames {
  readonly #video: PlayingVideo;
  readonly #isShown: () => boolean;
  readonly #start: number;
  #callback: number;
  #newest: TimedImage | null = null;
  #waiting: ((image: TimedImage | null) => void) | null = null;
  #closed = false;

  /** `isShown`: whether the page is; a page that nobody sees is given no pictures, and the camera isn't to blame. */
  constructor(video: PlayingVideo, isShown: () => boolean) {
    this.#video = video;
    this.#isShown = isShown;
    this.#start = performance.now();
    this.#callback = video.requestVideoFrameCallback(this.#onFrame);
  }

  /** Rejects with {@link CaptureError} `camera-lost` where none comes for five seconds. */
  next(): Promise<TimedImage | null> {
    if (this.#closed) return Promise.resolve(null);
    const newest = this.#newest;
    this.#newest = null;
    return newest ? Promise.resolve(newest) : this.#wait();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#video.cancelVideoFrameCallback(this.#callback);
    this.#newest?.image.close();
    this.#newest = null;
    this.#waiting?.(null);
  }

  #wait(): Promise<TimedImage | null> {
    return new Promise((resolve, reject) => {
      let seenSince = this.#isShown();
      const check = setInterval(() => {
        // From the last time nobody saw the page on, it is given as long again.
        if (seenSince && this.#isShown()) {
          this.#waiting = null;
          clearInterval(check);
          reject(silentCamera());
        }
        seenSince = this.#isShown();
      }, SILENT_AFTER_MS);
      this.#waiting = (image) => {
        clearInterval(check);
        resolve(image);
      };
    });
  }

  readonly #onFrame = (now: number, { captureTime }: VideoFrameCallbackMetadata): void => {
    if (this.#closed) return;
    this.#callback = this.#video.requestVideoFrameCallback(this.#onFrame);
    // When the picture was taken, where the browser knows it; a busy page shows it late.
    const milliseconds = Math.max(0, (captureTime ?? now) - this.#start);
    const image = new VideoFrame(this.#video, { timestamp: Math.round(milliseconds * 1000) });
    const timed = { image, time: milliseconds / 1000 };
    this.#newest?.image.close();
    this.#newest = this.#waiting ? null : timed;
    this.#waiting?.(timed);
    this.#waiting = null;
  };
}
