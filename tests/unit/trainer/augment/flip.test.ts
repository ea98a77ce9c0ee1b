import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropBox } from '../../../../src/gait/crop.ts';
import { CANVAS_SIZE } from '../../../../src/gait/normalise.ts';
import type { MapRecipe } from '../../../../src/gait/recipe.ts';
import { RECIPES, SIGMA15_JOINT8_BODY_ONLY } from '../../../../src/gait/recipes.ts';
import { CUT_WIDTH, cutColumns, renderSkeletonMaps, SkeletonMapRenderer } from '../../../../src/gait/skeletonMap.ts';
import { flip } from '../../../../trainer/train/augment/flip.ts';
import { anyPose, mirrored, standingPose } from '../../gait/poses.ts';
import { anyPlanes, centreOf, farthest, massOf, picture, PIXELS, same } from './pictures.ts';

/** Whether the crop of a channel of this pose is the whole canvas, whose middle lies half a map pixel off the body's. */
function fillsCanvas(pose: Float32Array, recipe: MapRecipe, channel: number): boolean {
  const length = CANVAS_SIZE * CANVAS_SIZE;
  const canvases = new Uint8Array(2 * length);
  new SkeletonMapRenderer(recipe).renderCanvas(pose, canvases);
  const planes = [canvases.subarray(0, length), canvases.subarray(length)];
  const box = cropBox(recipe.aspect, ...(recipe.crop === 'shared' ? planes : [planes[channel]!]));
  return box !== null && box.right - box.left === CANVAS_SIZE;
}

describe('flip', () => {
  it('puts the first column last, in every row', () => {
    const columns = picture((x, y) => x + y);
    expect(
      same(
        flip(columns),
        picture((x, y) => CUT_WIDTH - 1 - x + y),
      ),
    ).toBe(true);
  });

  it('done twice is nothing done', () => {
    fc.assert(
      fc.property(anyPlanes(2), (planes) => {
        expect(same(flip(flip(planes)), planes)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  // Tolerances are those of the maps themselves (tests/unit/gait/skeletonMap.test.ts), but that the cut of columns takes from a map half
  // a pixel aside a little more on one side.
  it.each(Object.values(RECIPES))(
    '$name: gives the map of the mirrored pose, half a pixel off where it fills the canvas',
    (recipe) => {
      const mapOf = (pose: Float32Array) => cutColumns(renderSkeletonMaps(pose, recipe));
      fc.assert(
        fc.property(anyPose(), (pose) => {
          const [flippedMap, mapOfMirrored] = [flip(mapOf(pose)), mapOf(mirrored(pose))];
          for (const channel of [0, 1]) {
            const [one, other] = [flippedMap, mapOfMirrored].map((map) => map.subarray(channel * PIXELS, (channel + 1) * PIXELS));
            expect(massOf(one!)).toBeGreaterThan(0);
            const most = recipe.combine === 'max' ? 2 : 10;
            if (fillsCanvas(pose, recipe, channel))
              expect(Math.abs(Math.abs(centreOf(one!).x - centreOf(other!).x) - 0.5)).toBeLessThan(0.1);
            else expect(farthest(one!, other!)).toBeLessThanOrEqual(most);
          }
        }),
        { numRuns: 10 },
      );
    },
  );

  it("does not meet that half pixel in a standing person under the product's recipe", () => {
    for (const channel of [0, 1]) expect(fillsCanvas(standingPose(), SIGMA15_JOINT8_BODY_ONLY, channel)).toBe(false);
  });
});
