import { describe, expect, it } from 'vitest';
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { simulateClip, simulateExactClip } from '../../../trainer/simulate/clip.ts';
import { JOINT_NOISE } from '../../../trainer/simulate/noise.ts';
import { simulatePeople } from '../../../trainer/simulate/population.ts';

const people = simulatePeople({ people: 60, seed: 77 });

/** Horizontal errors in shares of body height, one array a joint: frames of all clips, and each clip's mean. */
function errors(): { all: number[][]; means: number[][]; confidences: number[] } {
  const all = Array.from({ length: JOINT_COUNT }, () => [] as number[]);
  const means = Array.from({ length: JOINT_COUNT }, () => [] as number[]);
  const confidences: number[] = [];
  for (const person of people) {
    const noisy = simulateClip(person, 0).sequence.keypoints;
    const exact = simulateExactClip(person, 0).sequence.keypoints;
    for (let joint = 0; joint < JOINT_COUNT; joint++) {
      const clip: number[] = [];
      for (let from = 0; from < exact.length; from += POSE_LENGTH) {
        const y = (index: number): number => exact[from + index * KEYPOINT_STRIDE + 1]!;
        const at = from + joint * KEYPOINT_STRIDE;
        clip.push((noisy[at]! - exact[at]!) / (Math.max(y(15), y(16)) - y(1)));
        confidences.push(noisy[at + 2]!);
      }
      all[joint]!.push(...clip);
      means[joint]!.push(clip.reduce((sum, value) => sum + value, 0) / clip.length);
    }
  }
  return { all, means, confidences };
}

describe('keypoint noise', () => {
  const { all, means, confidences } = errors();
  const typical = (values: readonly number[]): number => {
    const sorted = values.map(Math.abs).sort((a, b) => a - b);
    return 1.4826 * sorted[Math.floor(sorted.length / 2)]!;
  };

  it('is of the stated size at every joint: steady, slow and quick parts together', () => {
    JOINT_NOISE.forEach(({ bias, slow, jitter }, joint) => {
      const stated = Math.hypot(bias, slow, jitter);
      expect(typical(all[joint]!) / stated, `joint ${joint}`).toBeGreaterThan(0.75);
      expect(typical(all[joint]!) / stated, `joint ${joint}`).toBeLessThan(1.8);
    });
  });

  it('keeps a steady part over a whole clip', () => {
    JOINT_NOISE.forEach(({ bias }, joint) => {
      expect(typical(means[joint]!), `joint ${joint}`).toBeGreaterThan(0.6 * bias);
    });
  });

  it('holds rare gross errors, at less than one keypoint in fifty', () => {
    const gross = all.flat().filter((error) => Math.abs(error) > 0.025).length / all.flat().length;
    expect(gross).toBeGreaterThan(0.0005);
    expect(gross).toBeLessThan(0.02);
  });

  it('comes with confidences of about 0.9, lower now and then', () => {
    const mean = confidences.reduce((sum, value) => sum + value, 0) / confidences.length;
    expect(mean).toBeGreaterThan(0.86);
    expect(mean).toBeLessThan(0.96);
    expect(Math.min(...confidences)).toBeLessThan(0.5);
  });
});
