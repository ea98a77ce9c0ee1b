/** The geometry that published skeleton maps have, held against maps of a made-up person (domain: conformance checks for maps). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOINT_INDEX } from '../../../src/gait/keypoint.ts';
import type { MapRecipe } from '../../../src/gait/recipe.ts';
import {
  OPENGAIT_SIGMA8_FULL_BODY,
  RECIPES,
  SIGMA15_JOINT8_BODY_ONLY,
  SIGMA15_JOINT8_FULL_BODY,
  SUMMED_SIGMA8_FULL_BODY,
} from '../../../src/gait/recipes.ts';
import {
  CUT_WIDTH,
  cutColumns,
  MAP_LENGTH,
  MAP_SIZE,
  renderSkeletonMaps,
  SkeletonMapRenderer,
} from '../../../src/gait/skeletonMap.ts';
import { anyPose, mirrored, moved, setJoint, standingPose, walkOf } from './poses.ts';

const PIXELS = MAP_SIZE * MAP_SIZE;
/** What counts as support in the published figures: 5 % of white. */
const SUPPORT = 0.05 * 255;

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
const limbsOf = (map: Uint8Array) => map.subarray(0, PIXELS);
const jointsOf = (map: Uint8Array) => map.subarray(PIXELS, 2 * PIXELS);
const brighter = (map: Uint8Array) => limbsOf(map).map((limb, pixel) => Math.max(limb, jointsOf(map)[pixel]!));

/** The left arm raised. */
function leaning(): Float32Array {
  const pose = standingPose();
  setJoint(pose, JOINT_INDEX.leftWrist, 760, 250, 0.9);
  return pose;
}

/** Width, height and centre of what is brighter than 5 %. */
function supportOf(plane: Uint8Array) {
  const columns: number[] = [];
  const rows: number[] = [];
  plane.forEach((level, pixel) => {
    if (level <= SUPPORT) return;
    columns.push(pixel % MAP_SIZE);
    rows.push(Math.floor(pixel / MAP_SIZE));
  });
  const [left, right, top, bottom] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
  return {
    width: right - left + 1,
    height: bottom - top + 1,
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    share: rows.length / PIXELS,
  };
}

describe('a frontal person', () => {
  it('covers as much of the map as published maps do: 32×61 px, 37 %', () => {
    const support = supportOf(brighter(renderSkeletonMaps(standingPose(), OPENGAIT_SIGMA8_FULL_BODY)));
    expect(support.width).toBeGreaterThan(29);
    expect(support.width).toBeLessThan(36);
    expect(Math.abs(support.height - 61.5)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(support.share - 0.37)).toBeLessThan(0.05);
  });

  it('has limbs and joints in register under one shared crop', () => {
    const map = renderSkeletonMaps(standingPose(), SIGMA15_JOINT8_FULL_BODY);
    const [limbs, joints] = [supportOf(limbsOf(map)), supportOf(jointsOf(map))];
    expect(Math.abs(limbs.x - joints.x)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(limbs.y - joints.y)).toBeLessThanOrEqual(0.5);
  });

  it('has its limbs enlarged by 1.36 against its joints where each channel is cropped alone', () => {
    const [shared, alone] = (['shared', 'per-channel'] as const).map((crop) =>
      supportOf(limbsOf(renderSkeletonMaps(standingPose(), { ...SIGMA15_JOINT8_FULL_BODY, crop }))),
    );
    expect(alone!.height / shared!.height).toBeGreaterThan(1.31);
    expect(alone!.height / shared!.height).toBeLessThan(1.41);
  });

  it('has soft joints of σ 4 on the map', () => {
    // The ankle keeps the crop tall. Right of the nose lies nothing else, so that its flank is a plain Gaussian.
    const recipe = { ...OPENGAIT_SIGMA8_FULL_BODY, joints: [JOINT_INDEX.nose, JOINT_INDEX.leftAnkle] };
    const plane = jointsOf(renderSkeletonMaps(standingPose(1), recipe));
    const row = Math.floor(plane.indexOf(Math.max(...plane.subarray(0, PIXELS / 2))) / MAP_SIZE);
    const brightness = (column: number) => plane[row * MAP_SIZE + column]! + 0.5;
    // Map column c is the mean of canvas columns 2c and 2c+1; the nose is at canvas x = 64.
    const distance = (column: number) => 2 * column + 0.5 - 64;
    for (const column of [36, 38, 40]) {
      const fall = 2 * Math.log(brightness(32) / brightness(column));
      const sigma = Math.sqrt((distance(column) ** 2 - distance(32) ** 2) / fall);
      expect(Math.abs(sigma / 2 - 4)).toBeLessThan(0.15);
    }
  });
});

