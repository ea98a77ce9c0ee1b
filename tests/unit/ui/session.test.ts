import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveState } from '../../../src/gait/live.ts';
import type { LiveWalk } from '../../../src/screening/liveWalk.ts';
import type { LiveScreenOptions, Screener } from '../../../src/screening/screener.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { Announcer } from '../../../src/ui/announcer.svelte.ts';
import type { Device as ScreeningDevice } from '../../../src/ui/device.svelte.ts';
import { Records } from '../../../src/ui/records/records.svelte.ts';
import { Session } from '../../../src/ui/session/session.svelte.ts';
import { speak } from '../../../src/ui/words/language.ts';
import { words } from '../../../src/ui/words.ts';
import { Device } from '../records/device.ts';
import { NOTHING_FOUND, screening } from './screenings.ts';

const WALKING: LiveState = { phase: 'walking', advice: 'walk', end: null, usable: 1, wanted: 150 };
const ENDED: LiveState = { phase: 'ended', advice: 'walk', end: 'enough', usable: 150, wanted: 150 };

/** A walk whose result comes when the test says so. One that has ended can't be cancelled any more. */
class FakeWalk {
  resolve!: (result: Screening) => void;
  readonly result: Promise<Screening>;
  readonly #onState: (state: LiveState) => void;
  #reject!: (error: Error) => void;
  #ended = false;

  constructor(onState: (state: LiveState) => void) {
    this.#onState = onState;
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.#reject = reject;
    });
    this.result.catch(() => undefined);
  }

  tell(state: LiveState): void {
    this.#ended = state.phase === 'ended';
    this.#onState(state);
  }

  fail(error: Error): void {
    if (!this.#ended) this.#reject(error);
  }
}

class FakeScreener {
  readonly walks: FakeWalk[] = [];
  readonly screenAgain = vi.fn<(of: Screening, excluded: ReadonlySet<number>) => Promise<Screening>>();
  liveWalk = vi.fn(({ onState }: LiveScreenOptions): Promise<LiveWalk> => {
    const walk = new FakeWalk(onState);
    this.walks.push(walk);
    return Promise.resolve(walk as unknown as LiveWalk);
  });
}

/** A recorder whose recording comes when the test says so. */
class FakeRecorder {
  static last: FakeRecorder;
  static isTypeSupported = () => true;
  readonly mimeType = 'video/mp4';
  state = 'inactive';
  ondataavailable!: (event: { data: Blob }) => void;
  onstop!: () => void;
  constructor() {
    FakeRecorder.last = this;
  }
  start = () => (this.state = 'recording');
  pause = () => (this.state = 'paused');
  resume = () => (this.state = 'recording');
  stop = () => (this.state = 'inactive');
  give(): void {
    this.ondataavailable({ data: new Blob(['film']) });
    this.onstop();
  }
}

const track = { addEventListener: () => {}, stop: () => {}, label: 'Webcam', getSettings: () => ({ deviceId: 'one' }) };
const mediaDevices = {
  getUserMedia: vi.fn(() => Promise.resolve({ getVideoTracks: () => [track], getTracks: () => [track] })),
  enumerateDevices: () => Promise.resolve([{ kind: 'videoinput', deviceId: 'one', label: 'Webcam' }]),
};

let storage: Device;
let screener: FakeScreener;

beforeEach(() => {
  storage = new Device();
  screener = new FakeScreener();
  vi.stubGlobal('navigator', { mediaDevices });
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal('reportError', vi.fn());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  speak(() => 'en');
});

async function open(): Promise<Session> {
  const records = new Records(() => storage.open());
  await records.ready;
  const device = { screener: screener as unknown as Screener, state: { status: 'new' } } as unknown as ScreeningDevice;
  return new Session({ device, records, announcer: new Announcer(), notice: 'abc' });
}

async function before(code = 'S-014'): Promise<Session> {
  const session = await open();
  session.person.code = code;
  return session;
}

/** Goes before the camera, and gives the walk once there is one. */
async function begin(session: Session): Promise<FakeWalk> {
  const count = screener.walks.length;
  void session.go('walk');
  await vi.waitFor(() => expect(screener.walks).toHaveLength(count + 1));
  return screener.walks[count]!;
}

