/**
 * A config of ours as OpenGait's YAML: what a user of OpenGait starts `main.py` with. What it has no key for is kept in a section of its own,
 * `plumbline`, which OpenGait doesn't look at, so that {@link readOpenGaitConfig} gives the same config back.
 */
import type { TrainingConfig } from '../train/config.ts';
import { refusal } from './beyond.ts';
import { configComments } from './configComments.ts';
import { AUGMENTATIONS, TRANSFORM_NAMES } from './readAugmentation.ts';
import { yamlText } from './yamlText.ts';

/** Where OpenGait finds things, relative to the folder it is started in. */
export interface OpenGaitPlaces {
  data: string;
  partition: string;
  /** The checkpoint to start from; null for fresh weights. */
  initial: string | null;
}

export interface OpenGaitRun {
  places: OpenGaitPlaces;
  /** What OpenGait calls the experiment, and its folders and files: letters, digits, dots and dashes. */
  saveName: string;
  /** OpenGait judges one clip on each at a time. */
  gpus: number;
  /** Whether there are clips to judge by during training. */
  judged: boolean;
}

/** The folder of OpenGait's output that the runs of a job are in. */
export const DATASET_NAME = 'Plumbline';

/** The name of the YAML's network in OpenGait. */
export function modelName({ network }: TrainingConfig): string {
  return network.network === 'drf' ? 'DRF' : 'ScoNet';
}

/** Throws in a sentence where OpenGait can't train what the config says. */
export function writeOpenGaitConfig(config: TrainingConfig, run: OpenGaitRun): string {
  const why = refusal(config) ?? batchProblem(config, run);
  if (why !== null) throw new Error(`${why.replace(/\.$/, '')}; or train it here.`);
  const { evaluation, iterations, frozen } = config;
  const { places, saveName, gpus, judged } = run;
  const value = {
    data_cfg: {
      dataset_name: DATASET_NAME,
      dataset_root: places.data,
      dataset_partition: places.partition,
      num_workers: 4,
      remove_no_gallery: false,
      cache: false,
      test_dataset_name: DATASET_NAME,
    },
    evaluator_cfg: {
      enable_float16: true,
      restore_ckpt_strict: true,
      restore_hint: iterations,
      save_name: saveName,
      eval_func: 'evaluate_scoliosis',
      metric: 'euc',
      sampler: { type: 'InferenceSampler', batch_size: gpus, sample_type: 'all_ordered', frames_all_limit: evaluation.frames },
      transform: modalities(config, [CUT]),
    },
    loss_cfg: losses(config),
    model_cfg: model(config),
    optimizer_cfg: optimiser(config),
    scheduler_cfg: scheduler(config),
    trainer_cfg: {
      enable_float16: true,
      find_unused_parameters: false,
      fix_BN: frozen.batchNorm,
      with_test: judged,
      log_iter: 100,
      optimizer_reset: config.warmStart?.optimiserState !== true,
      scheduler_reset: true,
      restore_ckpt_strict: true,
      restore_hint: places.initial ?? 0,
      save_iter: evaluation.every,
      save_name: saveName,
      sync_BN: true,
      total_iter: iterations,
      sampler: { ...batch(config), batch_shuffle: true, ...frames(config) },
      transform: modalities(config, augmented(config)),
    },
    plumbline: own(config),
  };
  return yamlText(value, configComments(config, run));
}

function batchProblem({ sampler }: TrainingConfig, { gpus }: OpenGaitRun): string | null {
  const clips = sampler.kind === 'triplet' ? sampler.identities * sampler.samples : 3 * sampler.clipsPerClass;
  return clips % gpus === 0
    ? null
    : `A batch of ${clips} clips can't be shared out among ${gpus} GPUs evenly: take another number of GPUs.`;
}

const CUT = { type: 'BaseSilCuttingTransform' };

