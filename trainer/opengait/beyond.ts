/** What a config asks for that OpenGait hasn't got: some of it in one of its forks, some of it nowhere. */
import type { TrainingConfig } from '../train/config.ts';
import { AUGMENTATIONS, TRANSFORM_NAMES } from './readAugmentation.ts';

/** Why OpenGait can't train this, in a sentence; null where it can. What it would do in silence instead would be another training. */
export function refusal(config: TrainingConfig): string | null {
  const { network, schedule, frozen, loss, augmentation, iterations, evaluation } = config;
  if (schedule.warmUp > 0) return 'OpenGait has no warm-up: set schedule.warmUp to 0.';
  if (frozen.backbone) return "OpenGait can't leave the backbone as it is: set frozen.backbone to false.";
  if (loss.crossEntropy.classWeights === 'inverse-frequency') {
    return 'OpenGait takes the weights of the classes as numbers: give loss.crossEntropy.classWeights three.';
  }
  if (evaluation.every > iterations) {
    return `OpenGait saves a checkpoint every evaluation.every iterations and at no other time: set it to ${iterations} or fewer.`;
  }
  if (network.inChannels === 1) {
    return network.network === 'drf' ? 'A DRF of OpenGait is fed with skeleton maps: set network.inChannels to 2.' : null;
  }
  const [unfit] = AUGMENTATIONS.filter((name) => name !== 'flip' && augmentation[name] > 0);
  if (unfit === undefined) return null;
  return `${TRANSFORM_NAMES[unfit]} of OpenGait takes pictures of one channel, and skeleton maps have two: set augmentation.${unfit} to 0.`;
}

/** What OpenGait as published passes over or stops at, and which fork of it doesn't; a sentence each. */
export function missingInOpenGait({ network, sampler, loss }: TrainingConfig): string[] {
  const drf = network.network === 'drf';
  return [
    ...(drf
      ? [
          'OpenGait has no DRF. The YAML and the names in the checkpoint are those of the public re-implementation, UMGRL: train with its copy of OpenGait, or with a fork that has a `DRF` of these names.',
        ]
      : []),
    ...(drf && network.attention === 'before-fcs'
      ? [
          "UMGRL's DRF has its attention behind the part FCs and passes over `model_cfg.pga_position`: one that acts before them, on the features of the backbone, has to be written first. The strict loading of the checkpoint keeps a wrong one from being trained.",
        ]
      : []),
    ...(sampler.kind === 'class-balanced'
      ? ['`DiseaseTripletSampler`, as many clips of each class, is in UMGRL and not in OpenGait, which stops.']
      : []),
    ...(loss.crossEntropy.classWeights !== 'none'
      ? [
          "`class_weight` is read by the `CrossEntropyLoss` of UMGRL. OpenGait's passes over it with a line in its log and trains unweighted.",
        ]
      : []),
    ...(loss.triplet.labels === 'class' && !drf
      ? [
          "The triplet loss of a `ScoNet` takes identities, whatever `model_cfg.triplet_label` says; only UMGRL's `DRF` looks at that key.",
        ]
      : []),
  ];
}
