/**
 * What a training run is made of: data, not code, kept in its checkpoints and in the manifest of the model that comes of it. A file says
 * only what differs from the defaults, which are OpenGait's for ScoNet (domain.md §4).
 */
import * as v from 'valibot';
import { architectureSchema, SCONET_SKELETON } from '../../src/nets/architecture.ts';
import { findRecipe, RECIPES } from '../../src/gait/recipes.ts';
import { unknownKey } from './unknownKey.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const counted = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const below1 = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

/** A section that comes in several kinds; each kind has defaults of its own. */
function kinds<const Schema extends v.GenericSchema>(usual: string, schema: Schema) {
  return v.pipe(
    v.optional(v.looseObject({}), {}),
    v.transform((given) => ({ kind: usual, ...given }) as v.InferInput<Schema>),
    schema,
  );
}

/** A section whose every key may be left out. */
const section = <Entries extends v.ObjectEntries>(entries: Entries) => v.optional(v.strictObject(entries), {} as never);

const recipe = v.pipe(
  v.string(),
  v.check(
    (name) => findRecipe(name) !== null,
    ({ input }) => `there is no map recipe "${input}"; there are ${Object.keys(RECIPES).join(', ')}`,
  ),
);

/** Three weights in the order negative, neutral, positive. */
const classWeights = v.union(
  [v.picklist(['none', 'inverse-frequency']), v.tuple([positive, positive, positive])],
  'expected "none", "inverse-frequency" or three weights above 0',
);

export const configSchema = v.strictObject({
  /** What a model made of it is called. */
  name: v.pipe(v.string(), v.minLength(1)),
  /** Which split of the data it is meant for, e.g. "112"; a label for the manifest, never guessed from the data. */
  split: v.optional(v.nullable(v.string()), null),
  network: v.pipe(
    v.optional(v.looseObject({}), {}),
    v.transform((given) => {
      const attention = given['network'] === 'drf' ? { attention: 'after-fcs' } : {};
      return { ...SCONET_SKELETON, ...attention, ...given } as v.InferInput<typeof architectureSchema>;
    }),
    architectureSchema,
  ),
  input: kinds(
    'skeleton-map',
    v.variant('kind', [
      v.strictObject({ kind: v.literal('skeleton-map'), recipe: v.optional(recipe, 'sigma15_joint8-bodyonly') }),
      v.strictObject({ kind: v.literal('silhouette') }),
    ]),
  ),
  sampler: kinds(
    'triplet',
    v.variant('kind', [
      /** So many identities, so many clips of each; an identity with fewer gives some of them several times. */
      v.strictObject({ kind: v.literal('triplet'), identities: v.optional(counted, 8), samples: v.optional(counted, 8) }),
      /** As many clips of each class, drawn with replacement. */
      v.strictObject({ kind: v.literal('class-balanced'), clipsPerClass: v.optional(counted, 22) }),
    ]),
  ),
  frames: kinds(
    'fixed-unordered',
    v.variant('kind', [
      v.strictObject({ kind: v.literal('fixed-unordered'), count: v.optional(counted, 30) }),
      v.strictObject({ kind: v.literal('fixed-ordered'), count: v.optional(counted, 30), skip: v.optional(whole, 0) }),
      v.strictObject({ kind: v.literal('all-ordered'), limit: v.optional(counted, 720) }),
    ]),
  ),
  /** How likely a clip is to be changed in each way. */
  augmentation: section({
    flip: v.optional(share, 0),
    erase: v.optional(share, 0),
    rotate: v.optional(share, 0),
    perspective: v.optional(share, 0),
    affine: v.optional(share, 0),
  }),
  loss: section({
    crossEntropy: section({
      weight: v.optional(positive, 1),
      /** What the cosines are multiplied by. */
      scale: v.optional(positive, 16),
      smoothing: v.optional(below1, 0.1),
      classWeights: v.optional(classWeights, 'none'),
    }),
    /** Weight 0 leaves it out: the papers' plain ScoNet. */
    triplet: section({
      weight: v.optional(v.pipe(v.number(), v.minValue(0)), 1),
      margin: v.optional(positive, 0.2),
      /** What counts as the same. */
      labels: v.optional(v.picklist(['identity', 'class']), 'identity'),
    }),
  }),
  optimiser: kinds(
    'sgd',
    v.variant('kind', [
      v.strictObject({
        kind: v.literal('sgd'),
        momentum: v.optional(below1, 0.9),
        weightDecay: v.optional(v.pipe(v.number(), v.minValue(0)), 5e-4),
      }),
      v.strictObject({
        kind: v.literal('adamw'),
        betas: v.optional(v.tuple([below1, below1]), [0.9, 0.999]),
        epsilon: v.optional(positive, 1e-8),
        weightDecay: v.optional(v.pipe(v.number(), v.minValue(0)), 0.01),
      }),
    ]),
  ),
  schedule: kinds(
    'multi-step',
    v.variant('kind', [
      v.strictObject({
        kind: v.literal('multi-step'),
        peak: v.optional(positive, 0.1),
        milestones: v.optional(v.array(whole), [10_000, 14_000, 18_000]),
        factor: v.optional(positive, 0.1),
        warmUp: v.optional(whole, 0),
      }),
      v.strictObject({
        kind: v.literal('cosine'),
        peak: v.optional(positive, 3e-4),
        floor: v.optional(v.pipe(v.number(), v.minValue(0)), 1e-5),
        warmUp: v.optional(whole, 0),
      }),
    ]),
  ),
  iterations: v.optional(counted, 20_000),
  /** In how many parts the gradients of a batch are computed, one after the other. */
  accumulate: v.optional(counted, 1),
  frozen: section({
    /** Normalise by the running statistics and leave those alone; scales and shifts go on learning. */
    batchNorm: v.optional(v.boolean(), false),
    /** Leave everything before the part FCs as it is. */
    backbone: v.optional(v.boolean(), false),
  }),
  /** Seed of the fresh weights and of every draw. */
  seed: v.optional(whole, 1),
  /** Start from a checkpoint's weights (`--from`), with its optimiser's state or without; null starts afresh. */
  warmStart: v.optional(v.nullable(v.strictObject({ optimiserState: v.optional(v.boolean(), false) })), null),
  evaluation: section({
    every: v.optional(counted, 1000),
    /** The share of the training people who are kept for it where the partition names no validation people; 0 = none. */
    holdOut: v.optional(below1, 0.1),
    /** A fixed subset of so many clips, drawn once; null = all. */
    proxyClips: v.optional(v.nullable(counted), null),
    /** The first frames of each clip. */
    frames: v.optional(counted, 720),
    /** Training clips whose whole walks give the neck its statistics before each evaluation; 0 takes the running ones. */
    settleClips: v.optional(whole, 0),
  }),
});

