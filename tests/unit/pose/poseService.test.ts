import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TimedFrame } from '../../../src/capture/frame.ts';
import { VideoFile } from '../../../src/capture/videoFile.ts';
import { Landmarker, type Detection } from '../../../src/pose/landmarker.ts';
import type { Landmark } from '../../../src/pose/landmarks.ts';
import type { ExtractOptions, PoseBatch } from '../../../src/pose/poseFace.ts';
import { PoseService } from '../../../src/pose/poseService.ts';

// The engine and the decoder run in browsers only; what is tested here is what happens between them.
vi.mock('../../../src/pose/landmarker.ts', () => ({ Landmarker: { create: vi.fn() } }));
vi.mock('../../../src/capture/videoFile.ts', () => ({ VideoFile: { open: vi.fn() } }));

const OPTIONS: ExtractOptions = {
  model: 'lite',
  base: 'https://localhost/',
  framesPerSecond: 15,
  maxFrames: 720,
  outlines: false,
};
const PICTURE = { width: 200, height: 100 };
const FILE = new Blob(['bytes']);

let openFrames = 0;
let framesDrawn = 0;
const closeVideo = vi.fn();
const closeDetection = vi.fn();
const engine = {
  model: 'lite',
  reset: vi.fn<(options: { outlines: boolean }) => Promise<void>>(),
  close: vi.fn(),
  detect: vi.fn<(canvas: unknown, time: number) => Detection>(),
};

async function* frames(count: number): AsyncGenerator<TimedFrame> {
  for (let index = 0; index < count; index++) {
    await Promise.resolve();
    openFrames += 1;
    framesDrawn += 1;
    yield { time: index / 15, canvas: {} as OffscreenCanvas, picture: PICTURE, close: () => (openFrames -= 1) };
  }
  return { readUntil: count / 15, truncated: false };
}

function aVideoOf(count: number): void {
  const video = { picture: PICTURE, duration: 2, codec: 'vp9', frames: () => frames(count), close: closeVideo };
  vi.mocked(VideoFile.open).mockResolvedValue(video as unknown as VideoFile);
}

const somebody = (): Landmark[] => Array.from({ length: 33 }, (_, index) => ({ x: index / 33, y: index / 33, visibility: 0.9 }));

/** A picture with these people; the person's mask is a block that stands somewhere in it. */
function detection(landmarks: Landmark[][]): Detection {
  const pixels = new Uint8Array(PICTURE.width * PICTURE.height);
  for (let row = 20; row < 80; row++) pixels.fill(255, row * PICTURE.width + 60, row * PICTURE.width + 90);
  return { landmarks, outline: () => ({ ...PICTURE, pixels }), close: closeDetection };
}

beforeEach(() => {
  vi.clearAllMocks();
  openFrames = 0;
  framesDrawn = 0;
  engine.reset.mockResolvedValue();
  engine.detect.mockImplementation(() => detection([somebody()]));
  vi.mocked(Landmarker.create).mockImplementation(({ model }) => Promise.resolve({ ...engine, model } as unknown as Landmarker));
});

afterEach(() => {
  expect(openFrames).toBe(0);
  expect(closeVideo).toHaveBeenCalledTimes(vi.mocked(VideoFile.open).mock.results.filter(({ type }) => type === 'return').length);
});

