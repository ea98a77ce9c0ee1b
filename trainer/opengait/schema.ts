/**
 * The keys of OpenGait's YAML for ScoNet and DRF, and what of each can be trained here. Facts: the key names and types of its published
 * configuration files, of its guide to them (docs/1.detailed_config.md) and, for a DRF, of the one public re-implementation (UMGRL).
 * Everything may be left out; `defaults.ts` knows what OpenGait then takes. A key that is not here is a mistake, for OpenGait would pass over
 * it in silence or with a line in its log.
 */
import * as v from 'valibot';
import { unknownKey } from '../train/unknownKey.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const counted = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const notNegative = v.pipe(v.number(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const below1 = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

/** One of these values; the sentence says which can be trained. */
function only<const Values extends readonly (string | number)[]>(...values: Values) {
  return v.picklist(values, ({ received }) => `${received} can't be trained here; ${values.join(' and ')} can`);
}

/** This very value; the sentence says so. */
function just<const Value extends string | number | boolean>(value: Value) {
  return v.literal(value, ({ received }) => `${received} can't be trained here; only ${value} can`);
}

/** This very list of numbers. */
function justList(...values: number[]) {
  const text = `[${values.join(', ')}]`;
  return v.pipe(
    v.array(v.number()),
    v.check(
      (given) => given.join() === values.join(),
      ({ input }) => `[${input.join(', ')}] can't be trained here; only ${text} can`,
    ),
  );
}

/** Every key may be left out, none may be added. */
function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.partial(v.strictObject(entries));
}

const prob = share;
const plainTransforms = [
  /** Cuts the columns and divides: what turns 64×64 grey levels into the network's input. `img_w` is of older versions. */
  v.strictObject({
    type: v.literal('BaseSilCuttingTransform'),
    divsor: v.optional(just(255)),
    cutting: v.optional(v.nullable(just(10))),
    img_w: v.optional(just(64)),
  }),
  /** For the second modality, the asymmetry vector. */
  v.strictObject({ type: v.literal('NoOperation') }),
  v.strictObject({ type: v.literal('RandomHorizontalFlip'), prob: v.optional(prob) }),
  v.strictObject({
    type: v.literal('RandomErasing'),
    prob: v.optional(prob),
    sl: v.optional(just(0.05)),
    sh: v.optional(just(0.2)),
    r1: v.optional(just(0.3)),
    per_frame: v.optional(just(false)),
  }),
  v.strictObject({ type: v.literal('RandomRotate'), prob: v.optional(prob), degree: v.optional(just(10)) }),
  v.strictObject({ type: v.literal('RandomPerspective'), prob: v.optional(prob) }),
  v.strictObject({ type: v.literal('RandomAffine'), prob: v.optional(prob), degree: v.optional(just(10)) }),
] as const;

const unknownTransform = ({ received }: { received: string }) =>
  `there is no transform ${received} here; there are ${plainTransforms.map(({ entries }) => entries.type.literal).join(', ')} and Compose`;

const plainTransform = v.variant('type', [...plainTransforms], unknownTransform);
const composed = v.strictObject({ type: v.literal('Compose'), trf_cfg: v.array(plainTransform) });
const transform = v.variant('type', [...plainTransforms, composed], unknownTransform);

/** One loss. OpenGait finds what to feed it with by its `log_prefix`, and passes over a loss of another name in silence. */
const losses = [
  v.strictObject({
    type: v.literal('TripletLoss'),
    log_prefix: v.optional(just('triplet')),
    loss_term_weight: v.optional(notNegative),
    margin: v.optional(positive),
    gather_and_scale: v.optional(v.boolean()),
  }),
  v.strictObject({
    type: v.literal('CrossEntropyLoss'),
    log_prefix: v.optional(just('softmax')),
    loss_term_weight: v.optional(positive),
    scale: v.optional(positive),
    label_smooth: v.optional(v.boolean()),
    eps: v.optional(below1),
    log_accuracy: v.optional(v.boolean()),
    gather_and_scale: v.optional(v.boolean()),
    /** Negative, neutral, positive. UMGRL's name, and two that others give it. */
    class_weight: v.optional(v.nullable(v.tuple([positive, positive, positive]))),
    class_weights: v.optional(v.nullable(v.tuple([positive, positive, positive]))),
    weight: v.optional(v.nullable(v.tuple([positive, positive, positive]))),
  }),
] as const;
const loss = v.variant(
  'type',
  [...losses],
  ({ received }) => `there is no loss ${received} here; there are TripletLoss and CrossEntropyLoss`,
);

/** What frames of a clip are taken, by a sampler of either phase. */
const frameKeys = {
  sample_type: v.string(),
  frames_all_limit: counted,
  frames_num_fixed: counted,
  frames_num_max: counted,
  frames_num_min: counted,
  frames_skip_num: whole,
  batch_shuffle: v.boolean(),
};

