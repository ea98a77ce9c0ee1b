/**
 * Picks the frames a classifier sees: at most 15 a second, by their true times, whatever the camera's rate. Networks were trained on
 * walks at 15 frames a second; a walk at 30 would be another walk to them, and assuming a rate fails on clips whose rate varies.
 */

/** Frames a second that ScoNet is fed with. */
export const CLASSIFIER_RATE = 15;

/** The most frames of one walk that are used: OpenGait's limit. */
export const MAX_FRAMES = 720;

/** A frame may come early by this share of the period: timestamps are rounded, and the clocks of cameras jitter. */
const EARLY = 0.1;

export class CadencePicker {
  private readonly period: number;
  /** When the next frame is wanted; on a grid that starts at the first frame. */
  private due = -Infinity;
  private last = -Infinity;
  private count = 0;

  constructor(
    framesPerSecond: number = CLASSIFIER_RATE,
    private readonly maxFrames: number = MAX_FRAMES,
  ) {
    if (!(framesPerSecond > 0)) throw new RangeError(`A cadence of ${framesPerSecond} frames a second can't be kept.`);
    this.period = 1 / framesPerSecond;
  }

  /** How many frames were taken. */
  get taken(): number {
    return this.count;
  }

  /** Whether the limit is reached: no later frame will be taken. */
  get full(): boolean {
    return this.count >= this.maxFrames;
  }

  /**
   * Whether to take the frame at `time`, seconds, frames coming in the order of time. The grid is kept while frames come late by less
   * than a period, so that 24 frames a second still give 15; after a hole it starts anew, so that nothing is made up for in a rush.
   */
  take(time: number): boolean {
    if (this.full || !(time > this.last) || !(time >= this.due - EARLY * this.period)) return false;
    const behind = time - this.due;
    this.due = behind < this.period ? this.due + this.period : time + this.period;
    this.last = time;
    this.count++;
    return true;
  }
}
