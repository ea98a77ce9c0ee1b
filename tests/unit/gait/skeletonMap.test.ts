/** The geometry that published skeleton maps have, held against maps of a made-up person (domain: conformance checks for maps). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropBox } from '../../../src/gait/crop.ts';
import { JOINT_INDEX } from '../../../src/gait/keypoint.ts';
import { CANVAS_SIZE } from '../../../src/gait/normalise.ts';
import type { MapRecipe } from '../../../src/gait/recipe.ts';
import {
  UPSTREAM_ALIGNED,
  RECIPES,
  SIGMA15_JOINT8_BODY_ONLY,
  SIGMA15_JOINT8_FULL_BODY,
  PAPER_118,
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
    const support = supportOf(brighter(renderSkeletonMaps(standingPose(), UPSTREAM_ALIGNED)));
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
    const recipe = { ...UPSTREAM_ALIGNED, joints: [JOINT_INDEX.nose, JOINT_INDEX.leftAnkle] };
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

/** The columns' centre of mass, in map pixels. */
function centreOf(plane: Uint8Array): number {
  const mass = plane.reduce((sum, level) => sum + level, 0);
  return plane.reduce((sum, level, pixel) => sum + level * (pixel % MAP_SIZE), 0) / mass;
}

/** Standard deviation of the rows over that of the columns, by mass. */
function elongationOf(plane: Uint8Array): number {
  const moment = (of: (pixel: number) => number) =>
    plane.reduce((sum, level, pixel) => sum + level * of(pixel), 0) / plane.reduce((sum, level) => sum + level, 0);
  const [x, y] = [(pixel: number) => pixel % MAP_SIZE, (pixel: number) => Math.floor(pixel / MAP_SIZE)];
  const variance = (of: (pixel: number) => number) => moment((pixel) => of(pixel) ** 2) - moment(of) ** 2;
  return Math.sqrt(variance(y) / variance(x));
}

/** Both channels of a map mirrored. */
const mirroredMap = (map: Uint8Array) => map.map((_, at) => map[at + MAP_SIZE - 1 - 2 * (at % MAP_SIZE)]!);

/** Whether the crop of a channel of this pose is the whole canvas. */
function fillsCanvas(pose: Float32Array, recipe: MapRecipe, channel: number): boolean {
  const length = CANVAS_SIZE * CANVAS_SIZE;
  const canvases = new Uint8Array(2 * length);
  new SkeletonMapRenderer(recipe).renderCanvas(pose, canvases);
  const planes = [canvases.subarray(0, length), canvases.subarray(length)];
  const box = cropBox(recipe.aspect, ...(recipe.crop === 'shared' ? planes : [planes[channel]!]));
  return box !== null && box.right - box.left === CANVAS_SIZE;
}

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

  // The axis is column 64, with 64 columns on its left and 63 on its right: a crop of the whole canvas has its middle half a map pixel
  // off the axis. Narrower crops are symmetric around it, and only the 3σ boxes that end a pixel apart on their two sides are left.
  it.each(Object.values(RECIPES))(
    '$name: a mirrored person gives a mirrored map, half a pixel off if it fills the canvas',
    (recipe) => {
      fc.assert(
        fc.property(anyPose(), (pose) => {
          const [map, mirror] = [renderSkeletonMaps(pose, recipe), mirroredMap(renderSkeletonMaps(mirrored(pose), recipe))];
          for (const channel of [0, 1]) {
            const [one, other] = [map, mirror].map((each) => each.subarray(channel * PIXELS, (channel + 1) * PIXELS));
            const full = fillsCanvas(pose, recipe, channel);
            expect(Math.abs(Math.abs(centreOf(one!) - centreOf(other!)) - (full ? 0.5 : 0))).toBeLessThan(0.03);
            if (full) continue;
            // Sums carry the ends of all the boxes that overlap in a pixel.
            const most = recipe.combine === 'max' ? 2 : 10;
            expect(one!.every((level, pixel) => Math.abs(level - other![pixel]!) <= most)).toBe(true);
          }
        }),
        { numRuns: 10 },
      );
    },
  );

  it('keeps a circle a circle where the recipe says so, and else as tall as its box is wide', () => {
    // The nose 43.45 px above the mid-hip, between two rows of the canvas: 16 rows of it are visible, and its box has 17 columns.
    const pose = standingPose();
    setJoint(pose, JOINT_INDEX.nose, 640, 374.6 - (43.45 * 469.2) / 85, 0.9);
    const dot = { ...SIGMA15_JOINT8_BODY_ONLY, joints: [JOINT_INDEX.nose], limbs: [], jointSigma: 2.5 };
    const elongation = (aspect: MapRecipe['aspect']) => elongationOf(jointsOf(renderSkeletonMaps(pose, { ...dot, aspect })));
    expect(elongation('square')).toBeCloseTo(17 / 16, 2);
    expect(elongation('keep')).toBeCloseTo(1, 2);
  });

  it('does not see the head move where only drawn joints decide the height', () => {
    const recipe: MapRecipe = { ...SIGMA15_JOINT8_BODY_ONLY, normaliseBy: 'drawn-joints' };
    const face = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 300, max: 900 }), fc.integer({ min: 20, max: 300 }));
    fc.assert(
      fc.property(anyPose(), face, (pose, [joint, x, y]) => {
        const nodding = pose.slice();
        setJoint(nodding, joint, x, y, 0.4);
        expect(same(renderSkeletonMaps(nodding, recipe), renderSkeletonMaps(pose, recipe))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('joins the shoulders where the recipe does, and changes nothing else', () => {
    const [without, withLine] = ['sigma15_joint8-bodyonly', 'sigma15_joint8-bodyonly-shoulderline'].map((name) =>
      renderSkeletonMaps(standingPose(), RECIPES[name]!),
    );
    expect(same(jointsOf(withLine!), jointsOf(without!))).toBe(true);
    const added = limbsOf(withLine!).map((level, pixel) => level - limbsOf(without!)[pixel]!);
    const { width, height } = supportOf(added);
    expect(width).toBeGreaterThan(8);
    expect(height).toBeLessThanOrEqual(6);
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
    const peak = (confidence: number) => Math.max(...renderSkeletonMaps(standingPose(confidence), UPSTREAM_ALIGNED));
    expect(peak(0.4) / peak(0.8)).toBeCloseTo(0.5, 1);
    expect(peak(0)).toBe(0);
  });

  it('adds overlaps up where the recipe says so', () => {
    const total = (recipe: MapRecipe) => renderSkeletonMaps(standingPose(), recipe).reduce((sum, level) => sum + level, 0);
    expect(total(PAPER_118)).toBeGreaterThan(1.2 * total(UPSTREAM_ALIGNED));
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

  it('takes any number of planes: silhouettes have one to a frame, maps two', () => {
    for (const planes of [0, 1, 3])
      expect(cutColumns(new Uint8Array(planes * PIXELS))).toHaveLength(planes * MAP_SIZE * CUT_WIDTH);
  });

  it('refuses part of a plane', () => {
    expect(() => cutColumns(new Uint8Array(PIXELS + MAP_SIZE))).toThrow(RangeError);
  });

  it("removes next to nothing of a person's map", () => {
    const map = renderSkeletonMaps(standingPose(), SIGMA15_JOINT8_BODY_ONLY);
    const mass = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0);
    expect(mass(cutColumns(map)) / mass(map)).toBeGreaterThan(0.9999);
  });
});
