import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TimedFrame } from '../../../src/capture/frame.ts';
import { VideoFile, type ReadingEnd, type SamplingOptions } from '../../../src/capture/videoFile.ts';
import {
  madeUpSound,
  madeUpVideo,
  openSamples,
  PACKET_BYTES,
  pretendToBeABrowser,
  steady,
  type MadeUpVideo,
} from './madeUpVideo.ts';

const USUAL: SamplingOptions = { framesPerSecond: 15, maxFrames: 720 };

interface Reading {
  video: VideoFile;
  times: number[];
  sizes: string[];
  end: ReadingEnd;
}

/** Reads a video to its end, closing its frames as a receiver should. */
async function read(
  file: Blob,
  sampling: SamplingOptions = USUAL,
  onFrame: (frame: TimedFrame) => void = () => {},
): Promise<Reading> {
  const video = await VideoFile.open(file, sampling.signal);
  try {
    const frames = video.frames(sampling);
    const times: number[] = [];
    const sizes: string[] = [];
    let next = await frames.next();
    for (; !next.done; next = await frames.next()) {
      times.push(next.value.time);
      sizes.push(`${next.value.canvas.width}x${next.value.canvas.height}`);
      onFrame(next.value);
      next.value.close();
    }
    return { video, times, sizes, end: next.value };
  } finally {
    video.close();
  }
}

const readMadeUp = async (options: MadeUpVideo, sampling?: SamplingOptions) => read(await madeUpVideo(options), sampling);
const cut = async (options: MadeUpVideo, frames: number): Promise<Blob> => {
  const whole = await madeUpVideo(options);
  const missing = (options.times.length - frames) * PACKET_BYTES;
  return whole.slice(0, whole.size - missing);
};
const round = (values: number[]) => values.map((value) => Math.round(value * 1000) / 1000);

beforeAll(pretendToBeABrowser);
afterAll(() => void vi.unstubAllGlobals());
afterEach(() => {
  expect(openSamples()).toBe(0);
});

