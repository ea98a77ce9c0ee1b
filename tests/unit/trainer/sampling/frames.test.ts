import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../trainer/random/random.ts';
import { chooseFrames, type FrameOptions } from '../../../../trainer/train/sampling/frames.ts';
import { tally, unevenness } from './evenness.ts';

const anyLength = fc.integer({ min: 1, max: 90 });
const anyCount = fc.integer({ min: 1, max: 40 });
const anySkip = fc.integer({ min: 0, max: 30 });

const WAYS: FrameOptions[] = [
  { kind: 'fixed-unordered', count: 30 },
  { kind: 'fixed-ordered', count: 30, skip: 30 },
  { kind: 'all-ordered', limit: 720 },
];

describe.each(WAYS)('chooseFrames, $kind', (options) => {
  it('chooses the same for the same stream', () => {
    expect(chooseFrames(300, options, new Random(1, 2))).toEqual(chooseFrames(300, options, new Random(1, 2)));
  });

  it('chooses frames that there are, from the shortest clip on', () => {
    fc.assert(
      fc.property(anyLength, fc.nat(), (available, seed) => {
        const frames = chooseFrames(available, options, new Random(seed));
        expect(frames.every((frame) => Number.isInteger(frame) && frame >= 0 && frame < available)).toBe(true);
        if (available === 1) expect(new Set(frames)).toEqual(new Set([0]));
      }),
    );
  });

  it('refuses a clip without frames', () => {
    expect(() => chooseFrames(0, options, new Random(1))).toThrow(/without frames/);
  });
});

describe('fixed-unordered', () => {
  const choose = (available: number, count: number, seed: number) =>
    chooseFrames(available, { kind: 'fixed-unordered', count }, new Random(seed));

  it('takes each frame once at most where there are enough, and some again where not', () => {
    fc.assert(
      fc.property(anyLength, anyCount, fc.nat(), (available, count, seed) => {
        const frames = choose(available, count, seed);
        expect(frames).toHaveLength(count);
        if (available >= count) expect(new Set(frames).size).toBe(count);
      }),
    );
    // Were a short clip taken whole and then filled up, every frame would be there every time.
    const incomplete = Array.from({ length: 100 }, (_, seed) => new Set(choose(29, 30, seed)).size < 29);
    expect(incomplete.filter(Boolean).length).toBeGreaterThan(95);
  });

  it('takes the whole of a clip of just that length', () => {
    expect(choose(30, 30, 1).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, frame) => frame));
  });

  it.each([
    ['enough', 60],
    ['too few', 20],
  ])('gives every frame the same chance at every place, of %s', (_, available) => {
    const all = Array.from({ length: 2000 }, (__, seed) => choose(available, 30, seed));
    expect(unevenness(tally(all.flat(), available))).toBeLessThan(4);
    for (const place of [0, 15, 29])
      expect(
        unevenness(
          tally(
            all.map((frames) => frames[place]!),
            available,
          ),
        ),
      ).toBeLessThan(4);
  });
});

describe('fixed-ordered', () => {
  const choose = (available: number, count: number, skip: number, seed: number) =>
    chooseFrames(available, { kind: 'fixed-ordered', count, skip }, new Random(seed));

  it('keeps the order and stays in a window of count and skip', () => {
    fc.assert(
      fc.property(anyLength, anyCount, anySkip, fc.nat(), (available, count, skip, seed) => {
        fc.pre(available >= count + skip);
        const frames = choose(available, count, skip, seed);
        expect(frames).toHaveLength(count);
        frames.slice(1).forEach((frame, before) => expect(frame).toBeGreaterThan(frames[before]!));
        expect(frames.at(-1)! - frames[0]!).toBeLessThan(count + skip);
      }),
    );
  });

  it('without skip, is a stretch of the clip, each start alike', () => {
    const all = Array.from({ length: 2000 }, (_, seed) => choose(39, 30, 0, seed));
    for (const frames of all) expect(frames).toEqual(Array.from({ length: 30 }, (_, at) => frames[0]! + at));
    expect(
      unevenness(
        tally(
          all.map(([first]) => first!),
          10,
        ),
      ),
    ).toBeLessThan(4);
  });

  it('leaves out any frame of the window with the same chance', () => {
    const all = Array.from({ length: 2000 }, (_, seed) => choose(40, 30, 10, seed));
    expect(unevenness(tally(all.flat(), 40))).toBeLessThan(4);
  });

  it('plays a short clip again from its start, as often as the window takes and no more', () => {
    fc.assert(
      fc.property(anyLength, anyCount, anySkip, fc.nat(), (available, count, skip, seed) => {
        const frames = choose(available, count, skip, seed);
        expect(frames).toHaveLength(count);
        // Where the index doesn't rise, the clip has begun anew.
        const turns = frames.slice(1).filter((frame, before) => frame <= frames[before]!).length;
        expect(turns).toBeLessThan(Math.ceil((count + skip) / available));
      }),
    );
    expect(choose(1, 4, 3, 1)).toEqual([0, 0, 0, 0]);
    expect(choose(4, 8, 0, 1)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it('of a clip played twice, begins anywhere that leaves room for the window', () => {
    // 12 frames, 7 played twice: 14 − 12 + 1 starts.
    const all = Array.from({ length: 900 }, (_, seed) => choose(7, 12, 0, seed));
    const starts = tally(
      all.map(([first]) => first!),
      7,
    );
    expect(starts.slice(3)).toEqual([0, 0, 0, 0]);
    expect(unevenness(starts.slice(0, 3))).toBeLessThan(4);
  });
});

describe('all-ordered', () => {
  it('takes every frame in order up to the limit, and draws nothing', () => {
    const random = new Random(1);
    expect(chooseFrames(5, { kind: 'all-ordered', limit: 720 }, random)).toEqual([0, 1, 2, 3, 4]);
    expect(chooseFrames(900, { kind: 'all-ordered', limit: 720 }, random)).toEqual(
      Array.from({ length: 720 }, (_, frame) => frame),
    );
    expect(random.uniform()).toBe(new Random(1).uniform());
  });
});
