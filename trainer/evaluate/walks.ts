/** Whole simulated walks, as the app would see them: every frame's map up to the limit, and the posture beside it. */
import { rawAsymmetry } from '../../src/gait/asymmetry.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { cutColumns, renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { drawClip, type ClassShares } from '../simulate/population.ts';

export interface Walk {
  person: string;
  /** Class index. */
  label: number;
  /** Grey levels [T, 2, 64, 44]. */
  maps: Uint8Array;
  /** Raw PAV, 8×3. */
  asymmetry: Float32Array;
}

export interface WalkSet {
  seed: number;
  people: number;
  classShares: ClassShares;
  recipe: MapRecipe;
  /** The most frames of one walk. A longer one gives as many, spread evenly from its start to its end. */
  maxFrames: number;
}

/** The walks of a population one by one, the first clip of each person. */
export function* drawWalks({ seed, people, classShares, recipe, maxFrames }: WalkSet): Generator<Walk> {
  for (let index = 0; index < people; index++) {
    const { sequence, label, personId } = drawClip(seed, index, 0, classShares);
    const keypoints = spread(sequence.keypoints, maxFrames);
    const maps = cutColumns(renderSkeletonMaps(keypoints, recipe));
    yield { person: personId, label, maps, asymmetry: rawAsymmetry(keypoints) };
  }
}

function spread(keypoints: Float32Array, most: number): Float32Array {
  const frames = keypoints.length / POSE_LENGTH;
  if (frames <= most) return keypoints;
  const chosen = new Float32Array(most * POSE_LENGTH);
  for (let index = 0; index < most; index++) {
    const frame = Math.floor((index * frames) / most);
    chosen.set(keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH), index * POSE_LENGTH);
  }
  return chosen;
}