describe('renderSkeletonMaps', () => {
  const byMaximum = Object.values(RECIPES).filter(({ combine }) => combine === 'max');
  it.each(byMaximum)('$name: a mirrored person gives a mirrored drawing', (recipe) => {
    const renderer = new SkeletonMapRenderer(recipe);
    const side = 128;
    const canvas = (pose: Float32Array) => {
      const levels = new Uint8Array(2 * side * side);
      renderer.renderCanvas(pose, levels);
      return levels;
    };
    fc.assert(
      fc.property(anyPose(), (pose) => {
        const [one, other] = [canvas(pose), canvas(mirrored(pose))];
        let differing = 0;
        for (let pixel = 0; pixel < one.length; pixel++) {
          const column = pixel % side;
          // Column 64 is the axis, so column 0 has no partner. The 3σ boxes end a pixel apart on their two sides: leave the faint edge out.
          if (column === 0 || one[pixel]! < 8 || other[pixel + side - 2 * column]! < 8) continue;
          if (Math.abs(one[pixel]! - other[pixel + side - 2 * column]!) > 2) differing++;
        }
        expect(differing).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it.each(Object.values(RECIPES))('$name: does not depend on place and distance', (recipe) => {
    fc.assert(
      fc.property(
        anyPose(),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.integer({ min: -200, max: 200 }),
        (pose, scale, shift) => {
          const [one, other] = [renderSkeletonMaps(pose, recipe), renderSkeletonMaps(moved(pose, scale, shift, shift), recipe)];
          const differing = one.filter((level, pixel) => Math.abs(level - other[pixel]!) > 1).length;
          expect(differing / one.length).toBeLessThan(0.01);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('gives one map a frame, the same as alone', () => {
    const [stand, lean] = [standingPose(), leaning()];
    const both = renderSkeletonMaps(walkOf([stand, lean]), SIGMA15_JOINT8_BODY_ONLY);
    expect(both).toHaveLength(2 * MAP_LENGTH);
    expect(same(both.subarray(0, MAP_LENGTH), renderSkeletonMaps(stand, SIGMA15_JOINT8_BODY_ONLY))).toBe(true);
    expect(same(both.subarray(MAP_LENGTH), renderSkeletonMaps(lean, SIGMA15_JOINT8_BODY_ONLY))).toBe(true);
  });

  it('ignores the face where the recipe leaves it out, but for the height of the body', () => {
    const pose = standingPose();
    const turned = pose.slice();
    turned[0]! += 30;
    turned[2] = 0.1;
    expect(same(renderSkeletonMaps(turned, SIGMA15_JOINT8_BODY_ONLY), renderSkeletonMaps(pose, SIGMA15_JOINT8_BODY_ONLY))).toBe(
      true,
    );
    expect(same(renderSkeletonMaps(turned, SIGMA15_JOINT8_FULL_BODY), renderSkeletonMaps(pose, SIGMA15_JOINT8_FULL_BODY))).toBe(
      false,
    );
  });

  it('is as bright as the pose model is sure', () => {
    const peak = (confidence: number) => Math.max(...renderSkeletonMaps(standingPose(confidence), OPENGAIT_SIGMA8_FULL_BODY));
    expect(peak(0.4) / peak(0.8)).toBeCloseTo(0.5, 1);
    expect(peak(0)).toBe(0);
  });

  it('adds overlaps up where the recipe says so', () => {
    const total = (recipe: MapRecipe) => renderSkeletonMaps(standingPose(), recipe).reduce((sum, level) => sum + level, 0);
    expect(total(SUMMED_SIGMA8_FULL_BODY)).toBeGreaterThan(1.2 * total(OPENGAIT_SIGMA8_FULL_BODY));
  });

  it('gives a blank map for a pose without height and an empty one for no frames', () => {
    const flat = standingPose().map((value, at) => (at % 3 === 1 ? 100 : value));
    expect(same(renderSkeletonMaps(flat, SIGMA15_JOINT8_BODY_ONLY), new Uint8Array(MAP_LENGTH))).toBe(true);
    expect(renderSkeletonMaps(new Float32Array(), SIGMA15_JOINT8_BODY_ONLY)).toHaveLength(0);
  });
});

describe('SkeletonMapRenderer', () => {
  it('remembers nothing of the pose before', () => {
    const renderer = new SkeletonMapRenderer(SIGMA15_JOINT8_BODY_ONLY);
    const out = new Uint8Array(MAP_LENGTH);
    fc.assert(
      fc.property(anyPose(), anyPose(), (before, pose) => {
        renderer.render(before, out);
        renderer.render(pose, out);
        expect(same(out, renderSkeletonMaps(pose, SIGMA15_JOINT8_BODY_ONLY))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});

describe('cutColumns', () => {
  it('keeps columns 10 to 53 of every row', () => {
    const columns = Uint8Array.from({ length: 2 * MAP_LENGTH }, (_, at) => at % MAP_SIZE);
    const cut = cutColumns(columns);
    expect(cut).toHaveLength(2 * 2 * MAP_SIZE * CUT_WIDTH);
    expect(cut.every((column, at) => column === 10 + (at % CUT_WIDTH))).toBe(true);
  });

  it('takes silhouettes, which have one channel', () => {
    expect(cutColumns(new Uint8Array(3 * PIXELS), 1)).toHaveLength(3 * MAP_SIZE * CUT_WIDTH);
  });

  it("removes next to nothing of a person's map", () => {
    const map = renderSkeletonMaps(standingPose(), SIGMA15_JOINT8_BODY_ONLY);
    const mass = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0);
    expect(mass(cutColumns(map)) / mass(map)).toBeGreaterThan(0.9999);
  });
});
