/**
 * The replay's clock and cursor. With a video the video is the clock; without one (the sample, or a file this browser can't play)
 * time is counted here. What is shown is always one sampled frame, the nearest in time: poses are never invented in between.
 */
import { untrack } from 'svelte';
import type { FrameVerdict } from '../gait/quality.ts';
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import { nearestFrame } from './replay/nearestFrame.ts';

/** A seek to exactly a frame's time may land on the frame before it. */
const INTO_FRAME = 0.002;

/** What a walk has to have to be played: a screening, or what was kept of one. */
export interface PlayedWalk {
  picture: PictureSize;
  frames: readonly PoseFrame[];
  /** One for each of `frames`. */
  verdicts: readonly FrameVerdict[];
}

export class Player {
  readonly frames: readonly PoseFrame[];
  index = $state(0);
  playing = $state(false);
  rate = $state(1);
  readonly #end: number;
  /** For each sampled frame, its place among the usable ones, or −1. */
  readonly #mapOf: Int32Array;
  #video: HTMLVideoElement | null = null;
  #request = 0;
  #time: number;
  #lastTick = 0;

  constructor({ frames, verdicts }: PlayedWalk) {
    this.frames = frames;
    // The first frame that was used shows more than an empty corridor does.
    this.index = Math.max(
      verdicts.findIndex(({ usable }) => usable),
      0,
    );
    this.#time = frames[this.index]?.time ?? 0;
    this.#end = frames.at(-1)?.time ?? 0;
    let maps = 0;
    this.#mapOf = Int32Array.from(verdicts, ({ usable }) => (usable ? maps++ : -1));
  }

  /** Which of the result's maps belongs to the frame; null where the frame was left out. */
  get map(): number | null {
    const map = this.#mapOf[this.index] ?? -1;
    return map < 0 ? null : map;
  }

  /** An attachment: makes this video the clock for as long as it is on the page. */
  readonly video = (video: HTMLVideoElement): (() => void) => {
    this.#video = video;
    untrack(() => this.show(this.index));
    return () => {
      this.#video = null;
    };
  };

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.frames.length < 2) return;
    if (this.index >= this.frames.length - 1) this.show(0);
    this.playing = true;
    this.#lastTick = performance.now();
    if (this.#video) {
      this.#video.playbackRate = this.rate;
      // Refused where a browser plays nothing without being asked twice; the cursor stays where it is.
      this.#video.play().catch(() => this.pause());
    }
    this.#request = requestAnimationFrame(this.#tick);
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.#request);
    this.#video?.pause();
    this.show(this.index);
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.#video) this.#video.playbackRate = rate;
  }

  /** Goes to a frame by its number, and stays there. */
  goTo(index: number): void {
    if (this.playing) this.pause();
    this.show(index);
  }

  step(by: number): void {
    this.goTo(this.index + by);
  }

  /** Ends what runs; called when the replay leaves the page. */
  dispose(): void {
    this.playing = false;
    cancelAnimationFrame(this.#request);
  }

  show(index: number): void {
    this.index = Math.min(Math.max(index, 0), Math.max(this.frames.length - 1, 0));
    this.#time = this.frames[this.index]?.time ?? 0;
    if (this.#video) this.#video.currentTime = this.#time + INTO_FRAME;
  }

  readonly #tick = (now: number): void => {
    this.#time = this.#video ? this.#video.currentTime : this.#time + ((now - this.#lastTick) / 1000) * this.rate;
    this.#lastTick = now;
    this.index = nearestFrame(this.frames, this.#time);
    if (this.#time >= this.#end || this.#video?.ended) this.pause();
    else this.#request = requestAnimationFrame(this.#tick);
  };
}
