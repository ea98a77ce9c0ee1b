/** Frames and vector for a golden sample: the first of a simulated walk, drawn as the model's input is. */
import { normaliseAsymmetry, rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { findRecipe } from '../../src/gait/recipes.ts';
import { cutColumns, renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import type { GoldenSample } from '../../src/nets/selfTest.ts';
import { simulateClip } from '../simulate/clip.ts';
import { simulatePerson } from '../simulate/population.ts';
import { simulateSilhouettes } from '../simulate/silhouette/clip.ts';
import type { RunRecord } from '../train/runRecord.ts';

/** A population of its own: nobody is trained or judged on it. */
const SEED = 20_261_125;

export function goldenInput({ config, data, asymmetryRange }: RunRecord, frames: number): Omit<GoldenSample, 'logits'> {
  const person = simulatePerson(SEED, 0);
  const { keypoints } = simulateClip(person, 0).sequence;
  const maps =
    config.input.kind === 'silhouette'
      ? firstOf(cutColumns(simulateSilhouettes(person, 0)), frames, keypoints.length / POSE_LENGTH)
      : cutColumns(
          renderSkeletonMaps(keypoints.subarray(0, frames * POSE_LENGTH), data.recipe ?? findRecipe(config.input.recipe)!),
        );
  const asymmetry =
    asymmetryRange &&
    normaliseAsymmetry(rawAsymmetry(keypoints), {
      min: Float32Array.from(asymmetryRange.min),
      max: Float32Array.from(asymmetryRange.max),
    });
  return { maps, asymmetry };
}

function firstOf(levels: Uint8Array, frames: number, of: number): Uint8Array {
  return levels.slice(0, (levels.length / of) * frames);
}