/** An entry for each modality: a DRF's vector is taken as it is. */
function modalities({ network }: TrainingConfig, [step, ...more]: readonly { type: string }[]) {
  const first = more.length > 0 ? { type: 'Compose', trf_cfg: [step, ...more] } : step;
  return network.network === 'drf' ? [first, { type: 'NoOperation' }] : [first];
}

function augmented({ augmentation }: TrainingConfig) {
  const used = AUGMENTATIONS.filter((name) => augmentation[name] > 0);
  return [CUT, ...used.map((name) => ({ type: TRANSFORM_NAMES[name], prob: augmentation[name] }))];
}

function losses({ loss: { triplet, crossEntropy } }: TrainingConfig) {
  const { smoothing, classWeights } = crossEntropy;
  return [
    { type: 'TripletLoss', log_prefix: 'triplet', loss_term_weight: triplet.weight, margin: triplet.margin },
    {
      type: 'CrossEntropyLoss',
      log_prefix: 'softmax',
      loss_term_weight: crossEntropy.weight,
      scale: crossEntropy.scale,
      label_smooth: smoothing > 0,
      ...(smoothing > 0 ? { eps: smoothing } : {}),
      ...(classWeights === 'none' ? {} : { class_weight: classWeights }),
      log_accuracy: true,
    },
  ];
}

function model(config: TrainingConfig) {
  const { network, loss } = config;
  const { inChannels, widths, embedding, parts, classes } = network;
  return {
    model: modelName(config),
    backbone_cfg: {
      type: 'ResNet9',
      block: 'BasicBlock',
      in_channel: inChannels,
      channels: widths,
      layers: [1, 1, 1, 1],
      strides: [1, 2, 2, 1],
      maxpool: false,
    },
    SeparateFCs: { in_channels: widths[3], out_channels: embedding, parts_num: parts },
    SeparateBNNecks: { class_num: classes, in_channels: embedding, parts_num: parts },
    bin_num: [parts],
    ...(network.network === 'drf' || loss.triplet.labels === 'class' ? { triplet_label: loss.triplet.labels } : {}),
    ...(network.network === 'drf' ? { pga_position: network.attention === 'before-fcs' ? 'preFC' : 'postFC' } : {}),
  };
}

function optimiser({ optimiser: given, schedule: { peak } }: TrainingConfig) {
  return given.kind === 'sgd'
    ? { solver: 'SGD', lr: peak, momentum: given.momentum, weight_decay: given.weightDecay }
    : { solver: 'AdamW', lr: peak, betas: given.betas, eps: given.epsilon, weight_decay: given.weightDecay };
}

function scheduler({ schedule, iterations }: TrainingConfig) {
  return schedule.kind === 'multi-step'
    ? { scheduler: 'MultiStepLR', gamma: schedule.factor, milestones: schedule.milestones }
    : { scheduler: 'CosineAnnealingLR', T_max: iterations, eta_min: schedule.floor };
}

function batch({ sampler }: TrainingConfig) {
  return sampler.kind === 'triplet'
    ? { type: 'TripletSampler', batch_size: [sampler.identities, sampler.samples] }
    : { type: 'DiseaseTripletSampler', batch_size: [3, sampler.clipsPerClass] };
}

function frames({ frames: given }: TrainingConfig) {
  switch (given.kind) {
    case 'fixed-unordered':
      return { sample_type: 'fixed_unordered', frames_num_fixed: given.count };
    case 'fixed-ordered':
      return { sample_type: 'fixed_ordered', frames_num_fixed: given.count, frames_skip_num: given.skip };
    case 'all-ordered':
      return { sample_type: 'all_ordered', frames_all_limit: given.limit };
  }
}

/** What OpenGait has no key for. */
function own({ name, split, input, seed, accumulate, evaluation }: TrainingConfig) {
  return {
    name,
    split,
    ...(input.kind === 'skeleton-map' ? { recipe: input.recipe } : {}),
    seed,
    accumulate,
    holdOut: evaluation.holdOut,
    proxyClips: evaluation.proxyClips,
    settleClips: evaluation.settleClips,
  };
}