export type TrainingConfig = v.InferOutput<typeof configSchema>;
export type ConfigInput = v.InferInput<typeof configSchema>;

/** A config with all defaults filled in; throws in one sentence that names the first key that is wrong, missing or unknown. */
export function parseConfig(value: unknown): TrainingConfig {
  const result = v.safeParse(configSchema, value);
  if (!result.success) throw new Error(`The config can't be used: ${sentenceOf(result.issues[0])}.`);
  const config = result.output;
  const contradiction = contradictionIn(config);
  if (contradiction) throw new Error(`The config contradicts itself: ${contradiction}.`);
  return config;
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the file';
  return unknownKey(issue, configSchema) ?? `${path}: ${issue.message}`;
}

/** What the schema can't say: that the parts belong together. */
function contradictionIn({ network, input, sampler, accumulate, schedule, iterations }: TrainingConfig): string | null {
  const channels = input.kind === 'silhouette' ? 1 : 2;
  if (network.inChannels !== channels) {
    return `its network takes ${network.inChannels} channels and a ${input.kind} has ${channels}; set network.inChannels to ${channels}`;
  }
  const groups = sampler.kind === 'triplet' ? sampler.identities : sampler.clipsPerClass;
  if (groups % accumulate !== 0) {
    const what = sampler.kind === 'triplet' ? 'identities' : 'clips of a class';
    return `a batch of ${groups} ${what} can't be computed in ${accumulate} equal parts (accumulate)`;
  }
  if (schedule.warmUp >= iterations) return `its warm-up of ${schedule.warmUp} iterations leaves none of its ${iterations}`;
  return null;
}
