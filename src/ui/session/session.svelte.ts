/** A session in front of a camera: the place once, then one person after another, with one to three walks each, kept as one visit. */
import { WalkRecorder } from '../../capture/camera/walkRecorder.ts';
import type { LiveState } from '../../gait/live.ts';
import type { Place, Visit } from '../../records/records.ts';
import { combineWalks } from '../../screening/combine.ts';
import type { LiveWalk } from '../../screening/liveWalk.ts';
import type { Glance } from '../../screening/liveView.ts';
import type { Screening } from '../../screening/screening.ts';
import type { Screener } from '../../screening/screener.ts';
import { accuracyOf } from '../../screening/thresholds.ts';
import type { Announcer } from '../announcer.svelte.ts';
import { CameraView } from '../camera/cameraView.svelte.ts';
import type { Device } from '../device.svelte.ts';
import { momentOf, now } from '../moment.ts';
import { problemOf } from '../problem.ts';
import type { Records } from '../records/records.svelte.ts';
import { framesByHand } from '../replay/byHand.ts';
import { words } from '../words.ts';
import { Keeper } from './keeper.svelte.ts';
import { emptyPerson, type Person } from './person.ts';
import { Speaker } from './speaker.svelte.ts';
import { TestWalk } from './testWalk.ts';
import { recordingsOf, visitOf, type SessionWalk, type VisitFacts } from './visitOf.ts';

export type SessionStep = 'place' | 'person' | 'walk' | 'result';

/** More than three walks of one person tire the person and change little. */
export const MOST_WALKS = 3;

/** What a session needs of the page around it. */
export interface SessionSurroundings {
  device: Device;
  records: Records;
  announcer: Announcer;
  /** Which first-run note stands (`firstRun/firstRun.ts`). */
  notice: string;
}

/** What is known of a visit from its first walk on. */
type Beginning = Pick<VisitFacts, 'started' | 'consented' | 'consentText'>;

export class Session {
  step = $state<SessionStep>('place');
  person = $state<Person>(emptyPerson());
  /** The walks of this person that were screened, the latest last. */
  walks = $state.raw<SessionWalk[]>([]);
  /** How the walk under way goes; null where there is none. */
  live = $state.raw<LiveState | null>(null);
  /** How the test walk goes, and what the last one gave. */
  test = $state.raw<{ state: LiveState | null; usable: number | null }>({ state: null, usable: null });
  /** A walk has ended and its result isn't there yet. */
  judging = $state(false);
  /** Why the latest walk came to no result. */
  problem = $state.raw<unknown>(null);
  /** The visit as it was last handed over to be kept; null before a walk of this person was screened. */
  visit = $state.raw<Visit | null>(null);
  /** Where the walks are recorded; null until a place was set up. */
  place = $state.raw<Place | null>(null);
  readonly view: CameraView;
  readonly speaker = new Speaker();
  readonly keeper: Keeper;
  readonly records: Records;
  readonly #screener: Screener;
  readonly #device: Device;
  readonly #announcer: Announcer;
  readonly #notice: string;
  #walk: LiveWalk | null = null;
  #recorder: WalkRecorder | null = null;
  /** Of this person's visit. */
  #about = newVisit();
  /** Counts walks begun and cancelled: what comes of an earlier one is none of this one's business. */
  #turn = 0;
  readonly #test = new TestWalk();

  readonly result = $derived(combineWalks(this.walks.map(({ screening }) => screening)));
  constructor({ device, records, announcer, notice }: SessionSurroundings) {
    this.#device = device;
    this.#screener = device.screener;
    this.#announcer = announcer;
    this.#notice = notice;
    this.records = records;
    this.keeper = new Keeper(records);
    this.view = new CameraView(device.screener);
    this.view.onGlance = (glance) => this.#see(glance);
    this.view.onFailure = (error) => this.#walk?.fail(error);
  }

