/** From the judged clips of a split to its evaluation, baselines and all. */
import type { Baselines } from './baselines.ts';
import { evaluationOf, type Evaluation } from './evaluation.ts';
import type { JudgedClip } from './judge.ts';
import type { JudgedSet } from './judgedSet.ts';
import type { ModelToJudge } from './modelToJudge.ts';

export interface Circumstances {
  baselines: Baselines;
  /** What computed the logits. */
  engine: string;
  /** What has to be known, a sentence each. */
  warnings: readonly string[];
}

export function conclude(
  model: ModelToJudge,
  set: JudgedSet,
  clips: readonly JudgedClip[],
  { baselines, engine, warnings }: Circumstances,
): Evaluation {
  return evaluationOf({
    source: {
      kind: 'dataset',
      model: { name: model.name, sha256: model.sha256 },
      data: { description: set.description, root: set.dataset.root },
      partition: set.partition.name,
      split: set.split,
      engine,
    },
    clips,
    peopleKnown: set.peopleKnown,
    scale: model.scale,
    calibrated: model.calibrated,
    baselines,
    warnings,
  });
}
