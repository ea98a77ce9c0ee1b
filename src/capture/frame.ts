/** One picture of a video or a camera, ready for the pose model, and the canvases such pictures are drawn on. */
import type { PictureSize } from '../gait/sequence.ts';

/** The pose model sees 224 to 256 pixels of a person; more than this only costs time. */
export const LONGER_SIDE = 640;

export interface TimedFrame {
  /** Seconds from the clip's start. */
  readonly time: number;
  /** The picture, upright (rotation applied), its longer side at most {@link LONGER_SIDE}. Valid until `close`. */
  readonly canvas: OffscreenCanvas;
  /** The size of the upright picture before it was scaled: what keypoints are measured in. */
  readonly picture: PictureSize;
  /** Gives the canvas back. A frame that is not closed keeps its memory. */
  close(): void;
}

/** A picture of a camera as it comes. */
export interface TimedImage {
  /** To be closed by whoever takes it. */
  image: VideoFrame;
  /** Seconds from when the watching began. */
  time: number;
}

/** The pictures of a camera, for somebody who looks at them one by one. */
export interface LiveFrames {
  /** The newest picture that wasn't given yet, as soon as there is one; null once closed. One call at a time. */
  next(): Promise<TimedImage | null>;
  close(): void;
}

/** The size a picture is drawn at for the pose model: never larger than it is. */
export function sizeForPose({ width, height }: PictureSize, longerSide: number = LONGER_SIDE): PictureSize {
  const scale = Math.min(1, longerSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

interface Drawable {
  canvas: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
}

/**
 * A few canvases of one size, used over and over: a canvas per frame leaves 1 MB of garbage behind each. As many come into being as
 * are out at the same time.
 */
export class FrameCanvases {
  readonly #size: PictureSize;
  readonly #picture: PictureSize;
  readonly #free: Drawable[] = [];

  constructor(picture: PictureSize) {
    this.#picture = picture;
    this.#size = sizeForPose(picture);
  }

  /** A frame with what `draw` draws; it is to fill `size`. */
  frame(time: number, draw: (context: OffscreenCanvasRenderingContext2D, size: PictureSize) => void): TimedFrame {
    const drawable = this.#free.pop() ?? this.#make();
    draw(drawable.context, this.#size);
    let open = true;
    const close = () => {
      if (open) this.#free.push(drawable);
      open = false;
    };
    return { time, canvas: drawable.canvas, picture: this.#picture, close };
  }

  #make(): Drawable {
    const canvas = new OffscreenCanvas(this.#size.width, this.#size.height);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser gives no 2D context for an OffscreenCanvas.');
    context.imageSmoothingQuality = 'medium';
    return { canvas, context };
  }
}
