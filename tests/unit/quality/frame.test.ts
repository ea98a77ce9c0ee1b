import { describe, expect, it } from 'vitest';
import { JOINT_INDEX, KEYPOINT_STRIDE, type Joint } from '../../../src/gait/keypoint.ts';
import { judgeFrame } from '../../../src/gait/quality.ts';
import { FRAME_LIMITS, FRAME_RULES } from '../../../src/gait/quality/frameRules.ts';
import { measurePose } from '../../../src/gait/quality/measures.ts';
import { body, move, PICTURE, set } from './syntheticWalk.ts';

const reasonOf = (keypoints: Float32Array | null, picture = PICTURE) =>
  judgeFrame({ time: 0, people: 1, keypoints }, picture).reason;

describe('judgeFrame', () => {
  it('takes an upright frontal body, wherever in a stride', () => {
    for (let phase = 0; phase < 1; phase += 0.1) {
      expect(judgeFrame({ time: 0, people: 1, keypoints: body({ phase }) }, PICTURE)).toEqual({ usable: true, reason: null });
    }
  });

  it('has no use for a frame without a person', () => {
    expect(reasonOf(null)).toBe('no-person');
  });

  it.each<{ defect: string; spoil: (pose: Float32Array) => void }>([
    { defect: 'head below the shoulders', spoil: (pose) => move(pose, 'nose', 0, 120) },
    { defect: 'hips above the shoulders', spoil: (pose) => both(pose, 'Hip', -450) },
    { defect: 'sitting: knees at the height of the hips', spoil: (pose) => both(pose, 'Knee', -150) },
    { defect: 'ankles at the height of the knees', spoil: (pose) => both(pose, 'Ankle', -140) },
    { defect: 'legs far too long', spoil: (pose) => both(pose, 'Ankle', 220) },
    {
      defect: 'legs far too short',
      spoil: (pose) => {
        both(pose, 'Knee', -75);
        both(pose, 'Ankle', -165);
      },
    },
    { defect: 'a joint that is not a number', spoil: (pose) => set(pose, 'leftHip', NaN, NaN, 0) },
  ])('sees that it is no upright body: $defect', ({ spoil }) => {
    const pose = body();
    spoil(pose);
    expect(reasonOf(pose)).toBe('not-a-body');
  });

  it('judges by coordinates, not by confidence, whether feet are in the picture', () => {
    const pose = body({ at: { x: 360, y: 1000 }, confidence: 0.9 });
    expect(reasonOf(pose)).toBe('outside-picture');
    expect(reasonOf(pose, { width: 720, height: 1400 })).toBeNull();
  });

  it('leaves room for the sole below the ankle', () => {
    const { height } = PICTURE;
    // The ankles 5 px above the edge: the feet are cut off.
    expect(reasonOf(body({ at: { x: 360, y: height - 5 - 1.45 * 220 } }))).toBe('outside-picture');
    expect(reasonOf(body({ at: { x: 360, y: height - 40 - 1.45 * 220 } }))).toBeNull();
  });

  it.each<{ edge: string; at: { x: number; y: number } }>([
    { edge: 'left', at: { x: 60, y: 620 } },
    { edge: 'right', at: { x: 660, y: 620 } },
    { edge: 'top', at: { x: 360, y: 200 } },
  ])('wants hands and head in the picture too: $edge edge', ({ at }) => {
    expect(reasonOf(body({ at }))).toBe('outside-picture');
  });

  it('wants the body large enough, whatever the size of the picture', () => {
    expect(reasonOf(body({ torso: 60 }))).toBe('too-small');
    expect(reasonOf(body({ torso: 120, at: { x: 720, y: 1240 } }), { width: 1440, height: 2560 })).toBe('too-small');
    expect(reasonOf(body({ torso: 90 }))).toBeNull();
  });

  it.each([
    { turned: -30, reason: null },
    { turned: 30, reason: null },
    { turned: 60, reason: 'from-the-side' },
    { turned: 90, reason: 'from-the-side' },
    { turned: 270, reason: 'from-the-side' },
    { turned: 150, reason: 'from-behind' },
    { turned: 180, reason: 'from-behind' },
  ])('turned by $turned°: $reason', ({ turned, reason }) => {
    expect(reasonOf(body({ turned }))).toBe(reason);
  });

  it('allows two unclear joints, and no more', () => {
    const unclear = (joints: Joint[]) => joints.reduce((pose, joint) => dim(pose, joint), body());
    expect(reasonOf(unclear(['leftWrist', 'leftElbow']))).toBeNull();
    expect(reasonOf(unclear(['leftWrist', 'leftElbow', 'leftKnee']))).toBe('unclear');
  });

  it('does not care about the face', () => {
    expect(reasonOf(dim(dim(body(), 'nose'), 'leftEar'))).toBeNull();
  });
});

describe('the rules as data', () => {
  it('gives a reason for every limit', () => {
    for (const { why } of Object.values(FRAME_LIMITS)) expect(why.length).toBeGreaterThan(20);
  });

  it('has each limit between what passes and what fails', () => {
    // Front, side and back shoulder widths of the made-up body are those of people.
    const { shoulderWidth, hipWidth } = measurePose(body(), PICTURE);
    expect(shoulderWidth).toBeCloseTo(0.64);
    expect(hipWidth).toBeCloseTo(0.36);
    expect(FRAME_RULES.every((rule) => rule.holds(measurePose(body(), PICTURE)))).toBe(true);
  });
});

/** A copy of the pose in which the model is not sure of this joint. */
function dim(pose: Float32Array, joint: Joint): Float32Array {
  const copy = new Float32Array(pose);
  copy[JOINT_INDEX[joint] * KEYPOINT_STRIDE + 2] = 0.2;
  return copy;
}

/** Moves a joint of both sides down, in pixels. */
function both(pose: Float32Array, joint: 'Hip' | 'Knee' | 'Ankle', down: number): void {
  move(pose, `left${joint}`, 0, down);
  move(pose, `right${joint}`, 0, down);
}
