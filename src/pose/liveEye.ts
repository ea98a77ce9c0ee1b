/** The pose worker's side of a camera: one picture at a time, as they come, for as long as somebody looks. */
import { FrameCanvases } from '../capture/frame.ts';
import type { PictureSize } from '../gait/sequence.ts';
import type { Glance } from './poseFace.ts';
import type { PicturePoint } from './people.ts';
import type { PoseWatcher } from './watcher.ts';

/** Side of the thumbnail that brightness is measured on, in pixels. */
const THUMBNAIL = 16;

export class LiveEye {
  readonly #watcher: PoseWatcher;
  readonly #thumbnail = new OffscreenCanvas(THUMBNAIL, THUMBNAIL).getContext('2d', { alpha: false, willReadFrequently: true });
  /** For pictures of the size they were made for; a camera may be turned, and its picture with it. */
  #canvases: { for: PictureSize; canvases: FrameCanvases } | null = null;

  constructor(watcher: PoseWatcher) {
    this.#watcher = watcher;
  }

  /** Looks at one picture and closes it. `time` in seconds, growing from call to call. */
  look(image: VideoFrame, time: number): Glance {
    try {
      const picture = { width: image.displayWidth, height: image.displayHeight };
      const drawn = this.#canvasesFor(picture).frame(time, (context, { width, height }) =>
        context.drawImage(image, 0, 0, width, height),
      );
      try {
        const { frame, found } = this.#watcher.see(drawn.canvas, picture, time);
        return { frame, found, picture, light: this.#light(drawn.canvas) };
      } finally {
        drawn.close();
      }
    } finally {
      image.close();
    }
  }

  follow(point: PicturePoint): void {
    this.#watcher.follow(point);
  }

  #canvasesFor(picture: PictureSize): FrameCanvases {
    const same = this.#canvases?.for.width === picture.width && this.#canvases.for.height === picture.height;
    if (!this.#canvases || !same) this.#canvases = { for: picture, canvases: new FrameCanvases(picture) };
    return this.#canvases.canvases;
  }

  #light(canvas: OffscreenCanvas): number {
    if (!this.#thumbnail) throw new Error('This browser gives no 2D context for an OffscreenCanvas.');
    this.#thumbnail.drawImage(canvas, 0, 0, THUMBNAIL, THUMBNAIL);
    return brightness(this.#thumbnail.getImageData(0, 0, THUMBNAIL, THUMBNAIL).data);
  }
}

/** Mean luma of RGBA pixels, 0 black to 1 white (Rec. 709 weights). */
export function brightness(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    sum += 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
  }
  return sum / 255 / (pixels.length / 4);
}
