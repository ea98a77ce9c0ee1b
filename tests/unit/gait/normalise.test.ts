import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { normalisePose } from '../../../src/gait/normalise.ts';
import { anyPose, moved, standingPose } from './poses.ts';

function normalised(pose: Float32Array): Float64Array {
  const out = new Float64Array(POSE_LENGTH);
  expect(normalisePose(pose, out)).toBe(true);
  return out;
}

const joints = (pose: Float64Array) =>
  Array.from({ length: JOINT_COUNT }, (_, joint) =>
    Array.from(pose.subarray(joint * KEYPOINT_STRIDE, joint * KEYPOINT_STRIDE + 3)),
  );

describe('normalisePose', () => {
  it('puts mid-hip at (64, 64) and makes any body 85 px tall', () => {
    fc.assert(
      fc.property(anyPose(), (pose) => {
        const placed = joints(normalised(pose));
        const [leftHip, rightHip] = [placed[11]!, placed[12]!];
        expect((leftHip[0]! + rightHip[0]!) / 2).toBeCloseTo(64, 9);
        expect((leftHip[1]! + rightHip[1]!) / 2).toBeCloseTo(64, 9);
        const heights = placed.map(([, y]) => y!);
        expect(Math.max(...heights) - Math.min(...heights)).toBeCloseTo(85, 9);
      }),
    );
  });

  it('does not depend on where the person stands or how near', () => {
    fc.assert(
      fc.property(
        anyPose(),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.integer({ min: -300, max: 300 }),
        (pose, scale, shift) => {
          const [near, far] = [normalised(pose), normalised(moved(pose, scale, shift, -shift))];
          near.forEach((value, at) => expect(far[at]).toBeCloseTo(value, 2));
        },
      ),
    );
  });

  it('measures the height from the joints it is told to, and places all', () => {
    const body = Array.from({ length: 12 }, (_, i) => 5 + i);
    fc.assert(
      fc.property(anyPose(), fc.integer({ min: 0, max: 4 }), (pose, faceJoint) => {
        const out = new Float64Array(POSE_LENGTH);
        expect(normalisePose(pose, out, body)).toBe(true);
        const heights = joints(out).map(([, y]) => y!);
        expect(Math.max(...heights.slice(5)) - Math.min(...heights.slice(5))).toBeCloseTo(85, 9);
        expect((heights[11]! + heights[12]!) / 2).toBeCloseTo(64, 9);

        const nodding = pose.slice();
        nodding[faceJoint * KEYPOINT_STRIDE + 1]! -= 80;
        const nodded = new Float64Array(POSE_LENGTH);
        normalisePose(nodding, nodded, body);
        expect(joints(nodded).slice(5)).toEqual(joints(out).slice(5));
      }),
    );
  });

  it('keeps confidences', () => {
    expect(joints(normalised(standingPose(0.25))).every(([, , confidence]) => confidence === 0.25)).toBe(true);
  });

  it.each([
    ['all joints on one line', standingPose().map((value, at) => (at % KEYPOINT_STRIDE === 1 ? 300 : value)), undefined],
    ['coordinates that are no numbers', new Float32Array(POSE_LENGTH).fill(NaN), undefined],
    ['a single joint to measure', standingPose(), [JOINT_INDEX.nose]],
    ['no joint to measure', standingPose(), []],
  ])('refuses %s and writes nothing', (_, pose, measured) => {
    const out = new Float64Array(POSE_LENGTH).fill(-1);
    expect(normalisePose(pose, out, measured)).toBe(false);
    expect(out.every((value) => value === -1)).toBe(true);
  });
});
