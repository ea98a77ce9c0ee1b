/** What the YAML of a job says beside its values: what comes from where in our config, and what OpenGait makes of it. */
import type { TrainingConfig } from '../train/config.ts';
import { missingInOpenGait } from './beyond.ts';
import type { OpenGaitRun } from './writeConfig.ts';

/** Comments by the path of the key that they stand above. */
export function configComments(config: TrainingConfig, { places, gpus, judged }: OpenGaitRun): Map<string, string> {
  const { network, sampler, loss, input } = config;
  const fed =
    input.kind === 'silhouette'
      ? 'silhouettes, of one channel'
      : `skeleton maps, limb and joint channel, drawn by the recipe ${input.recipe}`;
  const missing = missingInOpenGait(config);
  return new Map([
    [
      'data_cfg',
      `A job that Plumbline wrote, from the config "${oneLine(config.name)}".${missing.length > 0 ? '\nOpenGait as published lacks some of what it needs: see the README beside it.' : ''}`,
    ],
    ['data_cfg.dataset_root', 'Relative to the folder that OpenGait is started in.'],
    ['evaluator_cfg.sampler.batch_size', `One clip at a time on each GPU: the number of GPUs, here ${gpus}.`],
    ['evaluator_cfg.sampler.frames_all_limit', 'From evaluation.frames.'],
    [
      'loss_cfg',
      `From loss. Triplets by ${loss.triplet.labels}; the targets of the cross-entropy are ${loss.crossEntropy.smoothing > 0 ? 'smoothed' : 'not smoothed'}.`,
    ],
    ['model_cfg.backbone_cfg.in_channel', `From network and input: fed with ${fed}.`],
    ...(network.network === 'drf'
      ? ([['model_cfg.pga_position', 'Where the attention acts; read by Plumbline only.']] as const)
      : []),
    ['optimizer_cfg', 'From optimiser; lr is schedule.peak.'],
    ['scheduler_cfg', 'From schedule.'],
    ['trainer_cfg.enable_float16', "As in OpenGait's recipe for ScoNet; Plumbline itself trains in 32-bit numbers."],
    ...(judged ? ([['trainer_cfg.with_test', 'Every save_iter iterations, on the validation clips.']] as const) : []),
    ...(places.initial === null ? [] : ([['trainer_cfg.restore_hint', 'Weights only, at iteration 0.']] as const)),
    ['trainer_cfg.save_iter', 'From evaluation.every.'],
    ['trainer_cfg.sync_BN', 'The statistics of the whole batch, however many GPUs share it.'],
    ['trainer_cfg.total_iter', 'From iterations.'],
    [
      'trainer_cfg.sampler.batch_size',
      `From sampler: ${sampler.kind === 'triplet' ? 'identities and clips of each' : 'classes and clips of each'}, of all GPUs together.`,
    ],
    ['plumbline', 'Not for OpenGait, which has no keys for these.'],
  ]);
}

function oneLine(text: string): string {
  return text.replace(/[^\P{C}]|[\u2028\u2029]/gu, ' ');
}
