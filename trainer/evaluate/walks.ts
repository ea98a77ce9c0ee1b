/** Whole simulated walks, as the app would see them: every frame up to the limit. */
import { MAX_FRAMES } from '../../src/gait/cadence.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { cutColumns, renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { drawClip, type ClassShares } from '../simulate/population.ts';

export interface Walk {
  person: string;
  /** Class index. */
  label: number;
  /** [T, 17, 3]. */
  keypoints: Float32Array;
}

export interface WalkSet {
  seed: number;
  people: number;
  classShares: ClassShares;
}

/** The walks of a population one by one, the first clip of each person. */
export function* drawWalks({ seed, people, classShares }: WalkSet): Generator<Walk> {
  for (let index = 0; index < people; index++) {
    const { sequence, label, personId } = drawClip(seed, index, 0, classShares);
    yield { person: personId, label, keypoints: sequence.keypoints.subarray(0, MAX_FRAMES * POSE_LENGTH) };
  }
}

/** The maps of a walk as the network takes them: grey levels [T, 2, 64, 44]. */
export function mapsOf({ keypoints }: Walk, recipe: MapRecipe): Uint8Array {
  return cutColumns(renderSkeletonMaps(keypoints, recipe));
}
