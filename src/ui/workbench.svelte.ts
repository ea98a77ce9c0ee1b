/**
 * The clips on the bench, screened one after another: two at once would only take the processor from each other. A clip that
 * fails says why and makes way for the next.
 */
import type { PoseFrame } from '../gait/sequence.ts';
import type { Progress } from '../screening/screening.ts';
import type { Screener } from '../screening/screener.ts';
import type { Announcer } from './announcer.svelte.ts';
import { Clip } from './clip.svelte.ts';
import { problemOf } from './problem.ts';
import { reasonOf } from './reason.ts';
import { words } from './words.ts';

export class Workbench {
  clips = $state<Clip[]>([]);
  /** The clip whose panel is shown. */
  selected = $state.raw<Clip | null>(null);
  readonly announcer: Announcer;
  readonly #screener: Screener;
  #running = false;

  constructor(screener: Screener, announcer: Announcer) {
    this.#screener = screener;
    this.announcer = announcer;
  }

  /** Whether a clip is under way. */
  get busy(): boolean {
    return this.clips.some(({ state }) => state === 'running');
  }

  /** One clip is shown as it goes; of several, the table is what one watches. */
  add(files: readonly File[]): void {
    this.#put(files.map((file) => new Clip(file)));
  }

  addSample(): void {
    this.#put([new Clip(null)]);
  }

  select(id: number): Clip | null {
    this.selected = this.clips.find((clip) => clip.id === id) ?? null;
    return this.selected;
  }

  cancel(clip: Clip): void {
    clip.cancel();
    this.announcer.say(words.joins.named(clip.name, words.queue.cancelled));
  }

  cancelAll(): void {
    for (const clip of this.clips) clip.cancel();
    this.announcer.say(words.queue.cancelled);
  }

  again(clip: Clip): void {
    clip.reset();
    void this.#run();
  }

  /** Computes a clip's result without some of its frames; where that fails, the result before stays. */
  async exclude(clip: Clip, excluded: ReadonlySet<number>): Promise<void> {
    const { result } = clip;
    if (!result) return;
    try {
      const again = await this.#screener.screenAgain(result, excluded, { signal: clip.abort.signal });
      clip.finish(again);
      this.announcer.say(words.result.says(clip.name, words.outcomes[again.outcome].name, reasonOf(again)));
    } catch (error) {
      if (!clip.abort.signal.aborted) this.announcer.say(problemOf(error));
    }
  }

  remove(clip: Clip): void {
    clip.cancel();
    this.clips = this.clips.filter((other) => other !== clip);
    if (this.selected === clip) this.selected = null;
  }

  clear(): void {
    for (const clip of [...this.clips]) this.remove(clip);
  }

  #put(clips: Clip[]): void {
    this.clips = [...this.clips, ...clips];
    this.selected = clips.length === 1 ? (clips[0] ?? null) : null;
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let clip = this.#next(); clip; clip = this.#next()) await this.#screen(clip);
    } finally {
      this.#running = false;
    }
  }

  #next(): Clip | undefined {
    return this.clips.find((clip) => clip.state === 'waiting');
  }

  async #screen(clip: Clip): Promise<void> {
    clip.state = 'running';
    const { abort } = clip;
    const milestones = new Milestones(clip.name, this.announcer);
    const options = {
      signal: abort.signal,
      onProgress: (progress: Progress) => {
        if (abort.signal.aborted) return;
        clip.progress = progress;
        milestones.pass(progress.share);
      },
      onFrame: (frame: PoseFrame) => {
        clip.live = frame;
      },
    };
    try {
      const result = await (clip.file ? this.#screener.screen(clip.file, options) : this.#screener.screenSample(options));
      if (abort.signal.aborted) return;
      clip.finish(result);
      this.announcer.say(words.result.says(clip.name, words.outcomes[result.outcome].name, reasonOf(result)));
    } catch (error) {
      // A cancelled clip says so already, and may even be at work again.
      if (abort.signal.aborted) return;
      clip.fail(() => problemOf(error));
      this.announcer.say(words.joins.named(clip.name, problemOf(error)));
    }
  }
}

/** Tells a screen reader of every quarter, not of every frame. */
class Milestones {
  #said = 0;

  constructor(
    private readonly name: string,
    private readonly announcer: Announcer,
  ) {}

  pass(share: number): void {
    const quarter = Math.floor(share * 4);
    if (quarter <= this.#said || quarter >= 4) return;
    this.#said = quarter;
    this.announcer.say(words.progress.says(this.name, quarter / 4));
  }
}
