/** How OpenGait's YAML has a network trained: its sampler, losses, optimiser, schedule, starting point and evaluation, as ours. */
import { OPENGAIT_DEFAULTS } from './defaults.ts';
import type { LossYaml, OpenGaitYaml } from './schema.ts';
import type { Taken } from './taken.ts';

/** Each of these throws in a sentence. */
export function readSampling({ trainer_cfg, plumbline }: OpenGaitYaml, taken: Taken) {
  const usual = OPENGAIT_DEFAULTS.trainer;
  const yaml = trainer_cfg?.sampler ?? {};
  const path = 'trainer_cfg.sampler';
  const type = taken.or(yaml.type, usual.sampler, `${path}.type`);
  const [groups, each] = taken.or(yaml.batch_size, usual.batch, `${path}.batch_size`);
  if (type === 'DiseaseTripletSampler' && groups !== 3) {
    throw new Error(`${path}.batch_size: there are 3 classes, and DiseaseTripletSampler is to draw from ${groups}.`);
  }
  return {
    sampler:
      type === 'TripletSampler'
        ? ({ kind: 'triplet', identities: groups, samples: each } as const)
        : ({ kind: 'class-balanced', clipsPerClass: each } as const),
    frames: frames(yaml, path, taken),
    seed: plumbline?.seed,
    accumulate: plumbline?.accumulate,
  };
}

type SamplerYaml = NonNullable<NonNullable<OpenGaitYaml['trainer_cfg']>['sampler']>;

function frames(yaml: SamplerYaml, path: string, taken: Taken) {
  const usual = OPENGAIT_DEFAULTS.trainer;
  const kind = taken.or(yaml.sample_type, usual.frames, `${path}.sample_type`);
  switch (kind) {
    case 'fixed_unordered':
      return {
        kind: 'fixed-unordered',
        count: taken.or(yaml.frames_num_fixed, usual.frameCount, `${path}.frames_num_fixed`),
      } as const;
    case 'fixed_ordered': {
      const count = taken.or(yaml.frames_num_fixed, usual.frameCount, `${path}.frames_num_fixed`);
      if (yaml.frames_skip_num === undefined) throw new Error(`${path}.frames_skip_num is missing: fixed_ordered needs it.`);
      return { kind: 'fixed-ordered', count, skip: yaml.frames_skip_num } as const;
    }
    case 'all_ordered':
      return { kind: 'all-ordered', limit: frameLimit(yaml.frames_all_limit, path, taken) } as const;
    default:
      throw new Error(`${path}.sample_type: ${kind} can't be trained here; fixed_unordered, fixed_ordered and all_ordered can.`);
  }
}

function frameLimit(given: number | undefined, path: string, taken: Taken): number {
  const { frames: most } = OPENGAIT_DEFAULTS.evaluator;
  if (given === undefined)
    taken.note(`${path} sets no frames_all_limit: the first ${most} frames of a walk are taken, where OpenGait takes all.`);
  return given ?? most;
}

export function readLosses({ loss_cfg: given = [], model_cfg }: OpenGaitYaml, taken: Taken) {
  const entropy = theOnly(given, 'CrossEntropyLoss');
  const triplet = theOnly(given, 'TripletLoss');
  if (!entropy) throw new Error('loss_cfg has no CrossEntropyLoss, without which the network learns no classes.');
  const usual = OPENGAIT_DEFAULTS;
  const at = (loss: LossYaml) => `loss_cfg.${given.indexOf(loss)}`;
  const smooth = taken.or(entropy.label_smooth, usual.crossEntropy.smooth, `${at(entropy)}.label_smooth`);
  const margin = triplet ? taken.or(triplet.margin, usual.triplet.margin, `${at(triplet)}.margin`) : usual.triplet.margin;
  const labels = model_cfg?.triplet_label ?? 'identity';
  if (labels === 'class' && model_cfg?.model !== 'DRF') {
    taken.note('The triplet loss takes classes for labels; the ScoNet of OpenGait passes over model_cfg.triplet_label.');
  }
  return {
    crossEntropy: {
      weight: taken.or(entropy.loss_term_weight, usual.crossEntropy.weight, `${at(entropy)}.loss_term_weight`),
      scale: taken.or(entropy.scale, usual.crossEntropy.scale, `${at(entropy)}.scale`),
      smoothing: smooth ? taken.or(entropy.eps, usual.crossEntropy.eps, `${at(entropy)}.eps`) : 0,
      classWeights: classWeights(entropy, taken),
    },
    triplet: {
      weight: triplet ? taken.or(triplet.loss_term_weight, usual.triplet.weight, `${at(triplet)}.loss_term_weight`) : 0,
      margin,
      labels,
    },
  } as const;
}

function theOnly<const Type extends LossYaml['type']>(
  given: readonly LossYaml[],
  type: Type,
): Extract<LossYaml, { type: Type }> | undefined {
  const found = given.filter((loss): loss is Extract<LossYaml, { type: Type }> => loss.type === type);
  if (found.length > 1) throw new Error(`loss_cfg has ${found.length} of ${type}; one of each can be trained here.`);
  return found[0];
}

