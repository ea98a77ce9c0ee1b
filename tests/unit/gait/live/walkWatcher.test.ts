import { describe, expect, it } from 'vitest';
import { WalkWatcher, type LiveState } from '../../../../src/gait/live.ts';
import { judgeFrame } from '../../../../src/gait/quality.ts';
import type { PoseFrame } from '../../../../src/gait/sequence.ts';
import { body, PICTURE, walk, type WalkOptions } from '../../quality/syntheticWalk.ts';

const RATE = 15;

interface Watched {
  states: LiveState[];
  /** The times of the frames that belong to the walk, in the order in which they were given. */
  times: number[];
}

function watch(frames: readonly PoseFrame[], wanted = 150, watcher = new WalkWatcher({ picture: PICTURE, wanted })): Watched {
  const watched: Watched = { states: [], times: [] };
  for (const frame of frames) {
    watched.times.push(...watcher.add(frame, judgeFrame(frame, PICTURE)).map((each) => each.frame.time));
    watched.states.push(watcher.state);
  }
  return watched;
}

/** Stretches of film one after the other, each from 0 s. */
function film(...stretches: WalkOptions[]): PoseFrame[] {
  let start = 0;
  return stretches.flatMap((stretch) => {
    const frames = walk(stretch).map((frame) => ({ ...frame, time: frame.time + start }));
    start += stretch.seconds ?? 6;
    return frames;
  });
}

const nobody = (seconds: number): WalkOptions => ({ seconds, pose: () => null });
const standing = (seconds: number): WalkOptions => ({ seconds, strides: 0 });
const walking = (seconds: number): WalkOptions => ({ seconds });
/** So near that the feet are below the picture. */
const tooNear = (seconds: number): WalkOptions => ({
  seconds,
  pose: (_time, _index, usual) => body({ ...usual, at: { x: 360, y: 1050 } }),
});

const last = ({ states }: Watched): LiveState => states.at(-1)!;

describe('a walk that is watched', () => {
  it('waits for a person, is ready when one stands there, and begins when they walk', () => {
    const { states } = watch(film(nobody(2), standing(2), walking(4)));
    const phaseAt = (seconds: number) => states[Math.round(seconds * RATE)]?.phase;
    expect(phaseAt(1)).toBe('waiting');
    expect(phaseAt(3)).toBe('ready');
    expect(phaseAt(6)).toBe('walking');
  });

  it('gives the frames from just before the first step, in order and each once', () => {
    const { times } = watch(film(nobody(2), standing(2), walking(4)));
    // The first step is at 4 s and a little; nothing from when they still stood a second before it.
    expect(times[0]).toBeGreaterThan(3);
    expect(times[0]).toBeLessThan(4.5);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times.at(-1)).toBeCloseTo(8 - 1 / RATE, 6);
  });

  it('does not begin for somebody who stands, however long', () => {
    const watched = watch(film(standing(20)));
    expect(last(watched).phase).toBe('ready');
    expect(watched.times).toEqual([]);
  });

  it('does not begin for somebody who walks away or past', () => {
    for (const turned of [180, 90]) {
      const watched = watch(film({ seconds: 6, pose: (_time, _index, usual) => body({ ...usual, turned }) }));
      expect(last(watched)).toMatchObject({ phase: 'waiting', advice: 'face-the-camera' });
    }
  });

  it('ends when enough frames are in, to the frame', () => {
    const watched = watch(film(standing(1), walking(12)), 60);
    expect(last(watched)).toMatchObject({ phase: 'ended', end: 'enough', usable: 60 });
    expect(watched.times).toHaveLength(60);
  });

  it('ends when the person has come too near, without the frames that were cut off', () => {
    const watched = watch(film(walking(4), tooNear(3)));
    expect(last(watched)).toMatchObject({ phase: 'ended', end: 'left' });
    expect(watched.times.at(-1)).toBeLessThan(4);
  });

  it('goes over a short gap, and keeps its frames', () => {
    const watched = watch(film(walking(3), tooNear(0.8), walking(3)));
    expect(last(watched).phase).toBe('walking');
    expect(watched.times.filter((time) => time > 3.05 && time < 3.75)).not.toEqual([]);
  });

  it('ends when the person stands still', () => {
    const watched = watch(film(walking(4), standing(6)));
    expect(last(watched)).toMatchObject({ phase: 'ended', end: 'stood-still' });
    expect(watched.times.at(-1)).toBeLessThan(8);
  });

  it('begins and ends by hand', () => {
    const watcher = new WalkWatcher({ picture: PICTURE, wanted: 150 });
    watcher.begin();
    expect(watch(walk(standing(1)), 150, watcher).times).toHaveLength(15);
    watcher.finish();
    expect(watcher.state).toMatchObject({ phase: 'ended', end: 'by-hand', usable: 15 });
    expect(watcher.add(walk()[0]!, { usable: true, reason: null })).toEqual([]);
  });
});

describe('advice', () => {
  const adviceOn = (pose: WalkOptions['pose'], light: number | null = null, people = 1) => {
    const watcher = new WalkWatcher({ picture: PICTURE, wanted: 150 });
    const frame = walk({ seconds: 1, ...(pose && { pose }), people: () => people })[0]!;
    watcher.add(frame, judgeFrame(frame, PICTURE), light);
    return watcher.state.advice;
  };

  it.each([
    ['come-into-view', () => null],
    ['come-closer', (_time: number, _index: number, usual: object) => body({ ...usual, torso: 60 })],
    ['whole-feet', (_time: number, _index: number, usual: object) => body({ ...usual, at: { x: 360, y: 1050 } })],
    ['whole-head', (_time: number, _index: number, usual: object) => body({ ...usual, at: { x: 360, y: 250 } })],
    ['to-the-middle', (_time: number, _index: number, usual: object) => body({ ...usual, at: { x: 20, y: 620 } })],
    ['step-back', (_time: number, _index: number, usual: object) => body({ ...usual, torso: 420, at: { x: 360, y: 700 } })],
    ['face-the-camera', (_time: number, _index: number, usual: object) => body({ ...usual, turned: 180 })],
    ['clear-background', (_time: number, _index: number, usual: object) => body({ ...usual, confidence: 0.3 })],
    ['walk', (_time: number, _index: number, usual: object) => body(usual)],
  ] as const)('says %s where that is what is missing', (advice, pose) => {
    expect(adviceOn(pose)).toBe(advice);
  });

  it('says what is wrong with the light before anything else', () => {
    expect(adviceOn(() => null, 0.005)).toBe('uncover');
    expect(adviceOn(() => null, 0.08)).toBe('more-light');
    expect(adviceOn((_time, _index, usual) => body(usual), 0.08)).toBe('walk');
  });

  it('asks for one person', () => {
    expect(adviceOn(undefined, null, 2)).toBe('one-person');
  });

  it('stands long enough to be read', () => {
    const flickering = walk({ seconds: 4, pose: (_time, index, usual) => (index % 2 === 0 ? body(usual) : null) });
    const changes = watch(flickering).states.filter(({ advice }, index, all) => index > 0 && all[index - 1]?.advice !== advice);
    expect(changes.length).toBeLessThanOrEqual(5);
  });
});
