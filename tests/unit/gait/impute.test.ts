import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imputeMissing } from '../../../src/gait/impute.ts';
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { anyWalk, moved, setJoint, standingPose, walkOf } from './poses.ts';

const ELBOW = 7;

/** Standing poses moved `offsets` px to the right. */
const walkAt = (...offsets: number[]) => walkOf(offsets.map((offset) => moved(standingPose(), 1, offset, 0)));

const xOf = (walk: Float32Array, frame: number, joint: number) => walk[frame * POSE_LENGTH + joint * KEYPOINT_STRIDE]!;

/** The walk without that joint in that frame; its confidence stays. */
function without(walk: Float32Array, frame: number, joint: number): Float32Array {
  const gappy = walk.slice();
  gappy.fill(0, frame * POSE_LENGTH + joint * KEYPOINT_STRIDE, frame * POSE_LENGTH + joint * KEYPOINT_STRIDE + 2);
  return gappy;
}

describe('imputeMissing', () => {
  it('weighs the four nearest frames by the inverse of their distance', () => {
    // Moved by d px, all joints of a frame differ by d in x: distances are in proportion to 1, 2, 4, 8, 16; the fifth is left out.
    const walk = without(walkAt(0, 1, 2, 4, 8, 16), 0, ELBOW);
    const elbow = xOf(walkAt(0), 0, ELBOW);
    const weights = [1, 1 / 2, 1 / 4, 1 / 8];
    const expected = elbow + (4 * 1) / weights.reduce((sum, weight) => sum + weight);
    expect(xOf(imputeMissing(walk), 0, ELBOW)).toBeCloseTo(expected, 4);
  });

  it('uses fewer neighbours where fewer frames have the joint', () => {
    const walk = without(without(walkAt(0, 3, 6), 0, ELBOW), 1, ELBOW);
    expect(xOf(imputeMissing(walk), 0, ELBOW)).toBe(xOf(walk, 2, ELBOW));
  });

  it('gives frames that are otherwise equal all the weight', () => {
    const walk = without(walkAt(5, 5, 6, 7), 0, ELBOW);
    expect(xOf(imputeMissing(walk), 0, ELBOW)).toBe(xOf(walk, 1, ELBOW));
  });

  it('gives a frame without any joint the mean of the walk', () => {
    const walk = walkAt(0, 10, 20);
    for (let joint = 0; joint < JOINT_COUNT; joint++) walk.set(without(walk, 1, joint));
    expect(xOf(imputeMissing(walk), 1, ELBOW)).toBeCloseTo(xOf(walkAt(10), 0, ELBOW), 4);
  });

  it('returns the data as it came where a joint is missing in every frame', () => {
    const walk = without(without(without(walkAt(0, 5, 9), 0, ELBOW), 1, ELBOW), 2, ELBOW);
    const gappy = without(walk, 1, 9);
    expect(imputeMissing(gappy)).toEqual(gappy);
  });

  it('takes an empty walk', () => {
    expect(imputeMissing(new Float32Array())).toEqual(new Float32Array());
  });

  it('never touches its input, a confidence or a coordinate that is there', () => {
    const pose = standingPose();
    setJoint(pose, ELBOW, 0, 0, 0);
    const walk = walkOf([standingPose(0.4), pose, standingPose(0.7)]);
    const before = walk.slice();
    const filled = imputeMissing(walk);
    expect(walk).toEqual(before);
    filled.forEach((value, at) => {
      if (at % KEYPOINT_STRIDE === 2 || before[at] !== 0) expect(value).toBe(before[at]);
    });
  });

  it('fills in values that lie between those seen', () => {
    const gaps = fc.array(fc.tuple(fc.nat(), fc.nat({ max: JOINT_COUNT - 1 })), { maxLength: 12 });
    fc.assert(
      fc.property(anyWalk(), gaps, (whole, missing) => {
        const frames = whole.length / POSE_LENGTH;
        const walk = missing.reduce((gappy, [frame, joint]) => without(gappy, frame % frames, joint), whole);
        const filled = imputeMissing(walk);
        for (let c = 0; c < POSE_LENGTH; c++) {
          const column = (data: Float32Array) => Array.from({ length: frames }, (_, frame) => data[frame * POSE_LENGTH + c]!);
          const seen = column(walk).filter((value) => value !== 0);
          if (seen.length === 0) return;
          for (const value of column(filled)) {
            if (value === 0) continue;
            expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-3);
            expect(value).toBeLessThanOrEqual(Math.max(...seen) + 1e-3);
          }
        }
      }),
    );
  });
});
