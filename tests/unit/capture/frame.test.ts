import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FrameCanvases, sizeForPose } from '../../../src/capture/frame.ts';
import { pretendToBeABrowser } from './madeUpVideo.ts';

beforeAll(pretendToBeABrowser);
afterAll(() => void vi.unstubAllGlobals());

describe('sizeForPose', () => {
  it.each([
    { picture: { width: 1920, height: 1080 }, size: { width: 640, height: 360 } },
    { picture: { width: 1080, height: 1920 }, size: { width: 360, height: 640 } },
    { picture: { width: 640, height: 640 }, size: { width: 640, height: 640 } },
    { picture: { width: 320, height: 240 }, size: { width: 320, height: 240 } },
    { picture: { width: 10_000, height: 3 }, size: { width: 640, height: 1 } },
  ])('$picture.width×$picture.height', ({ picture, size }) => {
    expect(sizeForPose(picture)).toEqual(size);
  });
});

describe('FrameCanvases', () => {
  it('draws at the size for pose, and tells the size of the picture', () => {
    const canvases = new FrameCanvases({ width: 1280, height: 720 });
    const sizes: unknown[] = [];
    const frame = canvases.frame(1.5, (_, size) => sizes.push(size));
    expect(sizes).toEqual([{ width: 640, height: 360 }]);
    expect(frame).toMatchObject({ time: 1.5, picture: { width: 1280, height: 720 }, canvas: { width: 640, height: 360 } });
  });

  it('uses a canvas again when its frame is closed, and not before', () => {
    const canvases = new FrameCanvases({ width: 64, height: 64 });
    const nothing = () => {};
    const first = canvases.frame(0, nothing);
    const second = canvases.frame(1, nothing);
    expect(second.canvas).not.toBe(first.canvas);
    first.close();
    first.close();
    const third = canvases.frame(2, nothing);
    const fourth = canvases.frame(3, nothing);
    expect(third.canvas).toBe(first.canvas);
    // Closed twice, given out once.
    expect(fourth.canvas).not.toBe(first.canvas);
  });
});
