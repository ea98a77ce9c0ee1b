import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaResizer } from '../../../src/gait/resize.ts';

const SIZE = 4;

function resized(source: readonly number[], width: number, height: number): number[] {
  const out = new Float64Array(SIZE * SIZE);
  new AreaResizer(SIZE, 16).resize(Float64Array.from(source), width, 0, 0, width, height, out);
  return Array.from(out);
}

const squares = (count: number) => Array.from({ length: count }, (_, i) => i * i);

describe('AreaResizer', () => {
  // Expected values: OpenCV, cv2.resize(float64, (4, 4), interpolation=cv2.INTER_AREA), to the last bit.
  it('shrinks as OpenCV does', () => {
    expect(resized(squares(42), 7, 6)).toEqual([
      18.761905831950067, 31.333335667848626, 49.61905131595482, 73.61905214048573, 157.42858060484855, 202.00001505017306,
      252.28573308246507, 308.28573295332166, 575.7619386741098, 660.3333825320015, 750.6191035445257, 846.6190985725048,
      1106.4286368120295, 1223.0000911206023, 1345.2858145173125, 1473.2858027503617,
    ]);
  });

  it('halves as OpenCV does', () => {
    expect(resized(squares(64), 8, 8)).toEqual([
      36.5, 58.5, 88.5, 126.5, 436.5, 522.5, 616.5, 718.5, 1348.5, 1498.5, 1656.5, 1822.5, 2772.5, 2986.5, 3208.5, 3438.5,
    ]);
  });

  it('interpolates where a side grows, as OpenCV does', () => {
    expect(resized(squares(15), 5, 3)).toEqual([
      0.20000000298023224, 2.200000047683716, 7.0000001192092896, 14.600000083446503, 18.200000807642944, 28.200001557668074,
      41.000001291433975, 56.60000141461691, 52.86666740874449, 70.86666833758353, 91.66666637857755, 115.26666571895281,
      104.200001552701, 130.2000037431717, 159.00000059604645, 190.60000032186508,
    ]);
  });

  it('copies what already has the size', () => {
    expect(resized(squares(16), 4, 4)).toEqual(squares(16));
  });

  it('reads only its box', () => {
    const source = Float64Array.from({ length: 144 }, (_, i) => (i % 12 >= 3 && i % 12 < 8 && i >= 24 && i < 96 ? 1 : NaN));
    const out = new Float64Array(SIZE * SIZE);
    new AreaResizer(SIZE, 16).resize(source, 12, 3, 2, 5, 6, out);
    for (const value of out) expect(value).toBeCloseTo(1, 6);
  });

  it('keeps a flat picture flat and never leaves the range of its pixels', () => {
    const side = fc.integer({ min: 1, max: 16 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 256, maxLength: 256 }),
        (width, height, noise) => {
          const source = noise.slice(0, width * height);
          const [low, high] = [Math.min(...source), Math.max(...source)];
          for (const value of resized(source, width, height)) {
            expect(value).toBeGreaterThanOrEqual(low - 1e-6);
            expect(value).toBeLessThanOrEqual(high + 1e-6);
          }
        },
      ),
    );
  });

  it('keeps the mean when shrinking', () => {
    const side = fc.integer({ min: SIZE, max: 16 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const source = squares(width * height).map((value) => Math.sin(value) + 1);
        const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(mean(resized(source, width, height))).toBeCloseTo(mean(source), 5);
      }),
    );
  });
});
