import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLINICAL_MEASURES, clinicalSeries, measureClinically, type ClinicalName } from '../../../src/gait/clinical.ts';
import { stridesOf } from '../../../src/gait/clinical/strides.ts';
import { stepSymmetries, symmetryIndex } from '../../../src/gait/clinical/symmetry.ts';
import { JOINT_COUNT, JOINT_INDEX, JOINTS, KEYPOINT_STRIDE, type Joint } from '../../../src/gait/keypoint.ts';
import { toSequence, type PoseSequence } from '../../../src/gait/sequence.ts';
import { body, move, PICTURE, walk, type BodyOptions, type WalkOptions } from '../quality/syntheticWalk.ts';

const sequence = (options: WalkOptions = {}): PoseSequence => toSequence(walk({ seconds: 10, ...options }), PICTURE);
const measure = (given: PoseSequence, name: ClinicalName) => measureClinically(given).find((each) => each.name === name);

/** A walk whose every pose is spoilt in the same way. */
const spoilt = (change: (pose: Float32Array, usual: BodyOptions) => void): PoseSequence =>
  sequence({
    pose: (_time, _index, usual) => {
      const pose = body(usual);
      change(pose, usual);
      return pose;
    },
  });

/** A guess of the pose model, so many pixels off, that it isn't sure of. */
function spoil(pose: Float32Array, joint: Joint, off: number): void {
  move(pose, joint, 0, joint.startsWith('left') ? off : -off);
  pose[JOINT_INDEX[joint] * KEYPOINT_STRIDE + 2] = 0.3;
}

/** Left and right exchanged, and the picture with them. */
function mirrored(given: PoseSequence): PoseSequence {
  const other = (joint: Joint): Joint =>
    (joint.startsWith('left') ? `right${joint.slice(4)}` : joint.startsWith('right') ? `left${joint.slice(5)}` : joint) as Joint;
  const keypoints = Float32Array.from(given.keypoints, (_, at) => {
    const frame = Math.floor(at / (JOINT_COUNT * KEYPOINT_STRIDE)) * JOINT_COUNT * KEYPOINT_STRIDE;
    const joint = JOINTS[Math.floor((at - frame) / KEYPOINT_STRIDE)]!;
    const value = given.keypoints[frame + JOINT_INDEX[other(joint)] * KEYPOINT_STRIDE + (at % KEYPOINT_STRIDE)]!;
    return at % KEYPOINT_STRIDE === 0 ? PICTURE.width - value : value;
  });
  return { ...given, keypoints };
}

