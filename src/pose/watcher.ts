/** One clip, or one view of a camera, through the pose model: each picture becomes a frame of the person who is followed. */
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import { alignSilhouette } from '../gait/silhouette.ts';
import type { Detection, Detector } from './landmarker.ts';
import { toCoco } from './landmarks.ts';
import { PersonChooser, type PicturePoint } from './people.ts';

export interface Seen {
  frame: PoseFrame;
  /** Everybody found, 17×3 each, the person followed among them. */
  found: Float32Array[];
}

export class PoseWatcher {
  readonly #detector: Detector;
  readonly #outlines: boolean;
  readonly #chooser = new PersonChooser();

  /** The detector is to have no memory of another clip, and to give outlines where they are asked for here. */
  constructor(detector: Detector, { outlines }: { outlines: boolean }) {
    this.#detector = detector;
    this.#outlines = outlines;
  }

  /** `time` in seconds, growing from call to call. Throws {@link PoseError} `frame-failed`. */
  see(canvas: OffscreenCanvas, picture: PictureSize, time: number): Seen {
    const detection = this.#detector.detect(canvas, time);
    const found = detection.landmarks.map((landmarks) => toCoco(landmarks, picture));
    const { people, keypoints } = this.#chooser.choose(found, time);
    const frame: PoseFrame = { time, people, keypoints };
    if (this.#outlines) frame.silhouette = keypoints && silhouetteOf(detection, found.indexOf(keypoints));
    detection.close();
    return { frame, found };
  }

  /** From now on the person nearest to this point of the picture is followed. */
  follow(point: PicturePoint): void {
    this.#chooser.pick(point);
  }
}

function silhouetteOf(detection: Detection, person: number): Uint8Array | null {
  const mask = detection.outline(person);
  return mask && alignSilhouette(mask.pixels, mask.width, mask.height);
}
