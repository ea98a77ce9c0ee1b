/**
 * The pictures of a camera that plays in a `<video>`, the newest first: whoever looks more slowly than the camera films gets every picture
 * as fresh as it can be, and those between are dropped. At most one is held, and it keeps no memory of its own: a VideoFrame is a handle.
 */
import type { LiveFrames, TimedImage } from '../frame.ts';

/** The part of a `<video>` that is needed. */
export type PlayingVideo = Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'> & CanvasImageSource;

export class CameraFrames implements LiveFrames {
  readonly #video: PlayingVideo;
  readonly #start: number;
  #callback: number;
  #newest: TimedImage | null = null;
  #waiting: ((image: TimedImage | null) => void) | null = null;
  #closed = false;

  constructor(video: PlayingVideo) {
    this.#video = video;
    this.#start = performance.now();
    this.#callback = video.requestVideoFrameCallback(this.#onFrame);
  }

  next(): Promise<TimedImage | null> {
    if (this.#closed) return Promise.resolve(null);
    const newest = this.#newest;
    this.#newest = null;
    return newest ? Promise.resolve(newest) : new Promise((resolve) => (this.#waiting = resolve));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#video.cancelVideoFrameCallback(this.#callback);
    this.#newest?.image.close();
    this.#newest = null;
    this.#waiting?.(null);
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