async function walkOnce(session: Session, result = screening()): Promise<void> {
  const count = session.walks.length;
  (await begin(session)).resolve(result);
  await vi.waitFor(() => expect(session.walks).toHaveLength(count + 1));
}

async function kept(session: Session) {
  const handedOver = () => [session.visit?.walks.length, session.keeper.unkept.size];
  await vi.waitFor(() => expect(handedOver()).toEqual([session.walks.length, 0]));
  return (await session.records.store()).read(session.visit!.id);
}

describe('a place', () => {
  test('is set up once: the next session begins with the person, in the same place and with its camera', async () => {
    const session = await open();
    await session.enter();
    expect(session.step).toBe('place');
    await session.go('place');
    await session.settlePlace('Gym');
    expect([session.step, session.view.status]).toEqual(['person', 'off']);
    const next = await open();
    await next.enter();
    expect(next.step).toBe('person');
    expect(next.place).toMatchObject({ name: 'Gym', camera: { id: 'one', label: 'Webcam' } });
    expect(next.view.lastId).toBe('one');
  });

  test('that was set up last comes first, once each', async () => {
    const session = await open();
    for (const name of ['Gym', 'Hall', 'Gym']) await session.settlePlace(name);
    expect(session.records.settings.places.map(({ name }) => name)).toEqual(['Gym', 'Hall']);
  });

  test('holds for the session where nothing can be kept', async () => {
    storage.factory.open = () => {
      throw new DOMException('No.', 'SecurityError');
    };
    const session = await open();
    await session.settlePlace('Gym');
    expect([session.step, session.place?.name]).toEqual(['person', 'Gym']);
  });
});

describe('a walk', () => {
  test('is handed over as a visit that says when it began, and with what consent', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T08:00:00Z') });
    const session = await before();
    await session.settlePlace('Gym');
    vi.setSystemTime(new Date('2026-03-03T09:30:00Z'));
    const walk = await begin(session);
    // Whatever the page says afterwards is not what was agreed to.
    const agreed = words.session.person.consentText;
    speak(() => 'zh-CN');
    walk.resolve(screening());
    const visit = await kept(session);
    expect(visit).toMatchObject({ participant: { code: 'S-014' }, place: 'Gym', notice: 'abc', result: { outcome: 'refer' } });
    expect(new Date(visit.started).toISOString()).toMatch(/^2026-03-03T09:30:0/);
    expect(visit.consent).toMatchObject({ text: agreed, given: visit.started });
    expect([session.step, session.view.status]).toEqual(['result', 'off']);
  });

  test('after another one goes into the same visit, which takes both together', async () => {
    const session = await before();
    await walkOnce(session);
    const { id } = await kept(session);
    await walkOnce(session, screening(NOTHING_FOUND));
    const visit = await kept(session);
    expect(visit.id).toBe(id);
    expect(visit.walks.map(({ outcome }) => outcome)).toEqual(['refer', 'none-found']);
    expect(visit.result.walks).toBe(2);
  });

  test('after another model was taken has the walks before judged by it too', async () => {
    const session = await before();
    const model = { ...screening().model, sha256: 'cd'.repeat(32) };
    const byHand = { usable: false, reason: 'by-hand' } as const;
    const former = screening();
    former.verdicts[3] = byHand;
    await walkOnce(session, former);
    screener.screenAgain.mockResolvedValueOnce(screening({ ...NOTHING_FOUND, model }));
    await walkOnce(session, screening({ model }));
    expect(screener.screenAgain).toHaveBeenCalledExactlyOnceWith(former, new Set([3]));
    expect((await kept(session)).walks.map(({ provenance }) => provenance.model.sha256)).toEqual([model.sha256, model.sha256]);
  });

  test('that fails says why, and adds nothing', async () => {
    const session = await before();
    const gone = Object.assign(new Error('The camera is gone.'), { code: 'camera-lost' });
    (await begin(session)).fail(gone);
    await vi.waitFor(() => expect(session.problem).toBe(gone));
    expect([session.step, session.walks, session.visit]).toEqual(['walk', [], null]);
  });

  test('that there is no model for says why', async () => {
    const session = await before();
    const missing = new Error('No model.');
    screener.liveWalk.mockRejectedValueOnce(missing);
    await session.go('walk');
    expect(session.problem).toBe(missing);
  });

  test('that was left before it came to a result comes to nothing', async () => {
    const session = await before();
    const walk = await begin(session);
    walk.tell(ENDED);
    expect(session.judging).toBe(true);
    session.leave();
    walk.resolve(screening());
    walk.tell(WALKING);
    await walk.result;
    await new Promise((resolve) => setTimeout(resolve));
    expect([session.live, session.judging, session.walks]).toEqual([null, false, []]);
    expect(session.busy).toBe(false);
  });

  test('is recorded where the site keeps recordings, and the visit doesn’t wait for it', async () => {
    const session = await before();
    await session.records.change({ keepVideo: true });
    const walk = await begin(session);
    await vi.waitFor(() => expect(FakeRecorder.last.state).toBe('recording'));
    walk.tell(WALKING);
    walk.resolve(screening());
    const [{ id, video } = { id: '', video: true }] = (await kept(session)).walks;
    expect(video).toBe(false);
    const { id: visit } = session.visit!;
    FakeRecorder.last.give();
    const store = await session.records.store();
    await vi.waitFor(async () => expect(await (await store.recording(visit, id))?.text()).toBe('film'));
  });
});

