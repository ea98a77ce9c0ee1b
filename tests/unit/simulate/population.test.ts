import { describe, expect, it } from 'vitest';
import { KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { CLASSES } from '../../../src/gait/labels.ts';
import { simulateClip } from '../../../trainer/simulate/clip.ts';
import { drawClip, simulatePeople, simulatePerson, splitRanges } from '../../../trainer/simulate/population.ts';
import { classOfCobb } from '../../../trainer/simulate/scoliosis.ts';

describe('simulated people', () => {
  it('are the same for the same seed and index, whoever asks and in whatever order', () => {
    const late = drawClip(7, 23, 2);
    const people = simulatePeople({ people: 30, seed: 7 });
    const person = people[23];
    expect(person).toEqual(simulatePerson(7, 23));
    simulateClip(people[0]!, 0);
    expect(simulateClip(person!, 2)).toEqual(late);
    expect(simulatePeople({ people: 2, seed: 7, first: 23 })[0]).toEqual(person);
  });

  it('are the ones the shipped weights were trained and measured on: a change here asks for new weights', () => {
    const pinned = [
      {
        clip: drawClip(13, 0, 0),
        frames: 103,
        joints: { 5: [667.415, 164.128], 10: [562.017, 316.216], 16: [614.631, 573.434] },
      },
      { clip: drawClip(13, 5, 1), frames: 83, joints: { 5: [388.059, 482.54], 10: [254.41, 600.367], 16: [341.702, 799.958] } },
    ];
    for (const { clip, frames, joints } of pinned) {
      expect(clip.sequence.times).toHaveLength(frames);
      for (const [joint, [x, y]] of Object.entries(joints)) {
        const at = 20 * POSE_LENGTH + Number(joint) * KEYPOINT_STRIDE;
        expect(clip.sequence.keypoints[at]).toBeCloseTo(x!, 2);
        expect(clip.sequence.keypoints[at + 1]).toBeCloseTo(y!, 2);
      }
    }
  });

  it('differ between seeds, indices and clips', () => {
    const clips = [drawClip(7, 3, 0), drawClip(7, 3, 1), drawClip(7, 4, 0), drawClip(8, 3, 0)];
    const first = clips.map((clip) => clip.sequence.keypoints[0]);
    expect(new Set(first).size).toBe(clips.length);
    expect(clips[1]!.personId).toBe(clips[0]!.personId);
    expect(new Set(clips.map((clip) => clip.personId)).size).toBe(3);
  });

  it('hold the classes in the shares asked for, in any run of indices', () => {
    for (const [first, shares] of [
      [0, { negative: 2, neutral: 1, positive: 1 }],
      [517, { negative: 8, neutral: 1, positive: 1 }],
    ] as const) {
      const people = simulatePeople({ people: 400, seed: 5, classShares: shares, first });
      const total = shares.negative + shares.neutral + shares.positive;
      for (const name of CLASSES) {
        const count = people.filter((person) => person.className === name).length;
        expect(Math.abs(count - (400 * shares[name]) / total), name).toBeLessThanOrEqual(3);
      }
    }
  });

  it('never hold a class whose share is 0', () => {
    const people = simulatePeople({ people: 100, seed: 5, classShares: { negative: 0, neutral: 0, positive: 1 } });
    expect(people.every((person) => person.className === 'positive')).toBe(true);
    expect(() => simulatePerson(1, 1, { negative: 0, neutral: 0, positive: 0 })).toThrow(/at least one share/);
  });

  it('carry the label of their Cobb angle, most negatives without any curve', () => {
    const people = simulatePeople({ people: 600, seed: 2 });
    for (const person of people) {
      expect(classOfCobb(person.curve.cobb)).toBe(person.className);
      expect(CLASSES[person.label]).toBe(person.className);
      expect(person.curve.cobb).toBeLessThanOrEqual(50);
    }
    const negatives = people.filter((person) => person.className === 'negative');
    expect(negatives.filter((person) => person.curve.cobb === 0).length / negatives.length).toBeGreaterThan(0.5);
    const positives = people.filter((person) => person.className === 'positive').map((person) => person.curve.cobb);
    expect(Math.max(...positives)).toBeGreaterThan(40);
    expect(positives.filter((cobb) => cobb < 20).length / positives.length).toBeGreaterThan(0.15);
  });

  it('are in one split only', () => {
    const ranges = splitRanges({ train: 40, validation: 15, test: 25 });
    const ids = Object.values(ranges).flatMap(({ first, end }) =>
      simulatePeople({ people: end - first, seed: 3, first }).map((person) => person.id),
    );
    expect(ids).toHaveLength(80);
    expect(new Set(ids).size).toBe(80);
  });

  it('have an age, a height and a build that don’t tell the class', () => {
    const people = simulatePeople({ people: 3000, seed: 4, classShares: { negative: 1, neutral: 0, positive: 1 } });
    const mean = (label: number, pick: (person: (typeof people)[number]) => number): number => {
      const values = people.filter((person) => person.label === label).map(pick);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(Math.abs(mean(0, (person) => person.build.age) - mean(2, (person) => person.build.age))).toBeLessThan(0.2);
    expect(Math.abs(mean(0, (person) => person.build.height) - mean(2, (person) => person.build.height))).toBeLessThan(1.2);
    for (const { build } of people) {
      expect(build.age).toBeGreaterThanOrEqual(10);
      expect(build.age).toBeLessThanOrEqual(18);
    }
  });
});