describe('extract', () => {
  it('delivers every frame in order, in batches, in pixels of the picture', async () => {
    aVideoOf(20);
    const batches: PoseBatch[] = [];
    const end = await new PoseService().extract(FILE, OPTIONS, (batch) => void batches.push(batch));
    expect(batches.map(({ frames }) => frames.length)).toEqual([8, 8, 4]);
    const all = batches.flatMap(({ frames }) => frames);
    expect(all.map(({ time }) => Math.round(time * 15))).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(all[0]?.people).toBe(1);
    expect(all[0]?.keypoints?.[3]).toBeCloseTo((2 / 33) * PICTURE.width);
    expect(all[0]?.keypoints?.[4]).toBeCloseTo((2 / 33) * PICTURE.height);
    expect(batches[0]).toMatchObject({ picture: PICTURE, duration: 2 });
    expect(end).toMatchObject({ picture: PICTURE, codec: 'vp9', sampled: 20, posed: 20, truncated: false });
    expect(end.readUntil).toBeCloseTo(20 / 15);
  });

  it('cuts each frame’s person out where outlines are asked for, and frees every mask', async () => {
    aVideoOf(3);
    const batches: PoseBatch[] = [];
    await new PoseService().extract(FILE, { ...OPTIONS, outlines: true }, (batch) => void batches.push(batch));
    expect(engine.reset).toHaveBeenCalledWith(expect.objectContaining({ outlines: true }));
    const [first] = batches.flatMap(({ frames }) => frames);
    // 30×60 pixels become 32×64 in the middle of 64×64.
    expect(first?.silhouette).toHaveLength(64 * 64);
    expect([8, 17, 31, 46, 55].map((column) => first?.silhouette?.[32 * 64 + column])).toEqual([0, 255, 255, 255, 0]);
    expect(closeDetection).toHaveBeenCalledTimes(3);
  });

  it('counts frames without a person, and delivers them', async () => {
    aVideoOf(10);
    engine.detect.mockImplementation((_, time) => detection(time < 0.3 ? [] : [somebody()]));
    const batches: PoseBatch[] = [];
    const end = await new PoseService().extract(FILE, OPTIONS, (batch) => void batches.push(batch));
    expect(end).toMatchObject({ sampled: 10, posed: 5 });
    expect(batches[0]?.frames[0]).toEqual({ time: 0, people: 0, keypoints: null });
  });

  it('keeps its model from clip to clip, wiped before each', async () => {
    aVideoOf(3);
    const service = new PoseService();
    await service.prepare(OPTIONS);
    await service.extract(FILE, OPTIONS, () => {});
    await service.extract(FILE, OPTIONS, () => {});
    expect(Landmarker.create).toHaveBeenCalledTimes(1);
    expect(engine.reset).toHaveBeenCalledTimes(2);
    await service.extract(FILE, { ...OPTIONS, model: 'full' }, () => {});
    expect(Landmarker.create).toHaveBeenCalledTimes(2);
    expect(engine.close).toHaveBeenCalledTimes(1);
  });

  it('opens the file before it loads the model', async () => {
    vi.mocked(VideoFile.open).mockImplementation(() => {
      throw new Error('no video');
    });
    await expect(new PoseService().extract(FILE, OPTIONS, () => {})).rejects.toThrow('no video');
    expect(Landmarker.create).not.toHaveBeenCalled();
  });

  it('waits for a receiver that takes its time, instead of running ahead', async () => {
    aVideoOf(200);
    let release: () => void = () => {};
    const first = new Promise<void>((resolve) => (release = resolve));
    const sizes: number[] = [];
    const extracting = new PoseService().extract(FILE, OPTIONS, ({ frames }) => {
      sizes.push(frames.length);
      return sizes.length === 1 ? first : undefined;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    // One batch is with the receiver, the next is full, three pictures are ready.
    expect(sizes).toEqual([8]);
    expect(framesDrawn).toBeLessThanOrEqual(8 + 8 + 4);
    release();
    expect((await extracting).sampled).toBe(200);
  });

  it.each([
    { who: 'engine', fail: () => engine.detect.mockImplementation((_, time) => raise(time > 0.5)), receive: () => {} },
    { who: 'receiver', fail: () => {}, receive: () => Promise.reject(new Error('broken')) },
  ])('gives everything back when the $who fails', async ({ fail, receive }) => {
    aVideoOf(40);
    fail();
    await expect(new PoseService().extract(FILE, OPTIONS, receive)).rejects.toThrow('broken');
  });
});

function raise(now: boolean): Detection {
  if (now) throw new Error('broken');
  return detection([somebody()]);
}

/** Nothing is drawn on it here. */
class NoCanvas {
  getContext = () => null;
}

describe('startLive', () => {
  it('has one model for somebody alone and one for two people, both wiped, and keeps them for the next camera', async () => {
    vi.stubGlobal('OffscreenCanvas', NoCanvas);
    const service = new PoseService();
    await service.startLive(OPTIONS);
    expect(vi.mocked(Landmarker.create).mock.calls.map(([{ model, people }]) => ({ model, people }))).toEqual([
      { model: 'lite', people: 2 },
      { model: 'lite', people: 1 },
    ]);
    await service.startLive(OPTIONS);
    expect(Landmarker.create).toHaveBeenCalledTimes(2);
    expect(engine.reset).toHaveBeenCalledTimes(4);
    vi.unstubAllGlobals();
  });
});
