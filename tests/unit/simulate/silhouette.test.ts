import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOINT_COUNT } from '../../../src/gait/keypoint.ts';
import { SILHOUETTE_LENGTH, SILHOUETTE_SIZE } from '../../../src/gait/silhouette.ts';
import { drawClipConditions, filmWalk, simulateClip } from '../../../trainer/simulate/clip.ts';
import { mirrorConditions } from '../../../trainer/simulate/course.ts';
import { mirrorPerson } from '../../../trainer/simulate/person.ts';
import { simulatePeople, simulatePerson } from '../../../trainer/simulate/population.ts';
import { Random } from '../../../trainer/random/random.ts';
import { drawMask, simulateSilhouettes } from '../../../trainer/simulate/silhouette/clip.ts';
import { silhouetteFigures } from '../../../trainer/simulate/silhouette/figures.ts';
import { drawFlesh } from '../../../trainer/simulate/silhouette/flesh.ts';
import { type Circle, HullFiller, type Mask } from '../../../trainer/simulate/silhouette/hull.ts';
import { Segmenter } from '../../../trainer/simulate/silhouette/segmenter.ts';

const people = simulatePeople({ people: 6, seed: 31 });
const clips = people.map((person) => simulateSilhouettes(person, 0));

describe('silhouettes of a simulated walk', () => {
  it('are of the walk that the skeletons are of: a frame for each pose, and every true joint inside the body', () => {
    people.forEach((person, index) => {
      const walk = filmWalk(person, drawClipConditions(person, 0));
      expect(clips[index]!.length).toBe(simulateClip(person, 0).sequence.times.length * SILHOUETTE_LENGTH);
      for (let frame = 0; frame < walk.times.length; frame += 7) {
        const { width, height, pixels } = drawMask(person, drawFlesh(person), walk, frame);
        expect([width, height]).toEqual([walk.picture.width / 2, walk.picture.height / 2]);
        for (let joint = 0; joint < JOINT_COUNT; joint++) {
          const at = (frame * JOINT_COUNT + joint) * 2;
          const [x, y] = [Math.floor(walk.points[at]! / 2), Math.floor(walk.points[at + 1]! / 2)];
          expect(pixels[y * width + x], `joint ${joint} of frame ${frame}`).toBe(1);
        }
      }
    });
  });

  it('are the same for the same person and clip, and differ between clips and people', () => {
    expect(simulateSilhouettes(people[2]!, 0)).toEqual(clips[2]);
    expect(simulateSilhouettes(people[2]!, 1)).not.toEqual(clips[2]);
    expect(clips[1]!.subarray(0, SILHOUETTE_LENGTH)).not.toEqual(clips[2]!.subarray(0, SILHOUETTE_LENGTH));
  });

  it('stand from the first row to the last with half of their mass on either side, and lose nothing in the cut columns', () => {
    for (const levels of clips) {
      for (let from = 0; from < levels.length; from += SILHOUETTE_LENGTH) {
        const frame = levels.subarray(from, from + SILHOUETTE_LENGTH);
        const row = (index: number) => frame.subarray(index * SILHOUETTE_SIZE, (index + 1) * SILHOUETTE_SIZE);
        expect(Math.max(...row(0))).toBeGreaterThan(0);
        expect(Math.max(...row(SILHOUETTE_SIZE - 1))).toBeGreaterThan(0);
        const mass = (until: number) =>
          frame.reduce((sum, level, at) => (at % SILHOUETTE_SIZE <= until ? sum + level : sum), 0) /
          frame.reduce((sum, level) => sum + level, 0);
        expect(mass(31)).toBeLessThanOrEqual(0.5);
        expect(mass(32)).toBeGreaterThan(0.5);
      }
      expect(silhouetteFigures(levels).cut).toBeLessThan(0.01);
    }
  });

  it('have the outline of a body: within two and a half columns of a real person’s at every eighth of the height', () => {
    // A standing adult in loose clothes, segmented by MediaPipe (trainer/simulate/README.md).
    const real = [6.0, 14.5, 18.7, 17.5, 13.6, 10.1, 8.0, 6.4];
    const bands = clips.map((levels) => silhouetteFigures(levels).bands);
    real.forEach((columns, band) => {
      const mean = bands.reduce((sum, clip) => sum + clip[band]!, 0) / bands.length;
      expect(Math.abs(mean - columns), `eighth ${band + 1}`).toBeLessThan(2.5);
    });
  });

  it('are the ones that weights were trained on: a change here asks for new ones', () => {
    const pinned = [
      { clip: simulateSilhouettes(simulatePerson(13, 0), 0), frames: 103, area: 0.17135, width: 20, level: 43.653 },
      { clip: simulateSilhouettes(simulatePerson(13, 5), 1), frames: 83, area: 0.17142, width: 22.711, level: 43.634 },
    ];
    for (const { clip, frames, area, width, level } of pinned) {
      expect(clip).toHaveLength(frames * SILHOUETTE_LENGTH);
      const figures = silhouetteFigures(clip);
      expect(figures.area).toBeCloseTo(area, 4);
      expect(figures.width).toBeCloseTo(width, 1);
      expect(clip.reduce((sum, value) => sum + value, 0) / clip.length).toBeCloseTo(level, 1);
    }
  });

  it('of a mirrored person under mirrored circumstances are the mirrored ones, but for the noise', () => {
    const person = people[3]!;
    const conditions = drawClipConditions(person, 0);
    const walk = filmWalk(person, conditions);
    const mirrored = filmWalk(mirrorPerson(person), mirrorConditions(conditions));
    for (const frame of [0, 20, walk.times.length - 1]) {
      const { width, pixels } = drawMask(person, drawFlesh(person), walk, frame);
      const other = drawMask(mirrorPerson(person), drawFlesh(person), mirrored, frame).pixels;
      const different = pixels.filter((inside, at) => inside !== other[at - (at % width) + width - 1 - (at % width)]).length;
      // Edges that run through the middle of a pixel.
      expect(different).toBeLessThan(0.003 * pixels.reduce((sum, inside) => sum + inside, 0));
    }
  });

  it('don’t tell the class by how stout the person is', () => {
    const shares = { negative: 0, neutral: 0, positive: 1 };
    for (const person of people) expect(drawFlesh(simulatePerson(31, person.index, shares))).toEqual(drawFlesh(person));
    expect(drawFlesh(people[0]!)).not.toEqual(drawFlesh(people[1]!));
  });

  it('cost a few milliseconds a frame: under 20 on a busy machine', () => {
    const started = performance.now();
    const frames = simulateSilhouettes(people[0]!, 4).length / SILHOUETTE_LENGTH;
    expect((performance.now() - started) / frames).toBeLessThan(20);
  });
});

