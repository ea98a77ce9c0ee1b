/**
 * A camera seen through the pose worker: glance after glance, as fast as the worker looks and never faster. It has the worker to itself
 * until it is stopped; then the worker is free again with its model loaded.
 */
import { transfer } from 'comlink';
import type { LiveFrames } from '../capture/frame.ts';
import type { Glance, LiveOptions, PoseFace } from '../pose/poseFace.ts';
import type { WorkerBridge } from './bridge.ts';

export type { Glance };

export class LiveView {
  readonly #pose: WorkerBridge<PoseFace, void>;
  readonly #options: LiveOptions;
  #stopped = false;
  #wanted: { x: number; y: number } | null = null;

  constructor(pose: WorkerBridge<PoseFace, void>, options: LiveOptions) {
    this.#pose = pose;
    this.#options = options;
  }

  /**
   * Looks until `stop` is called or the frames end, and closes them. `onGlance` is told of every picture, in the order of time. Rejects
   * with the worker's error; then it can be run again.
   */
  async run(frames: LiveFrames, onGlance: (glance: Glance) => void): Promise<void> {
    this.#stopped = false;
    try {
      await this.#pose.run(async ({ face }) => {
        await face.startLive(this.#options);
        while (!this.#stopped) {
          const next = await frames.next();
          if (!next) return;
          const glance = await face.look(transfer(next.image, [next.image]), next.time);
          // Whoever stopped it wants to hear of nothing more.
          if (!this.#isStopped()) onGlance(glance);
          const wanted = this.#takeWanted();
          if (wanted) await face.follow(wanted);
        }
      });
    } finally {
      frames.close();
    }
  }

  /** From the next glance on the person nearest to this point is followed; pixels of the picture. */
  follow(x: number, y: number): void {
    this.#wanted = { x, y };
  }

  stop(): void {
    this.#stopped = true;
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  #takeWanted(): { x: number; y: number } | null {
    const wanted = this.#wanted;
    this.#wanted = null;
    return wanted;
  }
}
