/**
 * A camera seen through the pose worker: glance after glance, as fast as the worker looks and never faster. It has the worker to itself
 * until it is stopped; then the worker is free again with its model loaded.
 */
import { transfer } from 'comlink';
import type { LiveFrames } from '../capture/frame.ts';
import type { Glance, LiveOptions, PoseFace } from '../pose/poseFace.ts';
import type { Guarded, WorkerBridge } from './bridge.ts';

export type { Glance };

export class LiveView {
  readonly #pose: WorkerBridge<PoseFace, void>;
  readonly #options: LiveOptions;
  #stopped = false;
  #frames: LiveFrames | null = null;
  #wanted: { x: number; y: number } | null = null;

  constructor(pose: WorkerBridge<PoseFace, void>, options: LiveOptions) {
    this.#pose = pose;
    this.#options = options;
  }

  /**
   * Looks until `stop` is called or the frames end, and closes them. `onGlance` is told of every picture, in the order of time, while the
   * worker looks at the next one. Rejects with the worker's error, or the frames'; then it can be run again.
   */
  async run(frames: LiveFrames, onGlance: (glance: Glance) => void): Promise<void> {
    this.#stopped = false;
    this.#frames = frames;
    try {
      await this.#pose.run(async ({ face }) => {
        await face.startLive(this.#options);
        let coming = this.#next(face, frames);
        try {
          // Whoever stopped it wants to hear of nothing more.
          for (let glance = await coming; glance && !this.#stopped; glance = await coming) {
            coming = this.#next(face, frames);
            onGlance(glance);
          }
        } finally {
          // The worker is free when it has looked at the last one. What became of that is nobody's business any more.
          frames.close();
          await coming.catch(() => undefined);
        }
      });
    } finally {
      frames.close();
      this.#frames = null;
    }
  }

  /** From the next glance but one on the person nearest to this point is followed; pixels of the picture. */
  follow(x: number, y: number): void {
    this.#wanted = { x, y };
  }

  stop(): void {
    this.#stopped = true;
    // A camera that is off gives no further picture to wait for.
    this.#frames?.close();
  }

  /** What the next picture shows; null after the last one. */
  async #next(face: Guarded<PoseFace>, frames: LiveFrames): Promise<Glance | null> {
    const wanted = this.#takeWanted();
    if (wanted) await face.follow(wanted);
    const next = await frames.next();
    return next && face.look(transfer(next.image, [next.image]), next.time);
  }

  #takeWanted(): { x: number; y: number } | null {
    const wanted = this.#wanted;
    this.#wanted = null;
    return wanted;
  }
}
