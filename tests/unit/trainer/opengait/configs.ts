/** Configs of every kind, for properties. */
import fc from 'fast-check';
import { RECIPES } from '../../../../src/gait/recipes.ts';
import { parseConfig, type TrainingConfig } from '../../../../trainer/train/config.ts';

const counted = fc.integer({ min: 1, max: 100_000 });
const positive = fc.double({ min: 1e-12, max: 1e6, noNaN: true, noDefaultInfinity: true });
const below1 = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const width = fc.integer({ min: 1, max: 4096 });

const network = (drf: boolean, inChannels: 1 | 2) =>
  fc.record({
    network: fc.constant(drf ? 'drf' : 'sconet'),
    inChannels: fc.constant(inChannels),
    widths: fc.tuple(width, width, width, width),
    embedding: width,
    parts: width,
    classes: fc.constant(3),
    ...(drf ? { attention: fc.constantFrom('before-fcs', 'after-fcs') } : {}),
  });

const rest = {
  name: fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom('no', '1e-8', '1:30', '~', '0x1f', 'a: b # c', '\u0085\u007f'),
  ),
  split: fc.option(fc.string({ unit: 'grapheme' })),
  sampler: fc.oneof(
    fc.record({ kind: fc.constant('triplet'), identities: fc.constant(8), samples: counted }),
    fc.record({ kind: fc.constant('class-balanced'), clipsPerClass: fc.constant(24) }),
  ),
  frames: fc.oneof(
    fc.record({ kind: fc.constant('fixed-unordered'), count: counted }),
    fc.record({ kind: fc.constant('fixed-ordered'), count: counted, skip: fc.nat() }),
    fc.record({ kind: fc.constant('all-ordered'), limit: counted }),
  ),
  loss: fc.record({
    crossEntropy: fc.record({
      weight: positive,
      scale: positive,
      smoothing: below1,
      classWeights: fc.oneof(fc.constant('none'), fc.tuple(positive, positive, positive)),
    }),
    triplet: fc.record({
      weight: fc.oneof(fc.constant(0), positive),
      margin: positive,
      labels: fc.constantFrom('identity', 'class'),
    }),
  }),
  optimiser: fc.oneof(
    fc.record({ kind: fc.constant('sgd'), momentum: below1, weightDecay: below1 }),
    fc.record({ kind: fc.constant('adamw'), betas: fc.tuple(below1, below1), epsilon: positive, weightDecay: below1 }),
  ),
  schedule: fc.oneof(
    fc.record({ kind: fc.constant('multi-step'), peak: positive, milestones: fc.array(fc.nat()), factor: positive }),
    fc.record({ kind: fc.constant('cosine'), peak: positive, floor: positive }),
  ),
  iterations: counted,
  accumulate: fc.constantFrom(1, 2, 4, 8),
  frozen: fc.record({ batchNorm: fc.boolean() }),
  seed: fc.nat(),
  warmStart: fc.option(fc.record({ optimiserState: fc.boolean() })),
  evaluation: fc.record({
    every: counted,
    holdOut: below1,
    proxyClips: fc.option(counted),
    frames: counted,
    settleClips: fc.nat(),
  }),
};

const flip = fc.record({ flip: share });
const recipe = fc.constantFrom(...Object.keys(RECIPES));
const maps = fc.record({ kind: fc.constant('skeleton-map'), recipe });

/** Everything that OpenGait, or a fork of it, can train. */
export const expressibleConfigs: fc.Arbitrary<TrainingConfig> = fc
  .oneof(
    fc.record({
      ...rest,
      network: network(false, 1),
      input: fc.constant({ kind: 'silhouette' }),
      augmentation: fc.record({ flip: share, erase: share, rotate: share, perspective: share, affine: share }),
    }),
    fc.record({ ...rest, network: network(false, 2), input: maps, augmentation: flip }),
    fc.record({ ...rest, network: network(true, 2), input: maps, augmentation: flip }),
  )
  .map(parseConfig)
  // OpenGait has no checkpoint of a run that is shorter than the interval between two.
  .map((config) => ({ ...config, iterations: Math.max(config.iterations, config.evaluation.every) }));