describe('a person', () => {
  test('who comes next begins a new visit, even while the recording of the one before is still to come', async () => {
    const session = await before();
    await session.records.change({ keepVideo: true });
    await walkOnce(session);
    await session.nextPerson();
    FakeRecorder.last.give();
    expect([session.step, session.person.code, session.walks, session.visit]).toEqual(['person', '', [], null]);
    session.person.code = 'S-015';
    await walkOnce(session);
    await kept(session);
    const { found } = await (await session.records.store()).list();
    expect(found.map(({ code }) => code).sort()).toEqual(['S-014', 'S-015']);
  });

  test('of another code, entered after a walk, begins anew, and the walks before it stay with the code they were walked under', async () => {
    const session = await before();
    await walkOnce(session);
    const { id } = await kept(session);
    await session.go('person');
    session.person.code = 'S-015';
    (await begin(session)).resolve(screening());
    await vi.waitFor(() => expect(session.visit?.participant.code).toBe('S-015'));
    await kept(session);
    expect(session.walks).toHaveLength(1);
    expect(session.visit?.id).not.toBe(id);
    const { found } = await (await session.records.store()).list();
    expect(found.map(({ code, walks }) => `${code}: ${walks}`).sort()).toEqual(['S-014: 1', 'S-015: 1']);
  });

  test('keeps the app from changing, from the first step until everything is kept', async () => {
    const session = await before();
    expect(session.busy).toBe(false);
    const save = vi.spyOn(session.records, 'save').mockRejectedValue(new Error('No room.'));
    const walk = await begin(session);
    walk.tell(WALKING);
    expect(session.busy).toBe(true);
    walk.resolve(screening());
    await vi.waitFor(() => expect(session.keeper.problem).not.toBeNull());
    await session.nextPerson();
    expect(session.busy).toBe(true);
    save.mockRestore();
    await session.keeper.again();
    expect(session.busy).toBe(false);
  });
});

describe('a visit that was handed over', () => {
  test('is kept again without the frames that were left out', async () => {
    const session = await before();
    await walkOnce(session);
    const { id } = await kept(session);
    screener.screenAgain.mockResolvedValueOnce(screening(NOTHING_FOUND));
    const [walk] = session.walks;
    await session.exclude(walk!, new Set([1, 2]));
    expect(screener.screenAgain).toHaveBeenCalledExactlyOnceWith(walk!.screening, new Set([1, 2]));
    expect(await kept(session)).toMatchObject({ id, walks: [{ id: walk!.id }], result: { outcome: 'none-found' } });
  });

  test('stays as it was where that fails', async () => {
    const session = await before();
    await walkOnce(session);
    screener.screenAgain.mockRejectedValueOnce(Object.assign(new Error('The network is gone.'), { code: 'worker-crashed' }));
    await session.exclude(session.walks[0]!, new Set([1]));
    expect(session.result.outcome).toBe('refer');
  });

  test('is kept again with what was agreed to do next', async () => {
    const session = await before();
    const followUp = { due: '2026-04-01', done: null, note: 'Call' };
    await walkOnce(session);
    session.setFollowUp(followUp);
    await vi.waitFor(async () => expect((await kept(session)).followUp).toEqual(followUp));
  });
});