export const openGaitSchema = section({
  data_cfg: section({
    dataset_name: v.string(),
    dataset_root: v.string(),
    dataset_partition: v.string(),
    num_workers: whole,
    remove_no_gallery: v.boolean(),
    cache: v.boolean(),
    test_dataset_name: v.string(),
    data_in_use: v.array(v.union([v.boolean(), whole], 'expected true, false or the number of a file')),
  }),
  evaluator_cfg: section({
    enable_float16: v.boolean(),
    restore_ckpt_strict: v.boolean(),
    restore_hint: v.union([whole, v.string()], 'expected a number of iterations or the path of a checkpoint'),
    save_name: v.string(),
    eval_func: v.string(),
    metric: v.string(),
    cross_view_gallery: v.boolean(),
    sampler: section({
      ...frameKeys,
      type: v.string(),
      batch_size: counted,
      sample_type: v.literal('all_ordered', ({ received }) => `${received} isn't how walks are judged here; only all_ordered is`),
    }),
    transform: v.array(transform),
  }),
  loss_cfg: v.array(loss),
  model_cfg: section({
    model: only('ScoNet', 'ScoNetMT', 'ScoNetMTske', 'DRF'),
    backbone_cfg: section({
      type: just('ResNet9'),
      block: just('BasicBlock'),
      in_channel: only(1, 2),
      channels: v.tuple([counted, counted, counted, counted]),
      layers: justList(1, 1, 1, 1),
      strides: justList(1, 2, 2, 1),
      maxpool: just(false),
    }),
    SeparateFCs: section({ in_channels: counted, out_channels: counted, parts_num: counted, norm: just(false) }),
    SeparateBNNecks: section({
      class_num: just(3),
      in_channels: counted,
      parts_num: counted,
      norm: just(true),
      parallel_BN1d: just(true),
    }),
    bin_num: v.pipe(
      v.array(counted),
      v.check(
        (bins) => bins.length === 1,
        ({ input }) => `[${input.join(', ')}] can't be trained here; one number of strips can`,
      ),
    ),
    /** Of a DRF (UMGRL): what the triplet loss takes for the same, whether there is attention, and the shape of the vector. */
    triplet_label: only('identity', 'class'),
    use_pga: v.boolean(),
    pav_pair_num: just(8),
    pav_metric_num: just(3),
    /** Ours, as no public implementation has the choice: where a DRF's attention acts. */
    pga_position: only('preFC', 'postFC'),
  }),
  optimizer_cfg: section({
    solver: only('SGD', 'AdamW'),
    lr: positive,
    momentum: below1,
    weight_decay: notNegative,
    dampening: just(0),
    nesterov: just(false),
    betas: v.tuple([below1, below1]),
    eps: positive,
    amsgrad: just(false),
  }),
  scheduler_cfg: section({
    scheduler: only('MultiStepLR', 'CosineAnnealingLR'),
    gamma: positive,
    milestones: v.array(whole),
    T_max: counted,
    eta_min: notNegative,
    last_epoch: just(-1),
    verbose: v.boolean(),
  }),
  trainer_cfg: section({
    enable_float16: v.boolean(),
    find_unused_parameters: v.boolean(),
    fix_BN: v.boolean(),
    with_test: v.boolean(),
    log_iter: counted,
    optimizer_reset: v.boolean(),
    scheduler_reset: v.boolean(),
    restore_ckpt_strict: v.boolean(),
    restore_hint: v.union([whole, v.string()], 'expected 0 or the path of a checkpoint'),
    save_iter: counted,
    save_name: v.pipe(v.string(), v.minLength(1)),
    sync_BN: v.boolean(),
    total_iter: counted,
    sampler: section({
      ...frameKeys,
      type: only('TripletSampler', 'DiseaseTripletSampler'),
      batch_size: v.tuple([counted, counted]),
    }),
    transform: v.array(transform),
  }),
  /** Ours: what OpenGait's YAML has no key for. OpenGait looks at no section that it doesn't know. */
  plumbline: section({
    name: v.pipe(v.string(), v.minLength(1)),
    split: v.nullable(v.string()),
    recipe: v.string(),
    seed: whole,
    accumulate: counted,
    holdOut: below1,
    proxyClips: v.nullable(counted),
    settleClips: whole,
  }),
});

export type OpenGaitYaml = v.InferOutput<typeof openGaitSchema>;
export type TransformYaml = v.InferOutput<typeof transform>;
export type LossYaml = v.InferOutput<typeof loss>;

/** Where keys may be, for naming the nearest one. Never parsed with. */
const EVERY_KEY = v.union([openGaitSchema, loss, transform]);

/** Checks what a YAML file holds. Throws in a sentence that names the first key that is unknown, or whose value can't be trained. */
export function checkOpenGait(value: unknown): OpenGaitYaml {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error("it has no sections, and OpenGait's YAML is data_cfg, model_cfg, trainer_cfg and so on.");
  }
  const result = v.safeParse(openGaitSchema, withLossesListed(value));
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`${unknownKey(issue, EVERY_KEY) ?? `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`}.`);
}

/** OpenGait takes a single loss without a list around it. */
function withLossesListed(value: object): object {
  if (!('loss_cfg' in value)) return value;
  const { loss_cfg: given } = value;
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...value, loss_cfg: [given] } : value;
}
