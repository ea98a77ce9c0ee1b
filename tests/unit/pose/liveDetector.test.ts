import { describe, expect, it } from 'vitest';
import type { Detection, Detector } from '../../../src/pose/landmarker.ts';
import type { Landmark } from '../../../src/pose/landmarks.ts';
import { LiveDetector } from '../../../src/pose/liveDetector.ts';

const CANVAS = { width: 640, height: 360 } as OffscreenCanvas;

/** A body in the left or the right of the picture. */
const bodyAt = (x: number): Landmark[] =>
  Array.from({ length: 33 }, (_, index) => ({ x: x + (index % 2) * 0.1, y: 0.2 + index / 60, visibility: 0.9 }));

/** Finds the people that are there at the time; at most so many. */
class FakeDetector implements Detector {
  readonly times: number[] = [];
  open = 0;
  constructor(
    private readonly peopleAt: (time: number) => Landmark[][],
    private readonly most: number,
  ) {}

  detect(_: OffscreenCanvas, time: number): Detection {
    this.times.push(time);
    this.open += 1;
    const landmarks = this.peopleAt(time).slice(0, this.most);
    return { landmarks, outline: () => null, close: () => (this.open -= 1) };
  }
}

/** Ten seconds at 15 frames a second; how many people each frame showed. */
function film(peopleAt: (time: number) => Landmark[][]) {
  const [one, two] = [new FakeDetector(peopleAt, 1), new FakeDetector(peopleAt, 2)];
  const detector = new LiveDetector(one, two);
  const found = Array.from({ length: 150 }, (_, index) => {
    const time = index / 15;
    const detection = detector.detect(CANVAS, time);
    const { length: people } = detection.landmarks;
    detection.close();
    return { time, people };
  });
  return { one, two, found };
}

describe('people in front of a camera', () => {
  it('looks for a second one every two seconds while somebody is alone, and follows them in every frame', () => {
    const { one, two, found } = film(() => [bodyAt(0.3)]);
    expect(one.times).toHaveLength(150);
    expect(two.times).toHaveLength(5);
    expect(found.every(({ people }) => people === 1)).toBe(true);
  });

  it('notices within two seconds who comes into the picture, and follows both while they are there', () => {
    const { one, two, found } = film((time) => (time > 3.4 && time < 6 ? [bodyAt(0.3), bodyAt(0.7)] : [bodyAt(0.3)]));
    const crowded = found.filter(({ people }) => people === 2).map(({ time }) => time);
    expect(crowded[0]).toBeLessThanOrEqual(5.4);
    expect(crowded.at(-1)).toBeGreaterThan(5.9);
    expect(crowded.length).toBeGreaterThan(15 * 1.5);
    // Alone again: the quick one is back two seconds later.
    expect(two.times.filter((time) => time > 8.1).length).toBeLessThanOrEqual(2);
    expect(one.times.some((time) => time > 4.5 && time < 7.9)).toBe(false);
    expect(one.times.at(-1)).toBeGreaterThan(9.9);
  });

  it('takes one person who was found twice for one', () => {
    const { one, found } = film(() => [bodyAt(0.3), bodyAt(0.301)]);
    expect(one.times).toHaveLength(150);
    expect(found.every(({ people }) => people === 1)).toBe(true);
  });

  it('gives back what it looked at', () => {
    const { one, two } = film((time) => (Math.floor(time) % 3 === 0 ? [bodyAt(0.3), bodyAt(0.7)] : []));
    expect([one.open, two.open]).toEqual([0, 0]);
  });

  it('asks each with times that grow', () => {
    const { one, two } = film((time) => (time > 3 && time < 6 ? [bodyAt(0.3), bodyAt(0.7)] : [bodyAt(0.3)]));
    for (const { times } of [one, two]) expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});
