/** YAML files with the keys and values of the published ones, made up here from facts: no line of theirs. */
import { Document } from 'yaml';

/** Values by their paths, e.g. `trainer_cfg.total_iter`; undefined takes the key out, a number counts along a list. */
export type Changes = Readonly<Record<string, unknown>>;

/** As OpenGait publishes it for ScoNet on silhouettes. */
export function scoNetYaml(changes: Changes = {}): string {
  const document = new Document({
    data_cfg: {
      dataset_name: 'Scoliosis1K',
      dataset_root: 'where/it/is',
      dataset_partition: './datasets/Scoliosis1K/Scoliosis1K_118.json',
      num_workers: 1,
      remove_no_gallery: false,
      test_dataset_name: 'Scoliosis1K',
    },
    evaluator_cfg: {
      enable_float16: true,
      restore_ckpt_strict: true,
      restore_hint: 20000,
      save_name: 'ScoNet',
      eval_func: 'evaluate_scoliosis',
      sampler: { batch_shuffle: false, batch_size: 8, sample_type: 'all_ordered', frames_all_limit: 720 },
      metric: 'euc',
      transform: [{ type: 'BaseSilCuttingTransform' }],
    },
    loss_cfg: [
      { type: 'TripletLoss', loss_term_weight: 1.0, margin: 0.2, log_prefix: 'triplet' },
      { type: 'CrossEntropyLoss', loss_term_weight: 1.0, scale: 16, log_prefix: 'softmax', log_accuracy: true },
    ],
    model_cfg: {
      model: 'ScoNet',
      backbone_cfg: {
        type: 'ResNet9',
        block: 'BasicBlock',
        channels: [64, 128, 256, 512],
        layers: [1, 1, 1, 1],
        strides: [1, 2, 2, 1],
        maxpool: false,
      },
      SeparateFCs: { in_channels: 512, out_channels: 256, parts_num: 16 },
      SeparateBNNecks: { class_num: 3, in_channels: 256, parts_num: 16 },
      bin_num: [16],
    },
    optimizer_cfg: { solver: 'SGD', lr: 0.1, momentum: 0.9, weight_decay: 0.0005 },
    scheduler_cfg: { scheduler: 'MultiStepLR', gamma: 0.1, milestones: [10000, 14000, 18000] },
    trainer_cfg: {
      enable_float16: true,
      fix_BN: false,
      with_test: false,
      log_iter: 100,
      restore_ckpt_strict: true,
      restore_hint: 0,
      save_iter: 20000,
      save_name: 'ScoNet',
      sync_BN: true,
      total_iter: 20000,
      sampler: {
        type: 'TripletSampler',
        batch_shuffle: true,
        batch_size: [8, 8],
        sample_type: 'fixed_unordered',
        frames_num_fixed: 30,
      },
      transform: [{ type: 'BaseSilCuttingTransform' }],
    },
  });
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === undefined) document.deleteIn(keys);
    else document.setIn(keys, document.createNode(value));
  }
  return document.toString();
}

/** As UMGRL publishes it for its DRF on the 1:1:8 split. */
export function drfYaml(changes: Changes = {}): string {
  return scoNetYaml({
    'data_cfg.data_in_use': [true, true],
    'evaluator_cfg.transform.1': { type: 'NoOperation' },
    'loss_cfg.1.class_weight': [0.174, 1.413, 1.413],
    'model_cfg.model': 'DRF',
    'model_cfg.backbone_cfg.in_channel': 2,
    'model_cfg.triplet_label': 'class',
    'model_cfg.pav_pair_num': 8,
    'model_cfg.pav_metric_num': 3,
    'trainer_cfg.save_iter': 1000,
    'trainer_cfg.find_unused_parameters': false,
    'trainer_cfg.save_name': 'DRF_118',
    'trainer_cfg.sampler.type': 'DiseaseTripletSampler',
    'trainer_cfg.sampler.batch_size': [3, 22],
    'trainer_cfg.sampler.frames_num_fixed': 20,
    'trainer_cfg.transform.1': { type: 'NoOperation' },
    ...changes,
  });
}
