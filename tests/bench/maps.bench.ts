/**
 * How long one skeleton map takes: at most 2 ms on two cores is asked for. Prints the milliseconds a frame of every recipe.
 * Run with `npx vitest bench --run --project unit tests/bench/maps.bench.ts`; the column "mean" is milliseconds a frame.
 */
import { bench, describe } from 'vitest';
import { RECIPES } from '../../src/gait/recipes.ts';
import { MAP_LENGTH, SkeletonMapRenderer } from '../../src/gait/skeletonMap.ts';
import { standingPose } from '../unit/gait/poses.ts';

describe('one frame', () => {
  const pose = standingPose();
  const map = new Uint8Array(MAP_LENGTH);
  for (const recipe of Object.values(RECIPES)) {
    const renderer = new SkeletonMapRenderer(recipe);
    bench(recipe.name, () => renderer.render(pose, map), { time: 500 });
  }
});