describe('clinical measures', () => {
  it('of an even walk are all there, and point to neither side', () => {
    const arms = (pose: Float32Array, { phase = 0 }: BodyOptions) => {
      move(pose, 'leftWrist', 0, 20 * Math.sin(2 * Math.PI * phase));
      move(pose, 'rightWrist', 0, -20 * Math.sin(2 * Math.PI * phase));
    };
    const measures = measureClinically(spoilt(arms));
    expect(measures.map(({ name }) => name)).toEqual(CLINICAL_MEASURES.map(({ name }) => name));
    for (const { name, mean, side } of measures) {
      expect(Math.abs(mean), name).toBeLessThan(0.5);
      expect(side, name).toBe('even');
    }
  });

  it('give the angle of a raised shoulder and of a raised hip, and their side', () => {
    // Shoulders 0.64 and hips 0.36 torsos apart, a torso of 220 px.
    const raised = spoilt((pose) => {
      move(pose, 'leftShoulder', 0, -10);
      move(pose, 'rightHip', 0, -5);
    });
    const degrees = (height: number, width: number) => (Math.atan2(height, width) * 180) / Math.PI;
    expect(measure(raised, 'shoulder-tilt')).toMatchObject({ side: 'left', unit: '°' });
    expect(measure(raised, 'shoulder-tilt')?.mean).toBeCloseTo(degrees(10, 0.64 * 220), 3);
    expect(measure(raised, 'pelvis-tilt')?.mean).toBeCloseTo(-degrees(5, 0.36 * 220), 3);
    expect(measure(raised, 'pelvis-tilt')?.side).toBe('right');
  });

  it('give the lean of the trunk by the shoulders and its shift by the head', () => {
    const leaning = spoilt((pose) => {
      for (const joint of ['leftShoulder', 'rightShoulder', 'leftEar', 'rightEar'] as const) move(pose, joint, 22, 0);
    });
    expect(measure(leaning, 'trunk-lean')?.mean).toBeCloseTo((Math.atan2(22, 220) * 180) / Math.PI, 2);
    // The trunk is a little longer for leaning: √(1 + 0.1²).
    expect(measure(leaning, 'trunk-shift')?.mean).toBeCloseTo(10 / Math.hypot(1, 0.1), 2);
    expect(measure(leaning, 'trunk-shift')?.side).toBe('left');
  });

  it('give the difference of the arms’ distance from the trunk', () => {
    const wide = spoilt((pose) => move(pose, 'rightElbow', -0.064 * 220, 0));
    expect(measure(wide, 'arm-gap')?.mean).toBeCloseTo(-10, 2);
  });

  it('give the steps’ times against each other', () => {
    // The synthetic body's left ankle is lifted in the second half of a turn. Bent so that its middle comes late by a tenth of a stride.
    const late = (phase: number) => phase - 0.1 * Math.sin(Math.PI * (phase - Math.floor(phase))) ** 2;
    const limping = sequence({ pose: (_time, _index, usual) => body({ ...usual, phase: late(usual.phase ?? 0) }) });
    const { mean, countOf, side } = measure(limping, 'step-symmetry')!;
    expect(countOf).toBe('strides');
    expect(Math.abs(mean)).toBeGreaterThan(10);
    expect(side).not.toBe('even');
    expect(measure(mirrored(limping), 'step-symmetry')!.mean).toBeCloseTo(-mean, 3);
  });

  it('give the arms’ swing against each other', () => {
    const swinging = spoilt((pose, { phase = 0 }) => {
      move(pose, 'leftWrist', 0, 30 * Math.sin(2 * Math.PI * phase));
      move(pose, 'rightWrist', 0, -10 * Math.sin(2 * Math.PI * phase));
    });
    expect(measure(swinging, 'arm-swing-symmetry')?.mean).toBeCloseTo(symmetryIndex(30, 10), 0);
    expect(measure(swinging, 'arm-swing-symmetry')?.side).toBe('left');
  });

  it('are means over whole strides: a sway that comes and goes with the steps leaves nothing', () => {
    const sway = (pose: Float32Array, { phase = 0 }: BodyOptions) => {
      for (const joint of ['leftShoulder', 'rightShoulder'] as const) move(pose, joint, 20 * Math.sin(2 * Math.PI * phase), 0);
    };
    expect(Math.abs(measure(spoilt(sway), 'trunk-lean')!.mean)).toBeLessThan(0.1);
    expect(measure(spoilt(sway), 'trunk-lean')!.spread).toBeGreaterThan(2);
  });

  it('leave out joints that are not clear, and measures with too little left', () => {
    const unclear = sequence({
      pose: (_time, index, usual) => {
        const pose = body(usual);
        // A wild guess that the pose model isn't sure of, in a third of the frames; the ears are never clear.
        if (index % 3 === 0) pose.set([0, 0, 0.1], JOINT_INDEX.leftShoulder * KEYPOINT_STRIDE);
        pose[JOINT_INDEX.leftEar * KEYPOINT_STRIDE + 2] = 0.2;
        return pose;
      },
    });
    expect(Math.abs(measure(unclear, 'shoulder-tilt')!.mean)).toBeLessThan(0.01);
    expect(measure(unclear, 'trunk-shift')).toBeUndefined();
  });

  it('are not moved by a few frames in which the pose model is far off, however sure it is', () => {
    const jumping = sequence({
      pose: (_time, index, usual) => (index % 10 === 3 ? move(body(usual), 'leftShoulder', 0, -150) : body(usual)),
    });
    expect(Math.abs(measure(jumping, 'shoulder-tilt')!.mean)).toBeLessThan(0.01);
  });

  it('of a person who stands are made of seconds, without the symmetries', () => {
    const measures = measureClinically(sequence({ strides: 0 }));
    expect(measures.map(({ name }) => name)).not.toContain('step-symmetry');
    expect(measures[0]).toMatchObject({ name: 'shoulder-tilt', countOf: 'seconds' });
  });

  it('of a moment are none', () => {
    expect(measureClinically(sequence({ seconds: 1 }))).toEqual([]);
    expect(measureClinically(toSequence([], PICTURE))).toEqual([]);
  });

  it('turn their signs in a mirror, and care for neither size nor place', () => {
    const pixels = fc.integer({ min: -15, max: 15 });
    fc.assert(
      fc.property(pixels, pixels, pixels, (shoulder, hip, ear) => {
        const uneven = spoilt((pose) => {
          move(pose, 'leftShoulder', shoulder / 2, shoulder);
          move(pose, 'rightHip', hip, hip);
          move(pose, 'rightEar', ear, 0);
        });
        const smaller = { ...uneven, keypoints: uneven.keypoints.map((value, at) => (at % 3 === 2 ? value : value / 2 + 7)) };
        for (const { name, mean } of measureClinically(uneven)) {
          expect(measure(mirrored(uneven), name)?.mean).toBeCloseTo(-mean, 2);
          expect(measure(smaller, name)?.mean).toBeCloseTo(mean, 2);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('have a series along the walk for every posture', () => {
    const given = sequence();
    const series = clinicalSeries(given);
    expect(series.map(({ name }) => name)).toEqual(CLINICAL_MEASURES.slice(0, 5).map(({ name }) => name));
    for (const { values, times } of series) {
      expect(values).toHaveLength(given.times.length);
      expect(times).toBe(given.times);
    }
  });

  it('have no value in a frame without the joints', () => {
    const series = clinicalSeries(
      sequence({ pose: (_time, index, usual) => body({ ...usual, confidence: index === 5 ? 0.4 : 0.9 }) }),
    );
    for (const { values } of series) expect([...values.keys()].filter((frame) => Number.isNaN(values[frame]))).toEqual([5]);
  });
});

describe('strides', () => {
  it('count once, and none over a gap', () => {
    const whole = stepSymmetries(sequence());
    const holed = toSequence(
      walk({ seconds: 10 }).filter(({ time }) => time < 4 || time > 6),
      PICTURE,
    );
    expect(whole.length).toBeGreaterThanOrEqual(7);
    expect(whole.length).toBeLessThanOrEqual(9);
    expect(stepSymmetries(holed).length).toBeLessThan(whole.length - 1);
  });

  it('are not found in ankles that are not clear, though these change places', () => {
    const guessed = sequence({
      pose: (_time, index, usual) => {
        const pose = body(usual);
        if (index % 4 === 0)
          for (const joint of ['leftAnkle', 'rightAnkle'] as const) spoil(pose, joint, index % 8 === 0 ? 60 : -60);
        return pose;
      },
    });
    expect(stridesOf(guessed).length).toBe(stridesOf(sequence()).length);
    for (const index of stepSymmetries(guessed)) expect(Math.abs(index)).toBeLessThan(3);
  });

  it('are not made of waiting: three seconds on the spot between two passes', () => {
    const waiting = (time: number) => (time < 5 ? time : Math.max(5, time - 3));
    const pausing = sequence({ seconds: 13, pose: (time) => body({ phase: waiting(time) * 0.95 }) });
    for (const { from, to } of stridesOf(pausing)) expect(to - from).toBeCloseTo(1 / 0.95, 0);
    for (const index of stepSymmetries(pausing)) expect(Math.abs(index)).toBeLessThan(3);
  });

  it('are found on both sides of a pause, and the pause belongs to none of them', () => {
    const stop = 5 / 0.95;
    const walked = (time: number) => (time < stop ? time : Math.max(stop, time - 3));
    const pausing = sequence({ seconds: 14, pose: (time) => body({ phase: walked(time) * 0.95 }) });
    expect(stridesOf(pausing).length).toBeGreaterThanOrEqual(7);
    for (const { from, to } of stridesOf(pausing)) expect(to - from).toBeLessThan(1.3);
    expect(stepSymmetries(pausing).length).toBeGreaterThanOrEqual(6);
    for (const index of stepSymmetries(pausing)) expect(Math.abs(index)).toBeLessThan(3);
  });
});
