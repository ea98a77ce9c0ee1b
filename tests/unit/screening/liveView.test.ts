import { afterEach, describe, expect, it } from 'vitest';
import type { LiveFrames, TimedImage } from '../../../src/capture/frame.ts';
import type { Glance, LiveOptions, PoseFace } from '../../../src/pose/poseFace.ts';
import { WorkerBridge } from '../../../src/screening/bridge.ts';
import { LiveView } from '../../../src/screening/liveView.ts';
import { FakeWorker } from './fakeWorker.ts';

const OPTIONS: LiveOptions = { model: 'lite', base: 'https://localhost/', outlines: false };

class FakePose {
  started: LiveOptions[] = [];
  times: number[] = [];
  followed: unknown[] = [];
  broken = false;

  startLive(options: LiveOptions): void {
    this.started.push(options);
  }

  look(_: unknown, time: number): Glance {
    if (this.broken) throw Object.assign(new Error('The pose model failed.'), { code: 'frame-failed' });
    this.times.push(time);
    return { frame: { time, people: 0, keypoints: null }, found: [], picture: { width: 4, height: 3 }, light: 0.5 };
  }

  follow(point: unknown): void {
    this.followed.push(point);
  }
}

/** So many pictures, then the end. */
class FakeFrames implements LiveFrames {
  closed = false;
  #at = 0;
  constructor(private readonly count: number) {}

  async next(): Promise<TimedImage | null> {
    // An ArrayBuffer can be handed over like a VideoFrame, which Node doesn't have.
    if (this.#at === this.count) return null;
    return { image: new ArrayBuffer(1) as unknown as VideoFrame, time: this.#at++ / 30 };
  }

  close(): void {
    this.closed = true;
  }
}

/** A camera that gives one picture and then nothing, until it is closed. */
class HangingFrames implements LiveFrames {
  #given = false;
  #waiting: ((image: null) => void) | null = null;

  next(): Promise<TimedImage | null> {
    if (this.#given) return new Promise((resolve) => (this.#waiting = resolve));
    this.#given = true;
    return Promise.resolve({ image: new ArrayBuffer(1) as unknown as VideoFrame, time: 0 });
  }

  close(): void {
    this.#waiting?.(null);
  }
}

let bridge: WorkerBridge<PoseFace, void>;
function viewOf(pose: FakePose): LiveView {
  bridge = new WorkerBridge<PoseFace, void>({
    name: 'pose',
    start: () => new FakeWorker(pose),
    setUp: () => Promise.resolve(),
    graceMs: 0,
    idleMs: 60_000,
    silenceMs: 60_000,
  });
  return new LiveView(bridge, OPTIONS);
}
afterEach(() => bridge.close());

describe('a camera that is watched', () => {
  it('gives a glance for every picture, in order, and leaves the worker free', async () => {
    const pose = new FakePose();
    const view = viewOf(pose);
    const frames = new FakeFrames(5);
    const seen: number[] = [];
    await view.run(frames, ({ frame }) => seen.push(frame.time));
    expect(seen).toEqual(pose.times);
    expect(seen).toHaveLength(5);
    expect(frames.closed).toBe(true);
    expect(pose.started).toEqual([OPTIONS]);
    await expect(bridge.run(() => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('stops when told, without another glance, and runs again afterwards', async () => {
    const pose = new FakePose();
    const view = viewOf(pose);
    const seen: number[] = [];
    await view.run(new FakeFrames(1000), () => {
      seen.push(1);
      if (seen.length === 3) view.stop();
    });
    expect(seen).toHaveLength(3);
    await view.run(new FakeFrames(2), () => seen.push(2));
    expect(seen).toHaveLength(5);
  });

  it('stops while it waits for a picture that never comes, and leaves the worker free', async () => {
    const view = viewOf(new FakePose());
    const running = view.run(new HangingFrames(), () => setTimeout(() => view.stop(), 5));
    await running;
    await expect(bridge.run(() => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('ends with the frames’ error', async () => {
    const frames = new FakeFrames(3);
    frames.next = () => Promise.reject(Object.assign(new Error('No picture.'), { code: 'camera-lost' }));
    await expect(viewOf(new FakePose()).run(frames, () => undefined)).rejects.toMatchObject({ code: 'camera-lost' });
    expect(frames.closed).toBe(true);
  });

  it('ends with the listener’s error, when the worker has looked at the picture on its way', async () => {
    const pose = new FakePose();
    const broken = () => {
      throw new Error('listener');
    };
    await expect(viewOf(pose).run(new FakeFrames(9), broken)).rejects.toThrow('listener');
    expect(pose.times.length).toBeLessThanOrEqual(2);
    await expect(bridge.run(() => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('tells the worker whom to follow', async () => {
    const pose = new FakePose();
    const view = viewOf(pose);
    await view.run(new FakeFrames(3), ({ frame }) => {
      if (frame.time === 0) view.follow(12, 34);
    });
    expect(pose.followed).toEqual([{ x: 12, y: 34 }]);
  });

  it('ends with the worker’s error, and closes the frames', async () => {
    const pose = new FakePose();
    pose.broken = true;
    const frames = new FakeFrames(3);
    await expect(viewOf(pose).run(frames, () => undefined)).rejects.toMatchObject({ code: 'frame-failed' });
    expect(frames.closed).toBe(true);
  });
});
