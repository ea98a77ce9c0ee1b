import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizeBicubic } from '../../../src/gait/bicubic.ts';

/** Grey levels that look like noise and are the same everywhere. */
const noise = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * i * 37 + i * 11) % 256);

const resized = (width: number, height: number, newWidth: number, newHeight: number) =>
  Array.from(resizeBicubic(noise(width * height), width, height, newWidth, newHeight));

describe('resizeBicubic', () => {
  // Expected values: OpenCV 4.6, cv2.resize(uint8, (w, h), interpolation=cv2.INTER_CUBIC).
  it.each([
    ['shrinks', [7, 6, 4, 3], [65, 90, 197, 167, 183, 156, 108, 191, 168, 92, 99, 193]],
    ['enlarges', [3, 2, 5, 4], [0, 0, 40, 121, 178, 21, 32, 65, 138, 191, 83, 87, 107, 167, 212, 121, 120, 132, 185, 225]],
    ['leaves most of a large picture unseen', [40, 30, 3, 2], [79, 87, 16, 147, 255, 2]],
  ] as const)('%s as OpenCV does', (_, [width, height, newWidth, newHeight], wanted) => {
    expect(resized(width, height, newWidth, newHeight)).toEqual(wanted);
  });

  it('rounds halves as OpenCV does: to the even number in columns taken eight at a time, up in the rest', () => {
    const picture = new Uint8Array(18 * 4).fill(5, 0, 18);
    expect(Array.from(resizeBicubic(picture, 18, 4, 9, 2))).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  const side = fc.integer({ min: 1, max: 30 });

  it('copies what already has the size', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(resized(width, height, width, height)).toEqual(Array.from(noise(width * height)));
      }),
    );
  });

  it('keeps a flat picture flat', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (width, height, newWidth, newHeight, level) => {
        const flat = new Uint8Array(width * height).fill(level);
        expect(resizeBicubic(flat, width, height, newWidth, newHeight).every((grey) => grey === level)).toBe(true);
      }),
    );
  });
});
