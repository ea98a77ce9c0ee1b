/**
 * Time left, from what both workers have done so far. They work side by side, so what is left is the longer of the two.
 */
import type { Progress } from './screening.ts';

export interface ProgressStart {
  /** What the network is expected to need a frame before it has been measured on this walk. Milliseconds. */
  networkFrameMs: number;
  /** A clock in milliseconds. */
  now?: () => number;
}

export class ProgressMeter {
  readonly #now: () => number;
  readonly #started: number;
  #expected = 0;
  #frameMs: number;
  #sampled = 0;
  #usable = 0;
  #classified = 0;
  /** When the first frames came, and how many: what was before them is starting up, and says nothing of the pace. */
  #first: { at: number; sampled: number } | null = null;
  #paceMs: number | null = null;
  #watching = true;
  #share = 0;

  constructor({ networkFrameMs, now = () => performance.now() }: ProgressStart) {
    this.#now = now;
    this.#started = now();
    this.#frameMs = networkFrameMs;
  }

  /** The clip is open, and this many frames of it will be looked at, as far as is known. */
  expect(frames: number): void {
    this.#expected = frames;
  }

  /** Frames looked at so far, and how many of them the network will see. */
  watched(sampled: number, usable: number): void {
    this.#sampled = sampled;
    this.#usable = usable;
    const now = this.#now();
    this.#first ??= { at: now, sampled };
    if (sampled > this.#first.sampled) this.#paceMs = (now - this.#first.at) / (sampled - this.#first.sampled);
    this.#expected = Math.max(this.#expected, sampled);
  }

  /** The last frame has been looked at; `toClassify` frames go through the network in all. */
  watchedAll(toClassify: number): void {
    this.#watching = false;
    this.#usable = toClassify;
  }

  /** Frames the network has done, and the time it worked on them. */
  classified(frames: number, workMs: number): void {
    this.#classified = frames;
    if (frames > 0) this.#frameMs = workMs / frames;
  }

  report(): Progress {
    const elapsed = this.#now() - this.#started;
    const leftMs = this.#left();
    if (leftMs !== null) this.#share = Math.max(this.#share, elapsed / (elapsed + leftMs || 1));
    return {
      stage: this.#watching ? 'watching' : 'classifying',
      share: Math.min(this.#share, 1),
      secondsLeft: leftMs === null ? null : leftMs / 1000,
      sampled: this.#sampled,
    };
  }

  #left(): number | null {
    if (!this.#watching) return Math.max(0, this.#usable - this.#classified) * this.#frameMs;
    if (this.#paceMs === null) return null;
    const watchLeft = Math.max(0, this.#expected - this.#sampled) * this.#paceMs;
    const toClassify = this.#expected * (this.#usable / this.#sampled);
    return Math.max(watchLeft, Math.max(0, toClassify - this.#classified) * this.#frameMs);
  }
}