  /** The page is shown. A place that was set up before needs no second time; a step that needs the camera waits until it is asked for. */
  async enter(): Promise<void> {
    if (this.step === 'walk') await this.go('person');
    // Without storage there is nothing to remember, and the first step is where it begins.
    await this.records.ready;
    const [latest] = this.records.settings.places;
    if (this.place || !latest || this.step !== 'place' || this.view.status !== 'off') return;
    this.#remember(latest);
    this.speaker.on = this.records.settings.spokenAdvice;
    await this.go('person');
  }

  /** The place is right, under this name: it is remembered with its camera, and the next session begins there. */
  async settlePlace(name: string): Promise<void> {
    const camera = this.view.camera?.choice ?? null;
    const place = { name, camera, checked: momentOf(now()) };
    this.#remember(place);
    await this.go('person');
    const others = this.records.settings.places.filter((other) => other.name !== name);
    // Where nothing can be kept, the place holds for this session.
    await this.records.change({ places: [place, ...others] }).catch(() => undefined);
  }

  /** A person is before the camera, or something of one is still to be kept: no moment to change the app. */
  get busy(): boolean {
    return this.live !== null || this.judging || this.walks.length > 0 || this.keeper.unkept.size > 0;
  }

  /** Goes to a step, with the camera on where it is needed and off where it isn't. */
  async go(step: SessionStep): Promise<void> {
    this.#cancelWalk();
    const turn = this.#turn;
    this.step = step;
    this.problem = null;
    const needsCamera = step === 'place' || step === 'walk';
    if (!needsCamera) this.view.stop();
    else if (this.view.status === 'off' || this.view.resting) await this.view.start(this.view.lastId);
    if (step === 'walk' && turn === this.#turn) await this.#startWalk(turn);
  }

  /** Leaves the page: nothing goes on unseen. */
  leave(): void {
    this.#cancelWalk();
    this.view.stop();
  }

  nextPerson(): Promise<void> {
    this.person = emptyPerson();
    this.#nextVisit();
    return this.go('person');
  }

  /** Computes a walk's result without some of its frames; where that fails, the result before stays. */
  async exclude({ id, screening }: SessionWalk, excluded: ReadonlySet<number>): Promise<void> {
    try {
      const again = await this.#screener.screenAgain(screening, excluded);
      const replaced = this.walks.map((walk) => (walk.id === id ? { ...walk, screening: again } : walk));
      const alike = await this.#alike(replaced, again);
      const judged = (of: string) => alike.find((walk) => walk.id === of)?.screening;
      // A recording may have come meanwhile, and the next person too.
      this.walks = this.walks.map((walk) => ({ ...walk, screening: judged(walk.id) ?? walk.screening }));
      this.#announcer.say(words.outcomes[again.outcome].name);
      this.#keep();
    } catch (error) {
      this.#announcer.say(problemOf(error));
    }
  }

  /** Whether advice is said aloud; remembered where anything is. */
  speak(on: boolean): void {
    this.speaker.on = on;
    this.records.change({ spokenAdvice: on }).catch(() => undefined);
  }

  /** What was agreed to do next goes into the visit. */
  setFollowUp(followUp: Visit['followUp']): void {
    this.#about.followUp = followUp;
    this.#keep();
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

  /** The walks so far belong to another person, and are kept. */
  #nextVisit(): void {
    this.walks = [];
    this.visit = null;
    this.#about = newVisit();
  }

  #remember(place: Place): void {
    this.place = place;
    this.view.lastId = place.camera?.id ?? this.view.lastId;
  }

