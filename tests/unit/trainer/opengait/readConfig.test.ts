/** OpenGait's YAML files as configs of ours: the published ones say what they are known to say, and what can't be trained is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../trainer/train/config.ts';
import { readOpenGaitConfig } from '../../../../trainer/opengait/readConfig.ts';
import { drfYaml, scoNetYaml, type Changes } from './yamls.ts';

function read(text: string) {
  const { config, notes } = readOpenGaitConfig(text);
  return { config: parseConfig(config), notes, said: notes.join('\n') };
}

describe('what the published files say', () => {
  it('ScoNet: exactly our defaults, on silhouettes', () => {
    const { config, said } = read(scoNetYaml());
    expect(config).toEqual(
      parseConfig({
        name: 'ScoNet',
        split: 'Scoliosis1K 1:1:8 (118)',
        network: { inChannels: 1 },
        input: { kind: 'silhouette' },
        evaluation: { every: 20_000 },
      }),
    );
    // What is not in the file is OpenGait's: smoothed targets, as its CrossEntropyLoss has them unless told otherwise.
    expect(config.loss.crossEntropy.smoothing).toBe(0.1);
    expect(said).toContain('loss_cfg.1.label_smooth true; loss_cfg.1.eps 0.1');
    expect(said).toContain('--data and --partition');
    expect(said).toContain('left out: data_cfg.dataset_name, data_cfg.num_workers');
  });

  it('DRF of UMGRL: class-balanced, weighted, triplets by class', () => {
    const { config, said } = read(drfYaml());
    expect(config).toEqual(
      parseConfig({
        name: 'DRF_118',
        split: 'Scoliosis1K 1:1:8 (118)',
        network: { network: 'drf', attention: 'after-fcs' },
        sampler: { kind: 'class-balanced', clipsPerClass: 22 },
        frames: { kind: 'fixed-unordered', count: 20 },
        loss: { crossEntropy: { classWeights: [0.174, 1.413, 1.413] }, triplet: { labels: 'class' } },
        evaluation: { every: 1000 },
      }),
    );
    expect(said).toContain('behind the part FCs');
    expect(said).toContain('default recipe');
  });

  it('a finetune by AdamW and cosine, from a checkpoint', () => {
    const { config, said } = read(
      scoNetYaml({
        'model_cfg.backbone_cfg.in_channel': 2,
        optimizer_cfg: { solver: 'AdamW', lr: 0.0003, weight_decay: 0.01 },
        scheduler_cfg: { scheduler: 'CosineAnnealingLR', T_max: 80000, eta_min: 0.00001 },
        'trainer_cfg.total_iter': 80000,
        'trainer_cfg.restore_hint': 'some/where.pt',
        'trainer_cfg.optimizer_reset': true,
        'trainer_cfg.scheduler_reset': true,
        plumbline: { recipe: 'upstream-aligned', name: 'finetune', split: null },
      }),
    );
    expect(config).toMatchObject({
      name: 'finetune',
      split: null,
      input: { kind: 'skeleton-map', recipe: 'upstream-aligned' },
      optimiser: { kind: 'adamw', betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 },
      schedule: { kind: 'cosine', peak: 3e-4, floor: 1e-5, warmUp: 0 },
      iterations: 80_000,
      warmStart: { optimiserState: false },
    });
    expect(said).toContain('--from names the checkpoint');
  });
});

describe('what is left out is what OpenGait takes', () => {
  it('from its default.yaml, whatever the solver', () => {
    const { config, said } = read(
      scoNetYaml({
        optimizer_cfg: { solver: 'AdamW' },
        scheduler_cfg: undefined,
        evaluator_cfg: undefined,
        trainer_cfg: { sampler: {} },
        data_cfg: {},
        // No TripletLoss: OpenGait passes over what it isn't told to weigh. And a loss without a list around it.
        loss_cfg: { type: 'CrossEntropyLoss' },
      }),
    );
    expect(config).toMatchObject({
      name: 'tmp',
      split: null,
      sampler: { kind: 'triplet', identities: 8, samples: 16 },
      frames: { kind: 'fixed-unordered', count: 30 },
      // AdamW of PyTorch would decay by 0.01; OpenGait's default.yaml says 0.0005 for every solver.
      optimiser: { kind: 'adamw', weightDecay: 5e-4 },
      schedule: { kind: 'multi-step', peak: 0.1, milestones: [20_000, 40_000, 60_000], factor: 0.1 },
      iterations: 80_000,
      loss: { triplet: { weight: 0 } },
      evaluation: { every: 2000, frames: 720 },
    });
    expect(said).toContain('trainer_cfg.total_iter 80000');
    expect(said).toContain('where OpenGait takes all');
  });

  it('a cosine that ends at 0', () => {
    const { config } = readOpenGaitConfig(scoNetYaml({ scheduler_cfg: { scheduler: 'CosineAnnealingLR', T_max: 20000 } }));
    expect(config).toMatchObject({ schedule: { kind: 'cosine', floor: 0 } });
  });

  it('targets that are not smoothed, where the file says so', () => {
    expect(read(scoNetYaml({ 'loss_cfg.1.label_smooth': false })).config.loss.crossEntropy.smoothing).toBe(0);
  });
});

describe('frames and augmentation', () => {
  const frames = (changes: Changes) => read(scoNetYaml(changes)).config.frames;
  const [type, limit, skip] = ['sample_type', 'frames_all_limit', 'frames_skip_num'].map((key) => `trainer_cfg.sampler.${key}`);

  it('takes every way of drawing frames that can be trained', () => {
    expect(frames({ [type!]: 'fixed_ordered', [skip!]: 4 })).toEqual({ kind: 'fixed-ordered', count: 30, skip: 4 });
    expect(frames({ [type!]: 'all_ordered', [limit!]: 300 })).toEqual({ kind: 'all-ordered', limit: 300 });
    expect(frames({ [type!]: 'all_ordered' })).toEqual({ kind: 'all-ordered', limit: 720 });
  });

  it('takes probabilities of augmentations, OpenGait’s own where they are left out', () => {
    const trf_cfg = [
      { type: 'BaseSilCuttingTransform' },
      { type: 'RandomHorizontalFlip', prob: 0.3 },
      { type: 'RandomErasing' },
      { type: 'RandomRotate', prob: 0, degree: 10 },
      { type: 'RandomPerspective', prob: 0.25 },
      { type: 'RandomAffine', prob: 1 },
    ];
    const { config, said } = read(scoNetYaml({ 'trainer_cfg.transform': [{ type: 'Compose', trf_cfg }] }));
    expect(config.augmentation).toEqual({ flip: 0.3, erase: 0.5, rotate: 0, perspective: 0.25, affine: 1 });
    expect(said).toContain('in the order flip, perspective, rotate, affine, erase');
  });
});

describe('what can’t be trained ends in one sentence', () => {
  const cut = { type: 'BaseSilCuttingTransform' };
  const composed = (...steps: object[]) => [{ type: 'Compose', trf_cfg: steps }];
  const cosine = (T_max?: number) => ({ scheduler_cfg: { scheduler: 'CosineAnnealingLR', T_max } });

  const cases: [string, Changes, RegExp][] = [
    ['a mistyped key', { 'trainer_cfg.totl_iter': 5 }, /no key "trainer_cfg\.totl_iter"; the nearest known one is "total_iter"/],
    ['a mistyped key of a loss', { 'loss_cfg.0.marginn': 1 }, /no key "loss_cfg\.0\.marginn"; the nearest known one is "margin"/],
    ['a mistyped key of a transform', { 'trainer_cfg.transform.0.divisor': 1 }, /0\.divisor"; the nearest known one is "divsor"/],
    ['a mistyped section', { traner_cfg: {} }, /no key "traner_cfg"; the nearest known one is "trainer_cfg"/],
    ['a key of another section', { 'trainer_cfg.gamma': 1 }, /"gamma" belongs to another section/],
    ['another network', { 'model_cfg.model': 'GaitBase' }, /model_cfg\.model: "GaitBase" can't be trained here; ScoNet and/],
    ['no network', { model_cfg: undefined }, /model_cfg\.model is missing/],
    ['another backbone', { 'model_cfg.backbone_cfg.type': 'Plain' }, /type: "Plain" can't be trained here; only ResNet9/],
    ['a deeper one', { 'model_cfg.backbone_cfg.layers': [2, 2] }, /layers: \[2, 2\] can't be trained here; only \[1, 1, 1, 1\]/],
    ['the usual backbone', { 'model_cfg.backbone_cfg.maxpool': undefined }, /OpenGait's default, true, can't be trained/],
    ['four classes', { 'model_cfg.SeparateBNNecks.class_num': 4 }, /class_num: 4 can't be trained here; only 3/],
    [
      'parts that don’t fit',
      { 'model_cfg.SeparateFCs.parts_num': 31 },
      /parts_num has to be 16 to fit the rest of the network, not 31/,
    ],
    ['a pyramid of strips', { 'model_cfg.bin_num': [16, 8] }, /bin_num: \[16, 8\] can't be trained here/],
    ['another optimiser', { 'optimizer_cfg.solver': 'Adam' }, /solver: "Adam" can't be trained here; SGD and AdamW/],
    ['another schedule', { 'scheduler_cfg.scheduler': 'StepLR' }, /"StepLR" can't be trained/],
    ['Nesterov’s momentum', { 'optimizer_cfg.nesterov': true }, /nesterov: true can't be trained/],
    ['a cosine of another length', cosine(100), /T_max is 100 and trainer_cfg\.total_iter is 20000/],
    ['a cosine of no length', cosine(), /T_max is missing/],
    ['a learning rate that is text', { 'optimizer_cfg.lr': 'fast' }, /optimizer_cfg\.lr: /],
    [
      'varying numbers of frames',
      { 'trainer_cfg.sampler.sample_type': 'unfixed_ordered' },
      /unfixed_ordered can't be trained here/,
    ],
    ['ordered frames without a skip', { 'trainer_cfg.sampler.sample_type': 'fixed_ordered' }, /frames_skip_num is missing/],
    ['another sampler', { 'trainer_cfg.sampler.type': 'CommonSampler' }, /"CommonSampler" can't be trained/],
    ['eight classes to draw from', { 'trainer_cfg.sampler.type': 'DiseaseTripletSampler' }, /there are 3 classes/],
    ['going on in the middle', { 'trainer_cfg.restore_hint': 7000 }, /restore_hint: 7000 goes on in the middle/],
    ['another loss', { 'loss_cfg.2': { type: 'FocalLoss' } }, /no loss "FocalLoss"/],
    ['no cross-entropy', { 'loss_cfg.1': undefined }, /no CrossEntropyLoss/],
    ['two of a loss', { 'loss_cfg.0': { type: 'CrossEntropyLoss' } }, /2 of CrossEntropyLoss/],
    ['a loss that OpenGait would pass over', { 'loss_cfg.1.log_prefix': 'ce' }, /loss_cfg\.1\.log_prefix: "ce"/],
    ['weights twice', { 'loss_cfg.1.weight': [1, 1, 1], 'loss_cfg.1.class_weight': [1, 1, 1] }, /more than one of class_weight/],
    ['whole pictures', { 'trainer_cfg.transform.0.type': 'BaseSilTransform' }, /no transform "BaseSilTransform"/],
    ['steps that are no Compose', { 'trainer_cfg.transform.1': { type: 'RandomRotate' } }, /several steps are one Compose/],
    ['no cut', { 'trainer_cfg.transform.0.type': 'RandomRotate' }, /has to cut the columns/],
    [
      'a steeper rotation',
      { 'trainer_cfg.transform': composed(cut, { type: 'RandomRotate', degree: 45 }) },
      /degree: 45 can't be/,
    ],
    ['a step twice', { 'trainer_cfg.transform': composed(cut, { type: 'RandomRotate' }, { type: 'RandomRotate' }) }, /twice/],
    [
      'augmented judging',
      { 'evaluator_cfg.transform': composed(cut, { type: 'RandomRotate' }) },
      /as they are, without RandomRotate/,
    ],
    ['judging by some frames', { 'evaluator_cfg.sampler.sample_type': 'fixed_unordered' }, /only all_ordered is/],
  ];
  it.each(cases)('%s', (_, changes, sentence) => {
    const refused = () => read(scoNetYaml(changes));
    expect(refused).toThrow(sentence);
    expect(refused).toThrow(/^[^\n]+\.$/);
  });

  const drfs: [string, Changes, RegExp][] = [
    ['silhouettes', { 'model_cfg.backbone_cfg.in_channel': 1 }, /a DRF is fed with skeleton maps/],
    ['one transform', { 'trainer_cfg.transform': [cut] }, /needs two entries/],
    ['no transform', { 'trainer_cfg.transform': undefined }, /is missing: a DRF needs one for its maps and one/],
    ['a transformed vector', { 'trainer_cfg.transform.1': cut }, /with NoOperation/],
    ['another vector', { 'model_cfg.pav_pair_num': 6 }, /pav_pair_num: 6 can't be trained/],
  ];
  it.each(drfs)('a DRF with %s', (_, changes, sentence) => {
    expect(() => read(drfYaml(changes))).toThrow(sentence);
  });

  it.each([
    ['a broken file', 'data_cfg: [1,\n', /it is no YAML: .* at line 2/],
    ['a key given twice', 'data_cfg: {}\ndata_cfg: {}\n', /no YAML: Map keys must be unique/],
    ['an empty file', '', /it has no sections/],
    ['a list', '- 1', /it has no sections/],
    ['a bomb of aliases', bomb(), /no YAML: Excessive alias count/],
  ])('%s', (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
    expect(() => read(text)).toThrow(/^[^\n]+\.$/);
  });

  it('whatever the file: a config or one sentence', () => {
    const keys = fc.constantFrom('data_cfg', 'loss_cfg', 'model_cfg', 'trainer_cfg', 'type', 'sampler', 'x');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.double(),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          tree.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          try {
            readOpenGaitConfig(text);
          } catch (error) {
            expect((error as Error).constructor).toBe(Error);
            expect((error as Error).message).toMatch(/^[^\n]+\.$/);
          }
        },
      ),
    );
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let level = 1; level < 12; level++) lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}, *a${level - 1}]`);
  return lines.join('\n');
}