function classWeights(entropy: Extract<LossYaml, { type: 'CrossEntropyLoss' }>, taken: Taken) {
  const given = [entropy.class_weight, entropy.class_weights, entropy.weight].filter((weights) => weights != null);
  if (given.length > 1)
    throw new Error('loss_cfg gives the classes weights under more than one of class_weight, class_weights and weight.');
  const [weights] = given;
  if (weights)
    taken.note("The classes are weighted; OpenGait's own CrossEntropyLoss passes over their weights, those of its forks don't.");
  return weights ?? 'none';
}

export function readOptimisation({ optimizer_cfg, scheduler_cfg, trainer_cfg }: OpenGaitYaml, taken: Taken) {
  const iterations = taken.or(trainer_cfg?.total_iter, OPENGAIT_DEFAULTS.trainer.iterations, 'trainer_cfg.total_iter');
  return {
    optimiser: optimiser(optimizer_cfg ?? {}, taken),
    schedule: {
      peak: taken.or(optimizer_cfg?.lr, OPENGAIT_DEFAULTS.optimiser.rate, 'optimizer_cfg.lr'),
      ...schedule(scheduler_cfg ?? {}, iterations, taken),
    },
    iterations,
  };
}

function optimiser(yaml: NonNullable<OpenGaitYaml['optimizer_cfg']>, taken: Taken) {
  const usual = OPENGAIT_DEFAULTS.optimiser;
  const path = 'optimizer_cfg';
  const weightDecay = taken.or(yaml.weight_decay, usual.weightDecay, `${path}.weight_decay`);
  if (taken.or(yaml.solver, usual.solver, `${path}.solver`) === 'SGD') {
    taken.leaveOut(yaml, path, 'betas', 'eps');
    return { kind: 'sgd', momentum: taken.or(yaml.momentum, usual.momentum, `${path}.momentum`), weightDecay } as const;
  }
  taken.leaveOut(yaml, path, 'momentum');
  return {
    kind: 'adamw',
    betas: [...taken.or(yaml.betas, usual.betas, `${path}.betas`)] as [number, number],
    epsilon: taken.or(yaml.eps, usual.eps, `${path}.eps`),
    weightDecay,
  } as const;
}

function schedule(yaml: NonNullable<OpenGaitYaml['scheduler_cfg']>, iterations: number, taken: Taken) {
  const usual = OPENGAIT_DEFAULTS.scheduler;
  const path = 'scheduler_cfg';
  if (taken.or(yaml.scheduler, usual.kind, `${path}.scheduler`) === 'MultiStepLR') {
    taken.leaveOut(yaml, path, 'T_max', 'eta_min');
    return {
      kind: 'multi-step',
      milestones: [...taken.or(yaml.milestones, usual.milestones, `${path}.milestones`)],
      factor: taken.or(yaml.gamma, usual.gamma, `${path}.gamma`),
    } as const;
  }
  taken.leaveOut(yaml, path, 'gamma', 'milestones');
  if (yaml.T_max === undefined) throw new Error(`${path}.T_max is missing: CosineAnnealingLR needs it.`);
  if (yaml.T_max !== iterations) {
    throw new Error(
      `${path}.T_max is ${yaml.T_max} and trainer_cfg.total_iter is ${iterations}: a cosine that doesn't end with the run can't be trained here.`,
    );
  }
  return { kind: 'cosine', floor: taken.or(yaml.eta_min, usual.floor, `${path}.eta_min`) } as const;
}

/** OpenGait goes on from a path with its iterations counted from 0, and from a number in the middle of a run of its own. */
export function readStart({ trainer_cfg }: OpenGaitYaml, taken: Taken) {
  const hint = trainer_cfg?.restore_hint ?? 0;
  if (hint === 0) return { warmStart: null };
  if (typeof hint === 'number') {
    throw new Error(
      `trainer_cfg.restore_hint: ${hint} goes on in the middle of a run of OpenGait's, which can't be done here; the path of its checkpoint starts a run from its weights.`,
    );
  }
  taken.note('trainer_cfg.restore_hint is left out: --from names the checkpoint to start from.');
  if (trainer_cfg?.scheduler_reset !== true) {
    taken.note("The schedule starts anew; without scheduler_reset OpenGait goes on with the checkpoint's, where it holds one.");
  }
  const optimiserState = trainer_cfg?.optimizer_reset !== true;
  if (optimiserState) taken.note("Without optimizer_reset, --from has to name a run of ours, for the optimiser's state.");
  return { warmStart: { optimiserState } };
}

export function readEvaluation({ evaluator_cfg, trainer_cfg, plumbline }: OpenGaitYaml, taken: Taken) {
  const every = taken.or(trainer_cfg?.save_iter, OPENGAIT_DEFAULTS.trainer.saveEvery, 'trainer_cfg.save_iter');
  if (trainer_cfg?.with_test !== true)
    taken.note(`Evaluated every ${every} iterations (save_iter), though OpenGait would not without with_test.`);
  return {
    every,
    frames: frameLimit(evaluator_cfg?.sampler?.frames_all_limit, 'evaluator_cfg.sampler', taken),
    holdOut: plumbline?.holdOut,
    proxyClips: plumbline?.proxyClips,
    settleClips: plumbline?.settleClips,
  };
}
