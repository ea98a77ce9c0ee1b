import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../../src/gait/recipes.ts';
import { CUT_WIDTH, cutColumns, renderSkeletonMaps } from '../../../../src/gait/skeletonMap.ts';
import { Random } from '../../../../trainer/random/random.ts';
import { augmentClip, type AugmentationOptions } from '../../../../trainer/train/augment/augment.ts';
import { flip } from '../../../../trainer/train/augment/flip.ts';
import { standingPose, walkOf } from '../../gait/poses.ts';
import { anyPlanes, blob, centreOf, farthest, massOf, PIXELS } from './pictures.ts';

const OFF: AugmentationOptions = { flip: 0, erase: 0, rotate: 0, perspective: 0, affine: 0 };
const ALL: AugmentationOptions = { flip: 1, erase: 1, rotate: 1, perspective: 1, affine: 1 };
const NAMES = Object.keys(OFF) as (keyof AugmentationOptions)[];

/** Three frames of a person standing still: 3×2×64×44. */
const STILL = cutColumns(renderSkeletonMaps(walkOf([standingPose(), standingPose(), standingPose()]), SIGMA15_JOINT8_BODY_ONLY));

describe('augmentClip', () => {
  it('hands on the very same bytes where all is off', () => {
    fc.assert(
      fc.property(anyPlanes(2), fc.constantFrom(1, 2), fc.nat(), (frames, channels, seed) => {
        expect(augmentClip(frames, channels, OFF, new Random(seed))).toBe(frames);
      }),
      { numRuns: 10 },
    );
  });

  it('gives the same for the same stream, another for the next, and leaves its input', () => {
    const before = STILL.slice();
    const augmented = augmentClip(STILL, 2, ALL, new Random(1, 2));
    expect(augmented).toEqual(augmentClip(STILL, 2, ALL, new Random(1, 2)));
    expect(augmented).not.toEqual(augmentClip(STILL, 2, ALL, new Random(1, 3)));
    expect(augmented).toHaveLength(STILL.length);
    expect(STILL).toEqual(before);
  });

  it.each(NAMES)('does to every frame the same: %s', (name) => {
    for (let seed = 0; seed < 20; seed++) {
      const augmented = augmentClip(STILL, 2, { ...OFF, [name]: 1 }, new Random(seed));
      const [first, second, third] = [0, 2, 4].map((plane) => augmented.subarray(plane * PIXELS, (plane + 2) * PIXELS));
      expect(second).toEqual(first);
      expect(third).toEqual(first);
    }
  });

  it.each(NAMES)('is used as often as its probability says: %s', (name) => {
    // Uneven everywhere, so that whatever is done shows.
    const frame = Uint8Array.from({ length: PIXELS }, (_, at) => 1 + ((at * at) % 251));
    const changed = Array.from(
      { length: 1500 },
      (_, seed) => augmentClip(frame, 1, { ...OFF, [name]: 0.2 }, new Random(seed)) !== frame,
    );
    // Four standard deviations.
    expect(Math.abs(changed.filter(Boolean).length - 300)).toBeLessThan(62);
  });

  it('flips only, where only that is on', () => {
    expect(augmentClip(STILL, 2, { ...OFF, flip: 1 }, new Random(1))).toEqual(flip(STILL));
  });

  it('draws each by itself, and does them in order: flip, perspective, rotation, affine, erasing', () => {
    // Soft and off the middle, so that neither interpolation nor the edge matters and every move shows.
    const body = blob(26, 38, 4, 7);
    const gap = (one: Uint8Array, other: Uint8Array) =>
      one.reduce((sum, level, at) => sum + Math.abs(level - other[at]!), 0) / massOf(body);
    const oneByOne = (names: readonly (keyof AugmentationOptions)[], seed: number) =>
      names.reduce((frame, name) => augmentClip(frame, 1, { ...OFF, [name]: 1 }, new Random(seed)), body);
    const gaps = (names: readonly (keyof AugmentationOptions)[]) =>
      Array.from({ length: 40 }, (_, seed) => gap(augmentClip(body, 1, ALL, new Random(seed)), oneByOne(names, seed)));
    expect(Math.max(...gaps(['flip', 'perspective', 'rotate', 'affine', 'erase']))).toBeLessThan(0.05);
    expect(Math.max(...gaps(['flip', 'affine', 'rotate', 'perspective', 'erase']))).toBeGreaterThan(0.15);
    expect(Math.max(...gaps(['perspective', 'rotate', 'affine', 'flip', 'erase']))).toBeGreaterThan(0.15);
  });

  it.each(['rotate', 'perspective', 'affine'] as const)('leaves most of a body in the picture: %s', (name) => {
    const body = STILL.subarray(0, PIXELS);
    for (let seed = 0; seed < 100; seed++) {
      const moved = augmentClip(body, 1, { ...OFF, [name]: 1 }, new Random(seed));
      // A rotation keeps the mass, but for a foot at the edge; the others stretch as well.
      const [least, most] = name === 'rotate' ? [0.96, 1.04] : [0.5, 2.2];
      expect(massOf(moved) / massOf(body)).toBeGreaterThan(least);
      expect(massOf(moved) / massOf(body)).toBeLessThan(most);
    }
  });

  it('favours no side', () => {
    // A person who is the same on both sides, and so must be on the whole.
    const options = { ...ALL, erase: 0, flip: 0 };
    const body = STILL.subarray(0, PIXELS);
    expect(farthest(flip(body), body)).toBeLessThanOrEqual(2);
    const middles = Array.from(
      { length: 1500 },
      (_, seed) => centreOf(augmentClip(body, 1, options, new Random(5, seed))).x - CUT_WIDTH / 2,
    );
    const mean = middles.reduce((sum, x) => sum + x, 0) / middles.length;
    const deviation = Math.sqrt(middles.reduce((sum, x) => sum + (x - mean) ** 2, 0) / middles.length);
    expect(deviation).toBeGreaterThan(1);
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(middles.length));
  });

  it('takes a clip without frames as it is, and refuses part of a frame', () => {
    expect(augmentClip(new Uint8Array(), 2, ALL, new Random(1))).toHaveLength(0);
    expect(() => augmentClip(new Uint8Array(PIXELS), 2, ALL, new Random(1))).toThrow(/whole number of frames of 2×64×44/);
  });
});
