import { describe, expect, it } from 'vitest';
import { blankFrames, mapGeometry } from '../../../../trainer/data/mapGeometry.ts';

/** Maps of white rectangles, one a frame for both channels; null is a blank frame. */
function rectangles(...frames: ([left: number, top: number, width: number, height: number] | null)[]): Uint8Array {
  const maps = new Uint8Array(frames.length * 8192);
  frames.forEach((frame, index) => {
    if (!frame) return;
    const [left, top, width, height] = frame;
    for (let y = top; y < top + height; y++) {
      for (const plane of [0, 4096])
        maps.fill(255, index * 8192 + plane + y * 64 + left, index * 8192 + plane + y * 64 + left + width);
    }
  });
  return maps;
}

describe('mapGeometry', () => {
  it('measures the box, how full the map is and what the cut takes', () => {
    const geometry = mapGeometry(rectangles([5, 10, 20, 30]));
    expect(geometry).toMatchObject({ width: 20, height: 30, active: 600 / 4096, offsetX: 0, offsetY: 0, cutMass: 5 / 20 });
    expect([geometry.centreXStd, geometry.centreYStd, geometry.widthStd, geometry.heightStd]).toEqual([0, 0, 0, 0]);
  });

  it('measures how the box moves', () => {
    const geometry = mapGeometry(rectangles([20, 10, 20, 40], [24, 10, 20, 44]));
    expect(geometry).toMatchObject({ centreXStd: 2, centreYStd: 1, widthStd: 0, heightStd: 2 });
  });

  it('measures how far limbs and joints lie apart', () => {
    const maps = rectangles([20, 20, 10, 10]);
    maps.copyWithin(4096 + 2 * 64 + 3, 4096, 8192 - 2 * 64 - 3);
    const { offsetX, offsetY } = mapGeometry(maps);
    // The rows and columns that moved in are blank but for what was copied over: the joints' square is 3 to the right and 2 down.
    expect(offsetX).toBeCloseTo(3, 9);
    expect(offsetY).toBeCloseTo(2, 9);
  });

  it('leaves blank frames out, counts them, and has no figure where all are blank', () => {
    const some = rectangles(null, [5, 10, 20, 30], null);
    expect(mapGeometry(some)).toEqual(mapGeometry(rectangles([5, 10, 20, 30])));
    expect(blankFrames(some)).toBe(2);
    expect(mapGeometry(rectangles(null)).width).toBeNaN();
  });
});
