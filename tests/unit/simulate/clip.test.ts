import { describe, expect, it } from 'vitest';
import { JOINT_COUNT, JOINT_INDEX, keypointAt, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { drawClipConditions, filmWalk, simulateClip, simulateExactClip } from '../../../trainer/simulate/clip.ts';
import { mirrorConditions } from '../../../trainer/simulate/course.ts';
import { mirrorPerson } from '../../../trainer/simulate/person.ts';
import { simulatePeople } from '../../../trainer/simulate/population.ts';

const people = simulatePeople({ people: 24, seed: 31 });

/** COCO-17 with left and right exchanged. */
const OTHER_SIDE = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15];

describe('a simulated clip', () => {
  it('is sampled 15 times a second, between 45 and 250 frames, in the order of time', () => {
    for (const person of people) {
      const { times, keypoints } = simulateClip(person, 0).sequence;
      expect(times.length).toBeGreaterThanOrEqual(45);
      expect(times.length).toBeLessThanOrEqual(250);
      expect(keypoints).toHaveLength(times.length * POSE_LENGTH);
      const steps = Array.from(times.subarray(1), (time, index) => time - times[index]!);
      expect(Math.min(...steps)).toBeCloseTo(1 / 15, 6);
      // Longer steps are the pauses between two passes.
      expect(steps.filter((step) => step > 0.07).every((step) => step >= 4)).toBe(true);
    }
  });

  it('has every joint inside the picture, with a confidence between 0 and 1', () => {
    for (const person of people) {
      const { picture, keypoints } = simulateClip(person, 1).sequence;
      const column = (part: number): Float32Array => keypoints.filter((_, at) => at % 3 === part);
      expect(column(0).every((x) => x >= 0 && x < picture.width)).toBe(true);
      expect(column(1).every((y) => y >= 0 && y < picture.height)).toBe(true);
      expect(column(2).every((confidence) => confidence > 0 && confidence < 1)).toBe(true);
    }
  });

  it('walks toward the camera: the body grows within a pass, and the person’s left is on the right of the picture', () => {
    for (const person of people) {
      const { times, keypoints } = simulateExactClip(person, 0).sequence;
      const heightAt = (frame: number): number =>
        keypointAt(keypoints, JOINT_INDEX.leftAnkle, frame * POSE_LENGTH).y -
        keypointAt(keypoints, JOINT_INDEX.nose, frame * POSE_LENGTH).y;
      let passEnd = 1;
      while (passEnd < times.length && times[passEnd]! - times[passEnd - 1]! < 1) passEnd++;
      expect(heightAt(passEnd - 1)).toBeGreaterThan(1.2 * heightAt(0));
      const widthAt = (left: number, right: number, frame: number): number =>
        keypointAt(keypoints, left, frame * POSE_LENGTH).x - keypointAt(keypoints, right, frame * POSE_LENGTH).x;
      const frames = Array.from(times, (_, frame) => frame);
      expect(frames.every((frame) => widthAt(JOINT_INDEX.leftShoulder, JOINT_INDEX.rightShoulder, frame) > 0)).toBe(true);
      expect(frames.every((frame) => widthAt(JOINT_INDEX.leftHip, JOINT_INDEX.rightHip, frame) > 0)).toBe(true);
    }
  });

  it('has the parts of a body in their order, from head to feet', () => {
    const { keypoints } = simulateExactClip(people[0]!, 0).sequence;
    for (let from = 0; from < keypoints.length; from += POSE_LENGTH) {
      const down = [JOINT_INDEX.nose, JOINT_INDEX.leftShoulder, JOINT_INDEX.leftHip, JOINT_INDEX.leftKnee, JOINT_INDEX.leftAnkle];
      const heights = down.map((joint) => keypointAt(keypoints, joint, from).y);
      expect(heights).toEqual([...heights].sort((a, b) => a - b));
    }
  });

  it('steps: each ankle is in turn ahead and lifted, once a stride', () => {
    const { keypoints, times } = simulateExactClip(people[1]!, 0).sequence;
    const difference = Array.from(times, (_, frame) => {
      const at = frame * POSE_LENGTH;
      return keypointAt(keypoints, JOINT_INDEX.leftAnkle, at).y - keypointAt(keypoints, JOINT_INDEX.rightAnkle, at).y;
    });
    const changes = difference.filter((value, frame) => frame > 0 && value > 0 !== difference[frame - 1]! > 0).length;
    const steps = (people[1]!.style.cadence / 60) * (times.length / 15);
    expect(changes).toBeGreaterThan(0.7 * steps);
    expect(changes).toBeLessThan(1.4 * steps);
  });

  it('of a mirrored person under mirrored circumstances is the mirrored clip', () => {
    for (const person of people.slice(0, 6)) {
      const conditions = drawClipConditions(person, 0);
      const walk = filmWalk(person, conditions);
      const mirrored = filmWalk(mirrorPerson(person), mirrorConditions(conditions));
      expect(mirrored.times).toEqual(walk.times);
      const distances = Array.from({ length: walk.points.length / 2 }, (_, at) => {
        const other = at - (at % JOINT_COUNT) + OTHER_SIDE[at % JOINT_COUNT]!;
        return Math.hypot(
          mirrored.points[2 * at]! - (walk.picture.width - walk.points[2 * other]!),
          mirrored.points[2 * at + 1]! - walk.points[2 * other + 1]!,
        );
      });
      expect(Math.max(...distances)).toBeLessThan(1e-6);
    }
  });

  it('is cheap enough to be drawn while a network trains: under 2 ms a frame', () => {
    simulateClip(people[0]!, 5);
    const started = performance.now();
    const frames = people.reduce((sum, person) => sum + simulateClip(person, 6).sequence.times.length, 0);
    expect((performance.now() - started) / frames).toBeLessThan(2);
  });
});
