/** A session in front of a camera: the place once, then one person after another, with one to three walks each. */
import type { LiveState } from '../../gait/live.ts';
import { combineWalks } from '../../screening/combine.ts';
import type { LiveWalk } from '../../screening/liveWalk.ts';
import type { Glance } from '../../screening/liveView.ts';
import type { Screening } from '../../screening/screening.ts';
import type { Screener } from '../../screening/screener.ts';
import type { Announcer } from '../announcer.svelte.ts';
import { CameraView } from '../camera/cameraView.svelte.ts';
import { problemOf } from '../problem.ts';
import { words } from '../words.ts';
import { emptyPerson, type Person } from './person.ts';
import { Speaker } from './speaker.svelte.ts';
import { TestWalk } from './testWalk.ts';

export type SessionStep = 'place' | 'person' | 'walk' | 'result';

/** More than three walks of one person tire the person and change little. */
export const MOST_WALKS = 3;

export class Session {
  step = $state<SessionStep>('place');
  person = $state<Person>(emptyPerson());
  /** The walks of this person that were screened, the latest last. */
  walks = $state.raw<Screening[]>([]);
  /** How the walk under way goes; null where there is none. */
  live = $state.raw<LiveState | null>(null);
  /** How the test walk goes, and what the last one gave. */
  test = $state.raw<{ state: LiveState | null; usable: number | null }>({ state: null, usable: null });
  /** A walk has ended and its result isn't there yet. */
  judging = $state(false);
  /** Why the latest walk came to no result, in a sentence. */
  problem = $state<string | null>(null);
  readonly view: CameraView;
  readonly speaker = new Speaker();
  readonly #screener: Screener;
  readonly #announcer: Announcer;
  #walk: LiveWalk | null = null;
  readonly #test = new TestWalk();

  readonly result = $derived(combineWalks(this.walks));

  constructor(screener: Screener, announcer: Announcer) {
    this.#screener = screener;
    this.#announcer = announcer;
    this.view = new CameraView(screener);
    this.view.onGlance = (glance) => this.#see(glance);
    this.view.onFailure = (error) => this.#walk?.fail(error);
  }

  /** Goes to a step, with the camera on where it is needed and off where it isn't. */
  async go(step: SessionStep): Promise<void> {
    this.#cancelWalk();
    this.step = step;
    this.problem = null;
    const needsCamera = step === 'place' || step === 'walk';
    if (!needsCamera) this.view.stop();
    else if (this.view.status === 'off') await this.view.start(this.view.lastId);
    if (step === 'walk' && this.step === step) await this.#startWalk();
  }

  /** Leaves the page: nothing goes on unseen. */
  leave(): void {
    this.#cancelWalk();
    this.view.stop();
  }

  nextPerson(): Promise<void> {
    this.person = emptyPerson();
    this.walks = [];
    return this.go('person');
  }

  /** Computes a walk's result without some of its frames; where that fails, the result before stays. */
  async exclude(walk: Screening, excluded: ReadonlySet<number>): Promise<void> {
    try {
      const again = await this.#screener.screenAgain(walk, excluded);
      this.walks = this.walks.map((each) => (each === walk ? again : each));
      this.#announcer.say(words.outcomes[again.outcome].name);
    } catch (error) {
      this.#announcer.say(problemOf(error));
    }
  }

  begin(): void {
    this.#walk?.begin();
  }

  finish(): void {
    this.#walk?.finish();
  }

  #see(glance: Glance): void {
    if (this.step === 'place') {
      this.#test.see(glance);
      this.test = { state: this.#test.state, usable: this.#test.usable };
    } else {
      this.#walk?.see(glance);
    }
  }

  async #startWalk(): Promise<void> {
    const walk = await this.#screener.liveWalk({ onState: (state) => this.#follow(state, walk) });
    this.#walk = walk;
    try {
      const screening = await walk.result;
      if (this.#walk !== walk) return;
      this.walks = [...this.walks, screening];
      this.#announcer.say(words.outcomes[screening.outcome].name);
      await this.go('result');
    } catch (error) {
      if (this.#walk !== walk) return;
      this.problem = problemOf(error);
      this.#announcer.say(this.problem);
    } finally {
      this.judging = false;
    }
  }

  #follow(state: LiveState, walk: LiveWalk): void {
    if (this.#walk !== walk) return;
    this.live = state;
    this.judging = state.phase === 'ended';
    this.speaker.say(spoken(state));
  }

  #cancelWalk(): void {
    const walk = this.#walk;
    this.#walk = null;
    this.live = null;
    this.judging = false;
    walk?.fail(new DOMException('The walk was cancelled.', 'AbortError'));
  }
}

/** What to tell the person at this moment. */
export function spoken({ phase, advice }: LiveState): string {
  if (phase === 'ended') return words.session.walk.ended;
  if (phase === 'walking') return words.session.walk.walking;
  return phase === 'ready' ? words.session.walk.ready : words.liveAdvice[advice];
}
