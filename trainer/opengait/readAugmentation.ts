/**
 * OpenGait's `transform` lists as probabilities of ours. Its list has an entry for each modality, not for each step: the first is that of
 * the maps or silhouettes, a DRF's second that of the asymmetry vector. Steps that follow one another are one `Compose`.
 */
import type { TrainingConfig } from '../train/config.ts';
import { OPENGAIT_DEFAULTS } from './defaults.ts';
import type { OpenGaitYaml, TransformYaml } from './schema.ts';
import type { Taken } from './taken.ts';

type Augmentation = keyof TrainingConfig['augmentation'];

/** What each is called in OpenGait. */
export const TRANSFORM_NAMES = {
  flip: 'RandomHorizontalFlip',
  perspective: 'RandomPerspective',
  rotate: 'RandomRotate',
  affine: 'RandomAffine',
  erase: 'RandomErasing',
} as const satisfies Record<Augmentation, string>;

/** Our names, in the order in which they are applied here. */
export const AUGMENTATIONS = Object.keys(TRANSFORM_NAMES) as Augmentation[];

/** Throws in a sentence where the lists say what can't be trained or judged here. */
export function readAugmentation(
  { trainer_cfg, evaluator_cfg, model_cfg }: OpenGaitYaml,
  taken: Taken,
): Partial<Record<Augmentation, number>> {
  const modalities = model_cfg?.model === 'DRF' ? 2 : 1;
  const judging = stepsOf(evaluator_cfg?.transform, 'evaluator_cfg.transform', modalities);
  const [augmented] = judging.filter(({ type }) => type.startsWith('Random'));
  if (augmented) throw new Error(`evaluator_cfg.transform: walks are judged as they are, without ${augmented.type}.`);
  const path = 'trainer_cfg.transform';
  const steps = stepsOf(trainer_cfg?.transform, path, modalities);
  const probabilities: Partial<Record<Augmentation, number>> = {};
  for (const step of steps) {
    const name = AUGMENTATIONS.find((known) => TRANSFORM_NAMES[known] === step.type);
    if (name === undefined) continue;
    if (probabilities[name] !== undefined) throw new Error(`${path} has ${step.type} twice; once can be trained here.`);
    const given = 'prob' in step ? step.prob : undefined;
    probabilities[name] = taken.or(given, OPENGAIT_DEFAULTS.transform.probability, `${path} ${step.type}.prob`);
  }
  if (Object.keys(probabilities).length > 0) {
    taken.note(
      `Whatever the order in ${path}, clips are changed in the order ${AUGMENTATIONS.join(', ')}, after the columns are cut.`,
    );
  }
  return probabilities;
}

type Step = Exclude<TransformYaml, { type: 'Compose' }>;

/** The steps of the first modality. OpenGait's default is the cut alone. */
function stepsOf(list: readonly TransformYaml[] | undefined, path: string, modalities: number): Step[] {
  if (!list) {
    if (modalities === 1) return [];
    throw new Error(`${path} is missing: a DRF needs one for its maps and one for its vector, NoOperation.`);
  }
  if (list.length !== modalities) {
    const wanted = modalities === 1 ? 'one entry, as there is one modality' : 'two entries, for the maps and for the vector';
    throw new Error(`${path} needs ${wanted}, and has ${list.length}; several steps are one Compose.`);
  }
  const [first, second] = list;
  const steps = first?.type === 'Compose' ? first.trf_cfg : first ? [first] : [];
  if (steps.filter(({ type }) => type === 'BaseSilCuttingTransform').length !== 1) {
    throw new Error(`${path}: the first entry has to cut the columns, with BaseSilCuttingTransform, once.`);
  }
  if (second && second.type !== 'NoOperation') throw new Error(`${path}: the vector is taken as it is, with NoOperation.`);
  return steps;
}
