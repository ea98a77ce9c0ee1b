/** One clip on its way through: what the person gave, how far it is, and what came of it. */
import type { PoseFrame } from '../gait/sequence.ts';
import type { Progress, Screening } from '../screening/screening.ts';
import type { Sentence } from './problem.ts';
import { words } from './words.ts';

/** What a result shows of the clip it came from: its name, and the video where there is one. */
export interface ReplayedClip {
  readonly id: number;
  readonly name: string;
  readonly file: File | null;
}

export type ClipState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

let lastId = 0;

export class Clip implements ReplayedClip {
  readonly id = ++lastId;
  state = $state<ClipState>('waiting');
  progress = $state.raw<Progress | null>(null);
  /** The last frame looked at, while the clip is under way. */
  live = $state.raw<PoseFrame | null>(null);
  result = $state.raw<Screening | null>(null);
  /** What went wrong and what to do. */
  problem = $state.raw<Sentence | null>(null);
  abort = new AbortController();

  /** A video file, or null for the built-in sample walk. */
  constructor(readonly file: File | null) {}

  get name(): string {
    return this.file?.name ?? words.queue.sampleName;
  }

  get over(): boolean {
    return this.state === 'done' || this.state === 'failed' || this.state === 'cancelled';
  }

  /** Back to the start, to be screened once more. */
  reset(): void {
    this.abort = new AbortController();
    this.state = 'waiting';
    this.progress = null;
    this.live = null;
    this.result = null;
    this.problem = null;
  }

  finish(result: Screening): void {
    this.result = result;
    this.state = 'done';
  }

  fail(problem: Sentence): void {
    this.problem = problem;
    this.state = 'failed';
  }

  /** Shown as cancelled at once; the worker that was at it is ended by the signal. */
  cancel(): void {
    if (this.over) return;
    this.state = 'cancelled';
    this.progress = null;
    this.abort.abort();
  }
}
