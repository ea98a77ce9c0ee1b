/** Runs a network over a set of walks and keeps what a report needs of each. */
import { meanOverParts } from '../../src/gait/classScores.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { CLASS_COUNT } from '../../src/gait/labels.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import type { Architecture } from '../../src/nets/architecture.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { drawWalks, mapsOf, type WalkSet } from './walks.ts';

export interface JudgedWalk {
  person: string;
  label: number;
  frames: number;
  /** Cosines [classes, parts]. */
  logits: number[];
}

/** The mean over the parts, which is what decides: [classes]. */
export function scoresOf({ logits }: JudgedWalk): Float64Array {
  return meanOverParts(logits, CLASS_COUNT, logits.length / CLASS_COUNT);
}

export async function judgeWalks(
  architecture: Architecture,
  parameters: Parameters,
  set: WalkSet,
  recipe: MapRecipe,
  report: (done: number) => void,
): Promise<JudgedWalk[]> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const judged: JudgedWalk[] = [];
  for (const drawn of drawWalks(set)) {
    const walk = classifier.begin();
    walk.push(mapsOf(drawn, recipe));
    const { person, label, keypoints } = drawn;
    judged.push({ person, label, frames: keypoints.length / POSE_LENGTH, logits: [...(await walk.finish())] });
    report(judged.length);
  }
  classifier.dispose();
  return judged;
}
