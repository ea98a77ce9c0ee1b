/** Configs of ours as OpenGait's YAML: read back they are the same, and PyYAML, which OpenGait reads them with, finds the same in them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { missingInOpenGait } from '../../../../trainer/opengait/beyond.ts';
import { readOpenGaitConfig } from '../../../../trainer/opengait/readConfig.ts';
import { writeOpenGaitConfig, type OpenGaitRun } from '../../../../trainer/opengait/writeConfig.ts';
import { parseConfig, type ConfigInput, type TrainingConfig } from '../../../../trainer/train/config.ts';
import { readConfig } from '../../../../trainer/train/readConfig.ts';
import { expressibleConfigs } from './configs.ts';
import { noPython, pythonWith, runPython } from './python.ts';

const python = pythonWith('yaml');
const CONFIGS = fileURLToPath(new URL('../../../../trainer/configs/scoliosis1k', import.meta.url));
const SILHOUETTES: ConfigInput = { name: 'made up', network: { inChannels: 1 }, input: { kind: 'silhouette' } };

function write(config: TrainingConfig, run: Partial<OpenGaitRun> = {}): string {
  const places = { data: 'job/data', partition: 'job/partition.json', initial: config.warmStart ? 'job/initial.pt' : null };
  return writeOpenGaitConfig(config, { places, saveName: 'job', gpus: 1, judged: true, ...run });
}

function expectSame(config: TrainingConfig): void {
  expect(parseConfig(readOpenGaitConfig(write(config)).config)).toEqual(config);
}

describe('writeOpenGaitConfig', () => {
  it('is read back as the very same config', () => {
    fc.assert(fc.property(expressibleConfigs, expectSame), { numRuns: 100 });
  });

  it.skipIf(!python)(`holds for PyYAML what it holds for us${noPython(python, 'PyYAML')}`, () => {
    const texts = fc.sample(expressibleConfigs, { numRuns: 100, seed: 4 }).map((config) => write(config));
    const program = 'import json, sys, yaml; print(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))';
    const read = runPython(python!, program, [], JSON.stringify(texts));
    expect(read).toEqual(texts.map((text) => parse(text, { version: '1.1' }) as unknown));
  });

  const published = readdirSync(CONFIGS).filter((file) => file.endsWith('.json'));
  it.each(published)('does so for the experiment %s, its classes counted', async (file) => {
    const config = await readConfig(join(CONFIGS, file));
    const { crossEntropy } = config.loss;
    if (crossEntropy.classWeights === 'inverse-frequency') crossEntropy.classWeights = [0.174, 1.413, 1.413];
    expectSame(config);
  });

  it('says everything of ScoNet by its names', () => {
    const text = write(parseConfig({ ...SILHOUETTES, split: 'Scoliosis1K 1:1:8 (118)' }), { gpus: 4 });
    expect(parse(text)).toMatchObject({
      data_cfg: { dataset_root: 'job/data', dataset_partition: 'job/partition.json' },
      evaluator_cfg: {
        sampler: { batch_size: 4, sample_type: 'all_ordered', frames_all_limit: 720 },
        eval_func: 'evaluate_scoliosis',
      },
      loss_cfg: [
        { type: 'TripletLoss', log_prefix: 'triplet', loss_term_weight: 1, margin: 0.2 },
        { type: 'CrossEntropyLoss', log_prefix: 'softmax', scale: 16, label_smooth: true, eps: 0.1 },
      ],
      model_cfg: { model: 'ScoNet', backbone_cfg: { in_channel: 1, channels: [64, 128, 256, 512] }, bin_num: [16] },
      optimizer_cfg: { solver: 'SGD', lr: 0.1, momentum: 0.9, weight_decay: 0.0005 },
      scheduler_cfg: { scheduler: 'MultiStepLR', milestones: [10000, 14000, 18000] },
      trainer_cfg: {
        total_iter: 20000,
        save_iter: 1000,
        restore_hint: 0,
        with_test: true,
        sync_BN: true,
        transform: [{ type: 'BaseSilCuttingTransform' }],
      },
      plumbline: { name: 'made up', split: 'Scoliosis1K 1:1:8 (118)' },
    });
    expect(text).toContain('# One clip at a time on each GPU: the number of GPUs, here 4.\n    batch_size: 4');
  });

  it('gives a DRF two modalities, and augmentations one Compose', () => {
    const drf = parse(write(parseConfig({ name: 'd', network: { network: 'drf' }, augmentation: { flip: 0.5 } }))) as Record<
      string,
      unknown
    >;
    const flipped = {
      type: 'Compose',
      trf_cfg: [{ type: 'BaseSilCuttingTransform' }, { type: 'RandomHorizontalFlip', prob: 0.5 }],
    };
    expect(drf).toMatchObject({
      evaluator_cfg: { transform: [{ type: 'BaseSilCuttingTransform' }, { type: 'NoOperation' }] },
      model_cfg: { model: 'DRF', triplet_label: 'identity', pga_position: 'postFC' },
      trainer_cfg: { transform: [flipped, { type: 'NoOperation' }] },
    });
  });

  it('writes numbers as PyYAML takes them for numbers', () => {
    const text = write(parseConfig({ ...SILHOUETTES, optimiser: { kind: 'adamw', epsilon: 1e-8, weightDecay: 2.5e-9 } }));
    expect(text).toContain('eps: 1.0e-8\n');
    expect(text).toContain('weight_decay: 2.5e-9\n');
  });

  it('does not judge where there is nobody to judge by', () => {
    expect(parse(write(parseConfig(SILHOUETTES), { judged: false }))).toMatchObject({ trainer_cfg: { with_test: false } });
  });

  const impossible: [string, ConfigInput, RegExp][] = [
    ['a warm-up', { schedule: { warmUp: 5 } } as never, /no warm-up/],
    ['a frozen backbone', { frozen: { backbone: true } } as never, /can't leave the backbone/],
    [
      'weights that nobody has counted',
      { loss: { crossEntropy: { classWeights: 'inverse-frequency' } } } as never,
      /takes the weights of the classes as numbers/,
    ],
    [
      'maps that are erased',
      { network: {}, input: {}, augmentation: { erase: 0.1 } } as never,
      /RandomErasing of OpenGait takes pictures of one channel/,
    ],
    ['a run without a checkpoint', { iterations: 999 } as never, /set it to 999 or fewer/],
    ['a DRF on silhouettes', { network: { network: 'drf', inChannels: 1 } } as never, /set network\.inChannels to 2/],
  ];
  it.each(impossible)('refuses %s in a sentence', (_, change, sentence) => {
    const refused = () => write(parseConfig({ ...SILHOUETTES, ...change }));
    expect(refused).toThrow(sentence);
    expect(refused).toThrow(/^[^\n]+\.$/);
  });

  it('refuses GPUs that a batch can’t be shared out among', () => {
    expect(() => write(parseConfig(SILHOUETTES), { gpus: 3 })).toThrow(/A batch of 64 clips can't be shared out among 3 GPUs/);
  });
});

describe('missingInOpenGait', () => {
  const missing = (config: object) => missingInOpenGait(parseConfig({ ...SILHOUETTES, ...config } as ConfigInput));

  it('has nothing to say of what OpenGait publishes', () => {
    expect(missing({})).toEqual([]);
    expect(missing({ network: {}, input: {}, optimiser: { kind: 'adamw' }, schedule: { kind: 'cosine' } })).toEqual([]);
  });

  it.each([
    [{ network: { network: 'drf' }, input: {} }, ['OpenGait has no DRF']],
    [{ network: { network: 'drf', attention: 'before-fcs' }, input: {} }, ['OpenGait has no DRF', 'pga_position']],
    [{ sampler: { kind: 'class-balanced' } }, ['DiseaseTripletSampler']],
    [{ loss: { crossEntropy: { classWeights: [1, 2, 3] } } }, ['class_weight']],
    [{ loss: { triplet: { labels: 'class' } } }, ['takes identities']],
  ])('names what only forks have: %o', (config, names) => {
    const sentences = missing(config);
    expect(sentences).toHaveLength(names.length);
    names.forEach((name, index) => expect(sentences[index]).toContain(name));
  });
});
