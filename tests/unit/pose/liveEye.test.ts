import { describe, expect, it } from 'vitest';
import { brightness } from '../../../src/pose/liveEye.ts';
import { PoseService } from '../../../src/pose/poseService.ts';

const pixels = (...colour: [number, number, number]) =>
  Uint8ClampedArray.from({ length: 4 * 16 }, (_, at) => colour[at % 4] ?? 255);

describe('brightness', () => {
  it('is 0 for black, 1 for white, and sees green as brighter than blue', () => {
    expect(brightness(pixels(0, 0, 0))).toBe(0);
    expect(brightness(pixels(255, 255, 255))).toBeCloseTo(1, 6);
    expect(brightness(pixels(0, 255, 0))).toBeGreaterThan(5 * brightness(pixels(0, 0, 255)));
  });
});

describe('a camera that nobody watches', () => {
  it('gets its picture closed and an error with a code', async () => {
    let closed = false;
    const image = { close: () => (closed = true) } as unknown as VideoFrame;
    await expect(new PoseService().look(image, 0)).rejects.toMatchObject({ name: 'PoseError', code: 'not-watching' });
    expect(closed).toBe(true);
  });
});
