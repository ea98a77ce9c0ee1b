import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CameraFrames, type PlayingVideo } from '../../../src/capture/camera/cameraFrames.ts';

let open = 0;
class FakeVideoFrame {
  constructor(
    _: unknown,
    readonly options: { timestamp: number },
  ) {
    open += 1;
  }
  close(): void {
    open -= 1;
  }
}

/** A video that shows a picture when told. */
class FakeVideo {
  #callback: VideoFrameRequestCallback | null = null;
  requestVideoFrameCallback = (callback: VideoFrameRequestCallback) => {
    this.#callback = callback;
    return 1;
  };
  cancelVideoFrameCallback = () => (this.#callback = null);
  show = (captureTime: number) => this.#callback?.(captureTime, { captureTime } as VideoFrameCallbackMetadata);
}

let shown = true;
let video: FakeVideo;
let frames: CameraFrames;
let start = 0;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('VideoFrame', FakeVideoFrame);
  shown = true;
  video = new FakeVideo();
  start = performance.now();
  frames = new CameraFrames(video as unknown as PlayingVideo, () => shown);
});

afterEach(() => {
  frames.close();
  expect(open).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function take(): Promise<number | null> {
  const next = await frames.next();
  next?.image.close();
  return next && next.time;
}

describe('the pictures of a camera', () => {
  it('come with the time they were taken at, the newest first, and none twice', async () => {
    video.show(start + 100);
    video.show(start + 200);
    expect(await take()).toBeCloseTo(0.2);
    const waiting = take();
    video.show(start + 300);
    expect(await waiting).toBeCloseTo(0.3);
  });

  it('end when they are closed, for somebody who waits as well', async () => {
    const waiting = take();
    frames.close();
    expect(await waiting).toBeNull();
    expect(await take()).toBeNull();
  });

  it('say that the camera is lost where none comes for five seconds', async () => {
    const waiting = take();
    const ends = expect(waiting).rejects.toMatchObject({ code: 'camera-lost', message: /gives no picture/ });
    await vi.advanceTimersByTimeAsync(5_000);
    await ends;
    video.show(start + 6_000);
    expect(await take()).toBeCloseTo(6);
  });

  it('may pause for less, and as long as nobody sees the page', async () => {
    const first = take();
    await vi.advanceTimersByTimeAsync(4_900);
    video.show(start + 4_900);
    expect(await first).toBeCloseTo(4.9);
    const second = take();
    shown = false;
    await vi.advanceTimersByTimeAsync(60_000);
    shown = true;
    await vi.advanceTimersByTimeAsync(2_000);
    video.show(start + 66_900);
    expect(await second).toBeCloseTo(66.9);
  });
});