  async #startWalk(turn: number): Promise<void> {
    if (this.visit && this.visit.participant.code !== this.person.code.trim()) this.#nextVisit();
    if (this.walks.length === 0) this.#about.begun = this.#agreed();
    try {
      const walk = await this.#screener.liveWalk({ onState: (state) => turn === this.#turn && this.#follow(state) });
      if (turn !== this.#turn) return;
      this.#walk = walk;
      this.#recorder = this.#recorderFor();
      const screening = await walk.result;
      const before = await this.#alike(this.walks, screening);
      if (turn === this.#turn) await this.#add(screening, before);
    } catch (error) {
      if (turn !== this.#turn) return;
      void this.#recorder?.stop();
      this.#recorder = null;
      this.judging = false;
      this.problem = error;
      this.#announcer.say(problemOf(error));
    }
  }

  /** Who lets the first walk begin has agreed, to the words on the page at this moment. */
  #agreed(): Beginning {
    const started = momentOf(now());
    const consentText = this.records.settings.consentText ?? words.session.person.consentText;
    return { started, consented: started, consentText };
  }

  /** Walks judged by one model and walks judged by another can't be combined: those from before it was changed are judged anew. */
  #alike(walks: readonly SessionWalk[], { model }: Screening): Promise<SessionWalk[]> {
    const judge = async (walk: SessionWalk): Promise<SessionWalk> => {
      const { screening } = walk;
      if (screening.model.sha256 === model.sha256) return walk;
      return { ...walk, screening: await this.#screener.screenAgain(screening, framesByHand(screening.verdicts)) };
    };
    return Promise.all(walks.map(judge));
  }

  #follow(state: LiveState): void {
    this.live = state;
    this.judging = state.phase === 'ended';
    // The result is waited for, and the pose model would take half of the processor from it.
    if (this.judging) this.view.rest();
    this.speaker.say(spoken(state));
    if (state.phase === 'walking') this.#recorder?.record();
  }

  /** null where the site keeps no recordings, and where this browser or this camera can't be recorded: the walk is screened all the same. */
  #recorderFor(): WalkRecorder | null {
    try {
      const { camera } = this.view;
      return camera && this.records.settings.keepVideo ? new WalkRecorder(camera.stream) : null;
    } catch {
      return null;
    }
  }

  async #add(screening: Screening, before: readonly SessionWalk[]): Promise<void> {
    const recorder = this.#recorder;
    this.#recorder = null;
    // Stopped before the camera goes off, and waited for after the result is shown.
    const recording = recorder?.stop() ?? null;
    const walk: SessionWalk = { id: crypto.randomUUID(), recorded: momentOf(now()), screening, recording: null };
    this.walks = [...before, walk];
    this.#announcer.say(words.outcomes[screening.outcome].name);
    await this.go('result');
    // At once: the next person may come while the recording ends.
    this.#keep();
    const kept = await recording;
    if (!kept || !this.walks.some(({ id }) => id === walk.id)) return;
    this.walks = this.walks.map((each) => (each.id === walk.id ? { ...each, recording: kept } : each));
    this.#keep();
  }

  /** Hands the visit over to be kept, as it stands now. */
  #keep(): void {
    const { id, begun, followUp } = this.#about;
    if (this.walks.length === 0 || !begun) return;
    const { settings } = this.records;
    const { state } = this.#device;
    this.visit = visitOf(this.walks, this.result, {
      id,
      ...begun,
      followUp,
      person: this.person,
      place: this.place?.name ?? '',
      notice: this.#notice,
      prevalence: settings.prevalence,
      accuracy: state.status === 'ready' ? accuracyOf(state.manifest) : null,
    });
    void this.keeper.keep(this.visit, recordingsOf(this.walks));
  }

  #cancelWalk(): void {
    const walk = this.#walk;
    this.#turn += 1;
    this.#walk = null;
    this.live = null;
    this.judging = false;
    void this.#recorder?.stop();
    this.#recorder = null;
    walk?.fail(new DOMException('The walk was cancelled.', 'AbortError'));
  }
}

/** Before its first walk. */
function newVisit(): { id: string; begun: Beginning | null; followUp: Visit['followUp'] } {
  return { id: crypto.randomUUID(), begun: null, followUp: null };
}

/** What to tell the person at this moment. */
export function spoken({ phase, advice }: LiveState): string {
  if (phase === 'ended') return words.session.walk.ended;
  if (phase === 'walking') return words.session.walk.walking;
  return phase === 'ready' ? words.session.walk.ready : words.liveAdvice[advice];
}
