/**
 * Follows a walk while it is filmed: when it begins, which frames belong to it, when it has ended, and what to tell the person meanwhile.
 * Frames come at the cadence of the network. Nothing here looks at a picture or at a clock: the same frames give the same walk.
 *
 * A walk begins with the second step of somebody who can be used, and the frames from just before the first one belong to it. It ends when
 * enough frames are in, when the person has left or come too near, or when they stand still.
 */
import type { FrameVerdict } from '../quality.ts';
import { ankleSample, stepTimes } from '../quality/steps.ts';
import type { PictureSize, PoseFrame } from '../sequence.ts';
import { adviceFor, type Advice } from './advice.ts';

export type WalkPhase =
  /** Something stands in the way; the advice says what. */
  | 'waiting'
  /** The person can be used, and may walk. */
  | 'ready'
  | 'walking'
  | 'ended';

/** Why a walk ended: enough frames, the person left or came too near, stood still, or somebody ended it. */
export type WalkEnd = 'enough' | 'left' | 'stood-still' | 'by-hand';

export interface LiveState {
  phase: WalkPhase;
  advice: Advice;
  end: WalkEnd | null;
  /** Usable frames of the walk so far, and how many are wanted. */
  usable: number;
  wanted: number;
}

export interface WatchedFrame {
  frame: PoseFrame;
  verdict: FrameVerdict;
}

export interface WalkWatcherOptions {
  picture: PictureSize;
  /** Usable frames after which a walk is enough. */
  wanted: number;
}

/** Advice stands for at least this long, so that it can be read. Seconds. */
const ADVICE_STANDS = 0.8;
/** Somebody unusable for so long has left, or come too near. Seconds. */
const LEFT_AFTER = 1.5;
/** Somebody without a step for so long stands still. Seconds. */
const STILL_AFTER = 3;
/** Steps that make a walk, and the time they may take: the slowest of walks has 1.2 steps a second. */
const STEPS_TO_BEGIN = 2;
const BEGIN_WITHIN = 2;
/** How long before its first step a walk begins: the foot that goes first lifts off. Seconds. */
const BEFORE_FIRST_STEP = 0.5;

export class WalkWatcher {
  readonly #picture: PictureSize;
  readonly #wanted: number;
  /** While waiting: the last seconds, as a walk may have begun in them. */
  #recent: WatchedFrame[] = [];
  /** While walking: unusable frames at the end, which are part of the walk only if usable ones follow. */
  #held: WatchedFrame[] = [];
  readonly #walked: WatchedFrame[] = [];
  #phase: WalkPhase = 'waiting';
  #end: WalkEnd | null = null;
  #usable = 0;
  #lastUsable = -Infinity;
  #advice: { advice: Advice; since: number } | null = null;

  constructor({ picture, wanted }: WalkWatcherOptions) {
    this.#picture = picture;
    this.#wanted = wanted;
  }

  get state(): LiveState {
    const { advice = 'come-into-view' } = this.#advice ?? {};
    return { phase: this.#phase, advice, end: this.#end, usable: this.#usable, wanted: this.#wanted };
  }

  /**
   * Takes the next frame, in the order of time, and gives those that have turned out to belong to the walk: none before it begins, then
   * those from its beginning on. `light` is the picture's mean brightness, 0 to 1.
   */
  add(frame: PoseFrame, verdict: FrameVerdict, light: number | null = null): WatchedFrame[] {
    if (this.#phase === 'ended') return [];
    this.#advise(adviceFor({ frame, verdict, picture: this.#picture, light }), frame.time);
    const watched = { frame, verdict };
    return this.#phase === 'walking' ? this.#follow(watched) : this.#lookForSteps(watched);
  }

  /** Begins the walk with the next frame, whatever it shows. */
  begin(): void {
    if (this.#phase === 'ended' || this.#phase === 'walking') return;
    this.#phase = 'walking';
    this.#recent = [];
  }

  /** Ends the walk now. */
  finish(): void {
    if (this.#phase !== 'ended') this.#endWith('by-hand');
  }

  #lookForSteps(watched: WatchedFrame): WatchedFrame[] {
    const { time } = watched.frame;
    this.#recent = [...this.#recent, watched].filter(({ frame }) => frame.time > time - BEGIN_WITHIN - BEFORE_FIRST_STEP);
    this.#phase = watched.verdict.usable ? 'ready' : 'waiting';
    if (!watched.verdict.usable) return [];
    const steps = stepsOf(this.#recent).filter((step) => step > time - BEGIN_WITHIN);
    const first = steps.at(-STEPS_TO_BEGIN);
    if (first === undefined) return [];
    this.#phase = 'walking';
    const walk = this.#recent.filter(({ frame }) => frame.time >= first - BEFORE_FIRST_STEP);
    this.#recent = [];
    return walk.flatMap((each) => this.#follow(each));
  }

  #follow(watched: WatchedFrame): WatchedFrame[] {
    if (this.#phase === 'ended') return [];
    const { time } = watched.frame;
    this.#held.push(watched);
    if (!watched.verdict.usable) {
      if (this.#usable > 0 && time - this.#lastUsable > LEFT_AFTER) this.#endWith('left');
      return [];
    }
    this.#usable += 1;
    this.#lastUsable = time;
    const belonging = this.#held;
    this.#held = [];
    this.#walked.push(...belonging);
    if (this.#usable >= this.#wanted) this.#endWith('enough');
    else if (this.#standsStill(time)) this.#endWith('stood-still');
    return belonging;
  }

  #standsStill(time: number): boolean {
    const start = this.#walked[0]?.frame.time ?? time;
    if (time - start < STILL_AFTER) return false;
    const since = this.#walked.filter(({ frame }) => frame.time > time - STILL_AFTER);
    return stepsOf(since).length === 0;
  }

  #endWith(end: WalkEnd): void {
    this.#phase = 'ended';
    this.#end = end;
    this.#recent = [];
    this.#held = [];
  }

  /** A new piece of advice waits until the one before it has stood long enough. */
  #advise(advice: Advice, time: number): void {
    if (this.#advice && (this.#advice.advice === advice || time - this.#advice.since < ADVICE_STANDS)) return;
    this.#advice = { advice, since: time };
  }
}

function stepsOf(watched: readonly WatchedFrame[]): number[] {
  return stepTimes(
    watched.flatMap(({ frame, verdict }) => (frame.keypoints && verdict.usable ? ankleSample(frame.time, frame.keypoints) : [])),
  );
}
