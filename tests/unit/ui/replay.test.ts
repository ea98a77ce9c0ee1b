import { describe, expect, test } from 'vitest';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import type { FrameVerdict } from '../../../src/gait/quality.ts';
import { BodyBounds } from '../../../src/ui/queue/bodyBounds.ts';
import { frameRuns } from '../../../src/ui/replay/frameRuns.ts';
import { nearestFrame } from '../../../src/ui/replay/nearestFrame.ts';
import { leftOut } from '../../../src/ui/result/leftOut.ts';

const used: FrameVerdict = { usable: true, reason: null };
const far: FrameVerdict = { usable: false, reason: 'too-small' };
const side: FrameVerdict = { usable: false, reason: 'from-the-side' };

describe('the timeline', () => {
  test('neighbours of the same fate become one stretch, and the stretches cover every frame', () => {
    const runs = frameRuns([far, side, used, used, used, far]);
    expect(runs).toEqual([
      { start: 0, length: 2, usable: false },
      { start: 2, length: 3, usable: true },
      { start: 5, length: 1, usable: false },
    ]);
    expect(frameRuns([])).toEqual([]);
  });

  test('reasons are counted, the most frequent first', () => {
    expect(leftOut([far, side, used, side])).toEqual([
      { reason: 'from-the-side', count: 2 },
      { reason: 'too-small', count: 1 },
    ]);
  });

  test('a moment belongs to the frame nearest in time, also across a hole and beyond the ends', () => {
    const frames = [0, 0.1, 0.9, 1].map((time) => ({ time, people: 1, keypoints: null }));
    expect([-1, 0, 0.04, 0.06, 0.49, 0.51, 0.96, 7].map((time) => nearestFrame(frames, time))).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
    expect(nearestFrame([], 1)).toBe(0);
  });
});

describe('a body fitted into a stage', () => {
  const bodyFrom = (left: number, top: number, size: number): Float32Array => {
    const pose = new Float32Array(POSE_LENGTH);
    for (let joint = 0; joint < 17; joint++)
      pose.set([left + (joint % 2) * size * 0.4, top + (joint / 16) * size, 0.9], joint * 3);
    return pose;
  };
  const heightOf = (pose: Float32Array): number => pose[16 * 3 + 1]! - pose[1]!;

  test('stands in the middle with room around it, wherever it was in the picture', () => {
    const fitted = new BodyBounds({ width: 300, height: 400 }).fit(bodyFrom(1000, 2000, 500));
    expect(fitted[1]).toBeCloseTo(48);
    expect(fitted[16 * 3 + 1]).toBeCloseTo(352);
    expect((fitted[0]! + fitted[3]!) / 2).toBeCloseTo(150);
    expect(fitted[2]).toBeCloseTo(0.9);
  });

  test('grows as it comes nearer, because the bounds never shrink', () => {
    const bounds = new BodyBounds({ width: 300, height: 400 });
    bounds.fit(bodyFrom(0, 0, 600));
    const far = heightOf(bounds.fit(bodyFrom(100, 100, 200)));
    const near = heightOf(bounds.fit(bodyFrom(50, 50, 400)));
    expect(near / far).toBeCloseTo(2);
  });
});
