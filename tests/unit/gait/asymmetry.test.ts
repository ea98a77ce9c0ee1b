import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import {
  ASYMMETRY_LENGTH,
  fitAsymmetryRange,
  JOINT_PAIRS,
  normaliseAsymmetry,
  rawAsymmetry,
} from '../../../src/gait/asymmetry.ts';
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, keypointAt, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { anyWalk, mirrored, moved, setJoint, standingPose, walkOf } from './poses.ts';

const SHOULDERS = 2;
const ELBOWS = 3;
const HIPS = 5;

/** VD, MD and AD of one pair. */
const pairOf = (vector: Float32Array, pair: number) => Array.from(vector.subarray(pair * 3, pair * 3 + 3));

const expectClose = (one: Float32Array, other: Float32Array, within: number) =>
  one.forEach((value, element) => expect(Math.abs(value - other[element]!)).toBeLessThan(within));

/**
 * In float64, where moving and mirroring cost next to nothing; uneven by up to a pixel everywhere, so that no measure lies exactly on a
 * fence, where the last bit would decide whether it counts.
 */
const exactWalk = anyWalk().map((walk) =>
  Float64Array.from(walk, (value, at) => (at % KEYPOINT_STRIDE === 2 ? value : value + Math.sin(at))),
);

const FRAMES = 100;

/**
 * Somebody walking: the standing person with every joint in a place of their own, around which it sways. The same seed gives the same
 * walk.
 *
 * People differ more among each other than in themselves, and the claim takes that: a displaced joint that stays inside the fences can
 * move the mean by a tenth of the spread within the walk.
 */
function walker(seed: number): Float64Array {
  const random = xoroshiro128plus(seed);
  const between = (low: number, high: number) => low + (high - low) * uniformFloat64(random);
  const stand = standingPose();
  const offsets = stand.map(() => between(-1, 1));
  const phases = stand.map(() => between(0, 2 * Math.PI));
  return Float64Array.from({ length: FRAMES * POSE_LENGTH }, (_, at) => {
    const element = at % POSE_LENGTH;
    if (element % KEYPOINT_STRIDE === 2) return stand[element]!;
    const reach = element < JOINT_INDEX.leftShoulder * KEYPOINT_STRIDE ? 8 : 30;
    const sway = Math.sin((2 * Math.PI * Math.floor(at / POSE_LENGTH)) / 15 + phases[element]!) + between(-1, 1);
    return stand[element]! + reach * (offsets[element]! + sway / 30);
  });
}

/** The standing person with a joint moved by so many px. */
function shifted(joint: number, dx: number, dy: number): Float32Array {
  const pose = standingPose();
  const { x, y, confidence } = keypointAt(pose, joint);
  setJoint(pose, joint, x + dx, y + dy, confidence);
  return pose;
}

