import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASYMMETRY_LENGTH,
  fitAsymmetryRange,
  JOINT_PAIRS,
  normaliseAsymmetry,
  rawAsymmetry,
} from '../../../src/gait/asymmetry.ts';
import { JOINT_INDEX, keypointAt } from '../../../src/gait/keypoint.ts';
import { anyWalk, mirrored, moved, setJoint, standingPose, walkOf } from './poses.ts';

const SHOULDERS = 2;
const ELBOWS = 3;
const HIPS = 5;

/** VD, MD and AD of one pair. */
const pairOf = (vector: Float32Array, pair: number) => Array.from(vector.subarray(pair * 3, pair * 3 + 3));

const expectClose = (one: Float32Array, other: Float32Array, within: number) =>
  one.forEach((value, element) => expect(Math.abs(value - other[element]!)).toBeLessThan(within));

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
    fc.assert(fc.property(anyWalk(), (walk) => expectClose(rawAsymmetry(mirrored(walk)), rawAsymmetry(walk), 2e-3)));
  });

  it('does not depend on where the person stands or how near', () => {
    const scale = fc.double({ min: 0.25, max: 4, noNaN: true });
    fc.assert(
      fc.property(anyWalk(), scale, fc.integer({ min: -300, max: 300 }), (walk, by, shift) =>
        expectClose(rawAsymmetry(moved(walk, by, shift, -shift)), rawAsymmetry(walk), 5e-3),
      ),
    );
  });

  it('keeps the angle acute where left and right were swapped', () => {
    fc.assert(
      fc.property(anyWalk(), (walk) => {
        const swapped = moved(walk, -1, 1280, 0);
        expectClose(rawAsymmetry(swapped), rawAsymmetry(walk), 2e-3);
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