describe('reading a video', () => {
  it('takes 15 frames a second of 30, at their own times', async () => {
    const { times, end, video } = await readMadeUp({ times: steady(30, 2) });
    expect(times).toHaveLength(30);
    expect(round(times.slice(0, 3))).toEqual([0, 0.067, 0.133]);
    expect(end.truncated).toBe(false);
    expect(end.readUntil).toBeCloseTo(2);
    expect(video.duration).toBeCloseTo(2);
    expect(video.codec).toBe('vp8');
  });

  it('takes every frame of a slow video', async () => {
    expect((await readMadeUp({ times: steady(8, 2), lastFor: 1 / 8 })).times).toHaveLength(16);
  });

  it('makes nothing up in a hole', async () => {
    const holed = steady(30, 4).filter((time) => time < 1 || time >= 3);
    const { times, end } = await readMadeUp({ times: holed });
    expect(times).toHaveLength(30);
    expect(times.some((time) => time >= 1 && time < 3)).toBe(false);
    expect(end).toMatchObject({ truncated: false });
  });

  it('counts time from the first frame', async () => {
    const { times, video } = await readMadeUp({ times: steady(15, 2, 5), container: 'webm' });
    expect(times[0]).toBe(0);
    expect(video.duration).toBeCloseTo(2, 1);
  });

  it('stops at the most frames that are wanted, and does not call that truncated', async () => {
    const { times, end } = await readMadeUp({ times: steady(30, 4) }, { framesPerSecond: 15, maxFrames: 20 });
    expect(times).toHaveLength(20);
    expect(end.truncated).toBe(false);
    expect(end.readUntil).toBeLessThan(1.5);
  });

  it('scales large pictures down and leaves small ones', async () => {
    expect(new Set((await readMadeUp({ times: steady(15, 1), size: { width: 1280, height: 720 } })).sizes)).toEqual(
      new Set(['640x360']),
    );
    expect(new Set((await readMadeUp({ times: steady(15, 1) })).sizes)).toEqual(new Set(['64x36']));
  });

  it('turns a picture upright before measuring it', async () => {
    const { video, sizes } = await readMadeUp({ times: steady(15, 1), size: { width: 1280, height: 720 }, rotation: 90 });
    expect(video.picture).toEqual({ width: 720, height: 1280 });
    expect(sizes[0]).toBe('360x640');
  });

  it('uses few canvases however long the clip', async () => {
    const canvases = new Set<OffscreenCanvas>();
    await read(await madeUpVideo({ times: steady(30, 5) }), USUAL, ({ canvas }) => canvases.add(canvas));
    expect(canvases.size).toBe(1);
  });

  it('reads the container of a file with its index last, and of a WebM', async () => {
    expect((await readMadeUp({ times: steady(15, 2), container: 'mp4-index-last' })).times).toHaveLength(30);
    expect((await readMadeUp({ times: steady(15, 2), container: 'webm' })).times).toHaveLength(30);
  });

  it('closes what was decoded when its reader stops early', async () => {
    const video = await VideoFile.open(await madeUpVideo({ times: steady(30, 4) }));
    const frames = video.frames(USUAL);
    expect((await frames.next()).done).toBe(false);
    await frames.return({ readUntil: 0, truncated: false });
    video.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe('a video that breaks off', () => {
  it('is read as far as it goes, and says so', async () => {
    const { times, end, video } = await read(await cut({ times: steady(30, 4) }, 60));
    expect(times).toHaveLength(30);
    expect(end.truncated).toBe(true);
    expect(end.readUntil).toBeCloseTo(2, 1);
    expect(video.duration).toBeCloseTo(4);
  });

  it('is damaged when less than a second is left, and the sentence says how much', async () => {
    const reading = read(await cut({ times: steady(30, 4) }, 12));
    await expect(reading).rejects.toMatchObject({ name: 'CaptureError', code: 'damaged' });
    await expect(reading).rejects.toThrow('Only 0.4 s of 4.0 s could be read');
  });

  it('is damaged when its index is missing', async () => {
    const whole = await madeUpVideo({ times: steady(30, 4), container: 'mp4-index-last' });
    await expect(read(whole.slice(0, Math.floor(whole.size / 2)))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('ends where the decoder gives up', async () => {
    const { end } = await readMadeUp({ times: steady(30, 4), broken: 75 });
    expect(end.truncated).toBe(true);
    // A few frames before it may be lost in the decoder's queue.
    expect(end.readUntil).toBeGreaterThan(2);
    expect(end.readUntil).toBeLessThanOrEqual(2.5);
  });

  it('is damaged where the decoder gives up at once, and keeps the cause', async () => {
    const failure: unknown = await readMadeUp({ times: steady(30, 4), broken: 0 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'damaged' });
    expect(((failure as Error).cause as Error).message).toContain('broken packet');
  });
});

describe('what is no video to screen', () => {
  it('an empty file', async () => {
    await expect(VideoFile.open(new Blob([]))).rejects.toMatchObject({ code: 'empty-file' });
  });

  it('garbage', async () => {
    const garbage = new Uint8Array(5000).map((_, index) => (index * 7919) % 251);
    await expect(VideoFile.open(new Blob([garbage]))).rejects.toMatchObject({ code: 'not-a-video' });
  });

  it('a picture, called what it is', async () => {
    const jpeg = new Uint8Array(5000);
    jpeg.set([0xff, 0xd8, 0xff, 0xe0]);
    await expect(VideoFile.open(new Blob([jpeg]))).rejects.toThrow('This file is a picture');
  });

  it('sound alone', async () => {
    await expect(VideoFile.open(await madeUpSound())).rejects.toMatchObject({ code: 'no-video-track' });
  });

  it('a clip under a second', async () => {
    const opening = VideoFile.open(await madeUpVideo({ times: steady(30, 0.5) }));
    await expect(opening).rejects.toMatchObject({ code: 'too-short' });
    await expect(opening).rejects.toThrow('0.5 s');
  });

  it('HEVC without a decoder: says what to do on the phone', async () => {
    const opening = VideoFile.open(await madeUpVideo({ times: steady(30, 2), codec: 'hevc' }));
    await expect(opening).rejects.toMatchObject({ code: 'codec-unsupported' });
    await expect(opening).rejects.toThrow('Most Compatible');
  });

  it('another codec without a decoder: names it', async () => {
    await expect(VideoFile.open(await madeUpVideo({ times: steady(30, 2), codec: 'vp9' }))).rejects.toThrow('VP9');
  });

  it('a file that went away', async () => {
    class Gone extends Blob {
      override slice(): Blob {
        throw new DOMException('The file could not be read.', 'NotReadableError');
      }
    }
    await expect(VideoFile.open(new Gone(['some bytes']))).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('any video where there is no WebCodecs', async () => {
    vi.stubGlobal('VideoDecoder', undefined);
    try {
      await expect(VideoFile.open(new Blob(['some bytes']))).rejects.toMatchObject({ code: 'browser-unsupported' });
    } finally {
      pretendToBeABrowser();
    }
  });
});

describe('calling it off', () => {
  it('does not open', async () => {
    await expect(VideoFile.open(await madeUpVideo({ times: steady(30, 2) }), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('stops in the middle, with the reason, and leaves nothing open', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let frames = 0;
    const reading = read(await madeUpVideo({ times: steady(30, 4) }), { ...USUAL, signal: stop.signal }, () => {
      frames += 1;
      if (frames === 5) stop.abort(reason);
    });
    await expect(reading).rejects.toBe(reason);
    expect(frames).toBe(5);
  });
});