describe('rawAsymmetry', () => {
  it('is nothing for a symmetric person', () => {
    expectClose(rawAsymmetry(standingPose()), new Float32Array(ASYMMETRY_LENGTH), 1e-4);
  });

  it('measures the drop, the shift and the slope of a pair in 1/128 of the height', () => {
    // The left shoulder 20 px lower and 8 px further out: from eyes to ankles the person is 469.2 px tall, the shoulders are 115 apart.
    const unit = 128 / (460 * 1.02);
    const [drop, shift, angle] = pairOf(rawAsymmetry(shifted(JOINT_INDEX.leftShoulder, 8, 20)), SHOULDERS);
    expect(drop).toBeCloseTo(20 * unit, 3);
    expect(shift).toBeCloseTo(4 * unit, 3);
    expect(angle).toBeCloseTo(Math.atan2(20, 123), 4);
  });

  it('takes mid-hip as the midline, so that the hips have no shift', () => {
    fc.assert(
      fc.property(anyWalk(), (walk) => {
        expect(pairOf(rawAsymmetry(walk), HIPS)[1]).toBeCloseTo(0, 3);
      }),
    );
  });

  it('falls back to the middle of what is seen where a hip is not', () => {
    const pose = standingPose();
    pose[JOINT_INDEX.leftHip * 3 + 2] = 0;
    const seen = [...Array(17).keys()].filter((joint) => joint !== JOINT_INDEX.leftHip).map((joint) => pose[joint * 3]!);
    const middle = seen.reduce((sum, x) => sum + x, 0) / seen.length;
    const vector = rawAsymmetry(pose);
    expect(pairOf(vector, SHOULDERS)[1]).toBeCloseTo((Math.abs(640 - middle) * 128) / (460 * 1.02), 3);
    expect(pairOf(vector, HIPS)).toEqual([0, 0, 0]);
  });

  it('does not change in a mirror', () => {
    fc.assert(fc.property(exactWalk, (walk) => expectClose(rawAsymmetry(mirrored(walk)), rawAsymmetry(walk), 1e-5)));
  });

  it('does not depend on where the person stands or how near', () => {
    const scale = fc.double({ min: 0.25, max: 4, noNaN: true });
    fc.assert(
      fc.property(exactWalk, scale, fc.integer({ min: -300, max: 300 }), (walk, by, shift) =>
        expectClose(rawAsymmetry(moved(walk, by, shift, -shift)), rawAsymmetry(walk), 1e-5),
      ),
    );
  });

  it('keeps the angle acute where left and right were swapped', () => {
    fc.assert(
      fc.property(exactWalk, (walk) => {
        const swapped = moved(walk, -1, 1280, 0);
        expectClose(rawAsymmetry(swapped), rawAsymmetry(walk), 1e-5);
        for (let pair = 0; pair < JOINT_PAIRS.length; pair++) {
          const angle = pairOf(rawAsymmetry(swapped), pair)[2]!;
          expect(angle).toBeGreaterThanOrEqual(0);
          expect(angle).toBeLessThanOrEqual(Math.PI / 2 + 1e-6);
        }
      }),
    );
  });

  it('is not moved by one frame in twenty with a joint half a body height off', () => {
    const lean = (frame: number) => shifted(JOINT_INDEX.leftElbow, 0, 12 + Math.sin(frame));
    const poses = Array.from({ length: 100 }, (_, frame) => lean(frame));
    const clean = rawAsymmetry(walkOf(poses));
    for (const frame of [3, 27, 50, 68, 91]) setJoint(poses[frame]!, JOINT_INDEX.leftElbow, 711 + 230, 301, 0.9);
    const spoilt = rawAsymmetry(walkOf(poses));
    const [drop, shift, angle] = pairOf(clean, ELBOWS);
    const [spoiltDrop, spoiltShift, spoiltAngle] = pairOf(spoilt, ELBOWS);
    // Five frames of a hundred are missing from the mean: it may wander by what one frame's noise is worth, no more.
    expect(Math.abs(spoiltDrop! - drop!)).toBeLessThan(0.02);
    expect(Math.abs(spoiltShift! - shift!)).toBeLessThan(1e-4);
    expect(Math.abs(spoiltAngle! - angle!)).toBeLessThan(1e-3);
  });

  it('moves by less than 2 % of its range where one frame in twenty has a joint half a body height off', () => {
    const range = fitAsymmetryRange(Array.from({ length: 40 }, (_, seed) => rawAsymmetry(walker(seed))));
    const width = range.max.map((max, element) => max - range.min[element]!);
    const frames = fc.uniqueArray(fc.integer({ min: 0, max: FRAMES - 1 }), { minLength: FRAMES / 20, maxLength: FRAMES / 20 });
    const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    fc.assert(
      fc.property(fc.nat(39), frames, fc.nat(JOINT_COUNT - 1), angle, (seed, spoilt, joint, direction) => {
        const walk = walker(seed);
        const clean = rawAsymmetry(walk);
        for (const frame of spoilt) {
          const at = frame * POSE_LENGTH + joint * KEYPOINT_STRIDE;
          walk[at]! += 235 * Math.cos(direction);
          walk[at + 1]! += 235 * Math.sin(direction);
        }
        const shares = rawAsymmetry(walk).map((value, element) =>
          width[element]! > 1e-3 ? Math.abs(value - clean[element]!) / width[element]! : 0,
        );
        expect(Math.max(...shares)).toBeLessThan(0.02);
      }),
    );
  });

  it('leaves pairs at 0 that were never seen', () => {
    const pose = standingPose();
    pose[JOINT_INDEX.leftShoulder * 3 + 2] = 0;
    setJoint(pose, JOINT_INDEX.leftElbow, 720, 330, 0.9);
    const vector = rawAsymmetry(walkOf([pose, pose]));
    expect(pairOf(vector, SHOULDERS)).toEqual([0, 0, 0]);
    expect(pairOf(vector, ELBOWS)[0]).toBeGreaterThan(1);
  });

  it.each([
    ['no frames', new Float32Array()],
    ['nothing seen', standingPose(0)],
    ['a person without height', standingPose().map((value, at) => (at % 3 === 1 ? 100 : value))],
  ])('is nothing for %s', (_, walk) => {
    expect(rawAsymmetry(walk)).toEqual(new Float32Array(ASYMMETRY_LENGTH));
  });
});

describe('the asymmetry range', () => {
  const vector = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), {
    minLength: ASYMMETRY_LENGTH,
    maxLength: ASYMMETRY_LENGTH,
  });
  const vectors = fc.array(
    vector.map((values) => Float32Array.from(values)),
    { minLength: 2, maxLength: 10 },
  );

  it('maps the vectors it was fitted on into 0..1, the least to 0 and the greatest to 1', () => {
    fc.assert(
      fc.property(vectors, (training) => {
        const range = fitAsymmetryRange(training);
        const normalised = training.map((raw) => normaliseAsymmetry(raw, range));
        for (let element = 0; element < ASYMMETRY_LENGTH; element++) {
          const values = normalised.map((each) => each[element]!);
          expect(Math.min(...values)).toBe(0);
          const varies = range.max[element]! - range.min[element]! > 1e-6;
          if (varies) expect(Math.max(...values)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('clips what lies outside, and survives an element that never varied', () => {
    const range = fitAsymmetryRange([
      new Float32Array(ASYMMETRY_LENGTH).fill(2),
      new Float32Array(ASYMMETRY_LENGTH).fill(4).fill(2, 0, 1),
    ]);
    const at = (value: number) => normaliseAsymmetry(new Float32Array(ASYMMETRY_LENGTH).fill(value), range);
    expect([at(1)[5], at(3)[5], at(9)[5]]).toEqual([0, 0.5, 1]);
    expect([at(1)[0], at(2)[0], at(3)[0]]).toEqual([0, 0, 1]);
  });

  it('cannot be fitted on nothing', () => {
    expect(() => fitAsymmetryRange([])).toThrow(RangeError);
  });
});
