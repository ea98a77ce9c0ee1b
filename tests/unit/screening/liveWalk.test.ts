import { describe, expect, it, vi } from 'vitest';
import type { LiveState } from '../../../src/gait/live.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { LiveWalk, type LiveWalkOptions } from '../../../src/screening/liveWalk.ts';
import type { PoseSource, WatchEnd } from '../../../src/screening/poseSource.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { body, PICTURE, walk, type WalkOptions } from '../quality/syntheticWalk.ts';

/** A pipeline that keeps what it is given. */
class FakeScreening {
  frames: PoseFrame[] = [];
  end: WatchEnd | null = null;
  readonly abort = new AbortController();
  readonly screen = vi.fn(async (source: PoseSource): Promise<Screening> => {
    const frames = async (batch: readonly PoseFrame[]) => void this.frames.push(...batch);
    this.end = await source.watch({ opened: () => undefined, frames }, this.abort.signal);
    return { duration: this.end.duration } as Screening;
  });
}

function start(options: Partial<LiveWalkOptions> = {}) {
  const screening = new FakeScreening();
  const states: LiveState[] = [];
  const live = new LiveWalk({
    poseModel: 'lite',
    framesPerSecond: 15,
    wanted: 60,
    needsOutline: false,
    screen: screening.screen,
    onState: (state) => states.push(state),
    ...options,
  });
  const film = (frames: readonly PoseFrame[], picture = PICTURE) => {
    for (const frame of frames) live.see({ frame, found: [], picture, light: 0.5 });
  };
  return { live, screening, states, film };
}

const filmed = (from: number, options: WalkOptions): PoseFrame[] =>
  walk({ framesPerSecond: 30, ...options }).map((frame) => ({ ...frame, time: frame.time + from }));

describe('a walk in front of a camera', () => {
  it('is screened from its first step on, at the cadence of the network, while it goes on', async () => {
    const { live, screening, states, film } = start();
    film(filmed(0, { seconds: 2, strides: 0 }));
    expect(screening.screen).not.toHaveBeenCalled();
    film(filmed(2, { seconds: 3 }));
    expect(screening.screen).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(screening.frames.length).toBeGreaterThan(20));
    expect(screening.end).toBeNull();
    film(filmed(5, { seconds: 4 }));
    const { duration } = await live.result;
    expect(screening.frames).toHaveLength(60);
    expect(duration).toBeCloseTo(4, 1);
    const gaps = screening.frames.slice(1).map(({ time }, index) => time - screening.frames[index]!.time);
    for (const gap of gaps) expect(gap).toBeCloseTo(1 / 15, 6);
    expect(states.at(-1)).toMatchObject({ phase: 'ended', end: 'enough', usable: 60 });
  });

  it('begins and ends by hand, and is screened even where nothing of it can be used', async () => {
    const { live, screening, film } = start();
    film(filmed(0, { seconds: 1, pose: () => null }));
    live.begin();
    film(filmed(1, { seconds: 1, pose: () => null }));
    live.finish();
    await live.result;
    expect(screening.frames).toEqual([]);
    expect(screening.end).toMatchObject({ duration: 0 });
  });

  it('does not end what hasn’t begun', () => {
    const { live, screening, film, states } = start();
    live.finish();
    film(filmed(0, { seconds: 1, strides: 0 }));
    live.finish();
    expect(states.at(-1)?.phase).toBe('ready');
    expect(screening.screen).not.toHaveBeenCalled();
  });

  it('is refused with a sentence where pictures stopped coming in its middle', async () => {
    const { live, film } = start();
    film(filmed(0, { seconds: 3 }));
    film(filmed(6, { seconds: 1 }));
    await expect(live.result).rejects.toMatchObject({ code: 'camera-interrupted', message: expect.stringMatching(/3\.\d s/) });
  });

  it('takes a pause before it begins for nothing', () => {
    const { film, states } = start();
    film(filmed(0, { seconds: 1, strides: 0 }));
    film(filmed(60, { seconds: 1, strides: 0 }));
    expect(states.at(-1)?.phase).toBe('ready');
  });

  it('ends with the error of a camera that is gone, before and during the walk', async () => {
    for (const seconds of [0.5, 3]) {
      const { live, screening, film } = start();
      film(filmed(0, { seconds }));
      live.fail(new Error('gone'));
      await expect(live.result).rejects.toThrow('gone');
      film(filmed(seconds, { seconds: 1 }));
      expect(screening.end).toBeNull();
    }
  });

  it('ends where the camera is turned in its middle, with what there was', async () => {
    const { live, screening, film } = start();
    film(filmed(0, { seconds: 3 }));
    film(filmed(3, { seconds: 1, pose: () => body() }), { width: PICTURE.height, height: PICTURE.width });
    await live.result;
    expect(screening.frames.at(-1)!.time).toBeLessThan(3);
  });
});
