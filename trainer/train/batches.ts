/**
 * Training batches of simulated walks, drawn from numbers alone: iteration i of a seed is the same batch on every machine and after
 * every interruption. No person comes twice, so there is nothing to overfit to but the simulation itself.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { CUT_WIDTH, cutColumns, MAP_LENGTH, MAP_SIZE, SkeletonMapRenderer } from '../../src/gait/skeletonMap.ts';
import { drawClip, type ClassShares } from '../simulate/population.ts';

export interface BatchOptions {
  /** Seed of the population; another seed is other people. */
  seed: number;
  /** Walks in a batch, one a person. */
  clips: number;
  /** Frames of each walk, drawn at random and without order (OpenGait's `fixed_unordered`). */
  frames: number;
  classShares: ClassShares;
  recipe: MapRecipe;
}

export interface Batch {
  /** Grey levels [clips × frames, 2, 64, 44]. */
  maps: Uint8Array;
  /** Class indices, one a clip. */
  labels: number[];
}

/** Numbers of one map after the column cut. */
export const CUT_MAP_LENGTH = 2 * MAP_SIZE * CUT_WIDTH;

export function drawBatch(iteration: number, { seed, clips, frames, classShares, recipe }: BatchOptions): Batch {
  const renderer = new SkeletonMapRenderer(recipe);
  const generator = xoroshiro128plus(seed * 1_000_003 + iteration);
  const maps = new Uint8Array(clips * frames * MAP_LENGTH);
  const labels: number[] = [];
  for (let clip = 0; clip < clips; clip++) {
    const { sequence, label } = drawClip(seed, iteration * clips + clip, 0, classShares);
    labels.push(label);
    chooseFrames(sequence.times.length, frames, (end) => uniformInt(generator, 0, end - 1)).forEach((frame, index) => {
      const pose = sequence.keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH);
      const at = (clip * frames + index) * MAP_LENGTH;
      renderer.render(pose, maps.subarray(at, at + MAP_LENGTH));
    });
  }
  return { maps: cutColumns(maps), labels };
}

/** Without replacement while the walk has enough frames, else with (OpenGait). */
function chooseFrames(available: number, wanted: number, below: (end: number) => number): number[] {
  if (available < wanted) return Array.from({ length: wanted }, () => below(available));
  const rest = Array.from({ length: available }, (_, index) => index);
  return Array.from({ length: wanted }, () => rest.splice(below(rest.length), 1)[0]!);
}