describe('a simulated segmentation', () => {
  const person = people[0]!;
  const walk = filmWalk(person, drawClipConditions(person, 0));
  const truth = drawMask(person, drawFlesh(person), walk, 30);
  const top = Math.floor(truth.pixels.indexOf(1) / truth.width);
  const isNearEdge = (x: number, y: number, reach: number): boolean => {
    const inside = truth.pixels[y * truth.width + x];
    for (let row = y - reach; row <= y + reach; row++) {
      const around = truth.pixels.subarray(row * truth.width + x - reach, row * truth.width + x + reach + 1);
      if (around.some((other) => other !== inside)) return true;
    }
    return false;
  };
  const segment = (seed: number) => new Segmenter(new Random(99, seed)).segment(truth, Infinity);

  it('errs along the edge alone, and mildly', () => {
    const { width, height, pixels } = segment(1);
    expect(width).toBe(truth.width);
    const reach = Math.ceil(0.01 * height);
    let [wrong, area] = [0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = truth.pixels[(top + y) * width + x]!;
        area += inside;
        if ((pixels[y * width + x] === 255) === (inside === 1)) continue;
        wrong++;
        expect(isNearEdge(x, top + y, reach)).toBe(true);
      }
    }
    expect(wrong / area).toBeGreaterThan(0.005);
    expect(wrong / area).toBeLessThan(0.1);
  });

  it('errs otherwise for another seed, and in the next frame much as in this one', () => {
    expect(segment(1)).toEqual(segment(1));
    const difference = (a: Mask, b: Mask) => a.pixels.filter((level, at) => level !== b.pixels[at]).length;
    const walker = new Segmenter(new Random(99, 1));
    const [first, next, late] = [walker.segment(truth, Infinity), walker.segment(truth, 1 / 15), walker.segment(truth, 60)];
    expect(difference(first, next)).toBeGreaterThan(0);
    expect(difference(first, next)).toBeLessThan(difference(first, late));
    expect(difference(first, segment(2))).toBeGreaterThan(difference(first, next));
  });

  it('of nobody is refused', () => {
    const nobody: Mask = { width: 8, height: 8, pixels: new Uint8Array(64) };
    expect(() => new Segmenter(new Random(1)).segment(nobody, 1)).toThrow(/without a body/);
  });
});

describe('a hull of circles', () => {
  const circle = fc.record({
    x: fc.double({ min: -5, max: 29, noNaN: true }),
    y: fc.double({ min: -5, max: 29, noNaN: true }),
    radius: fc.double({ min: 0.5, max: 12, noNaN: true }),
  });
  const fill = (circles: readonly Circle[]): Mask => {
    const mask: Mask = { width: 24, height: 24, pixels: new Uint8Array(24 * 24) };
    new HullFiller().fill(circles, mask);
    return mask;
  };

  it('of two is what a circle covers that goes from one to the other and grows on the way', () => {
    /** How far a point lies inside; negative outside. */
    const depthAt = ([a, b]: readonly [Circle, Circle], x: number, y: number): number => {
      let deepest = -Infinity;
      for (let t = 0; t <= 1; t += 1 / 400) {
        const radius = a.radius + t * (b.radius - a.radius);
        deepest = Math.max(deepest, radius - Math.hypot(a.x + t * (b.x - a.x) - x, a.y + t * (b.y - a.y) - y));
      }
      return deepest;
    };
    fc.assert(
      fc.property(fc.tuple(circle, circle), (circles) => {
        const wrong = Array.from(fill(circles).pixels).filter((inside, at) => {
          const depth = depthAt(circles, (at % 24) + 0.5, Math.floor(at / 24) + 0.5);
          // The outline is a polygon of 48 corners, up to 12 px · (1 − cos 7.5°) inside the true one.
          return Math.abs(depth) > 0.15 && inside !== (depth > 0 ? 1 : 0);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('of more holds that of each two of them, and no row of it has a gap', () => {
    fc.assert(
      fc.property(fc.array(circle, { minLength: 3, maxLength: 4 }), (circles) => {
        const whole = fill(circles).pixels;
        const gaps = Array.from({ length: 24 }, (_, row) => Array.from(whole.subarray(row * 24, (row + 1) * 24)).join('')).filter(
          (row) => /10+1/.test(row),
        );
        expect(gaps).toEqual([]);
        for (const [index, one] of circles.entries()) {
          for (const other of circles.slice(index + 1)) {
            // A little smaller, for the corners that the polygon cuts.
            const pair = fill([one, other].map((each) => ({ ...each, radius: 0.97 * each.radius - 0.05 })));
            expect(pair.pixels.every((inside, at) => inside === 0 || whole[at] === 1)).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
