/**
 * `model.json`: what a set of weights is, what it expects and what it is worth. A model runs only when its manifest says
 * everything the pipeline has to know; nothing is guessed (class order, recipe and cadence have silently ruined checkpoints before).
 */
import * as v from 'valibot';
import { ASYMMETRY_LENGTH } from '../gait/asymmetry.ts';
import { mapRecipeSchema } from '../gait/recipe.ts';
import { architectureSchema } from './architecture.ts';
import { NetError } from './errors.ts';

/** The files of a model's folder. The manifest is written last: it makes the folder a model. */
export const MANIFEST_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.safetensors';
export const GOLDEN_FILE = 'golden.safetensors';
export const CARD_FILE = 'README.md';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const text = v.pipe(v.string(), v.minLength(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/));

const interval = v.strictObject({ value: v.number(), low: v.number(), high: v.number() });

/** One classifier's figures on the held-out people. Intervals are 95 %, by bootstrap over people. */
const figures = v.strictObject({
  accuracy: interval,
  macroPrecision: v.number(),
  macroRecall: v.number(),
  macroF1: interval,
  /** Rows truth, columns prediction, in the class order negative, neutral, positive. */
  confusion: v.array(v.array(v.pipe(v.number(), v.integer()))),
});

const metricsSchema = v.strictObject({
  set: text,
  people: count,
  clips: count,
  model: figures,
  majorityBaseline: figures,
  /** By the asymmetry vectors alone; null where the data had none. */
  pavBaseline: v.nullable(figures),
  /** Sensitivity and specificity of "positive" against the rest, Wilson 95 %. */
  sensitivity: interval,
  specificity: interval,
  calibrationError: share,
});

/** Where to call a walk positive, fitted on validation people: the probability of "positive" is the threshold or more. */
const operatingPointSchema = v.strictObject({
  /** The specificity that was asked for; what was reached is beside it. */
  asked: share,
  threshold: share,
  /** Of "positive" against the rest on the people it was fitted on, Wilson 95 %. */
  sensitivity: interval,
  specificity: interval,
  /** The people it was fitted on, in words. */
  on: text,
});

/** What the network is fed with. */
const inputSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('skeleton-map'), recipe: mapRecipeSchema }),
  /** A person's outline, cut out and centred by the named rule; there is one, OpenGait's (`gait/silhouette.ts`). */
  v.strictObject({ kind: v.literal('silhouette'), alignment: v.literal('opengait') }),
]);

/** How the weights came about. */
const originSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('trained'),
    config: v.record(v.string(), v.unknown()),
    /** null where the data didn't say whose clips they were. */
    people: v.nullable(count),
    clips: count,
    iterations: count,
    engine: text,
    finished: text,
    /** Which clips chose this checkpoint among those of the run, and by what figure. */
    chosenBy: v.optional(text),
    /** The checkpoint it started from. */
    startedFrom: v.optional(text),
  }),
  v.strictObject({
    kind: v.literal('imported'),
    /** Name and SHA-256 of the checkpoint. */
    file: text,
    sha256,
    imported: text,
    /** Training steps, where the checkpoint says so. */
    iterations: v.nullable(count),
    /** The preset that answered what the checkpoint doesn't say. */
    preset: v.nullable(text),
    /** Beginnings of the checkpoint's names and what they became, e.g. `attention_layer.` → `PGA.`. */
    keyRenames: v.record(v.string(), v.string()),
  }),
]);

const vector = v.pipe(v.array(v.number()), v.length(ASYMMETRY_LENGTH));

export const manifestSchema = v.strictObject({
  schema: v.literal(2),
  id: fileName,
  name: text,
  architecture: architectureSchema,
  /** How a walk becomes the network's input. */
  input: inputSchema,
  /** Input values are grey levels divided by this. */
  inputDivisor: v.pipe(v.number(), v.gtValue(0)),
  /** The order of the logits in the weights; the pipeline always speaks negative, neutral, positive. */
  classOrder: v.tuple([
    v.picklist(['negative', 'neutral', 'positive']),
    v.picklist(['negative', 'neutral', 'positive']),
    v.picklist(['negative', 'neutral', 'positive']),
  ]),
  /**
   * Least and greatest value of each element of the asymmetry vector over the training walks, 8×3, which a DRF's input is normalised by.
   * null for a network that doesn't look at it, and for a DRF whose range nobody knows: that one runs on vectors normalised elsewhere
   * and not on a video.
   */
  asymmetryRange: v.nullable(v.strictObject({ min: vector, max: vector })),
  /** Frames a second the network is fed with, and the most frames of one walk. */
  cadence: v.strictObject({ framesPerSecond: v.pipe(v.number(), v.gtValue(0)), maxFrames: v.pipe(count, v.minValue(1)) }),
  /** Probabilities = softmax(scale × mean over parts of the cosine logits); `calibrated` where it was fitted on validation people. */
  probability: v.strictObject({
    scale: v.number(),
    calibrated: v.boolean(),
    operatingPoints: v.optional(v.array(operatingPointSchema)),
  }),
  weights: v.strictObject({ file: fileName, sha256, bytes: v.number(), storage: v.picklist(['float16', 'float32']) }),
  /** Maps and the logits they must give, for the start-up self-test. */
  golden: v.strictObject({ file: fileName, sha256, frames: v.number(), tolerance: v.number() }),
  training: v.strictObject({
    /** Said next to every result, e.g. "simulated walks only". */
    data: text,
    simulated: v.boolean(),
    /** The split it was trained on, e.g. "Scoliosis1K 1:1:8 (118)": judged on any other, it may have seen its test clips. */
    split: v.nullable(text),
  }),
  origin: originSchema,
  /** Measured by us; null where nobody has measured anything here. */
  metrics: v.nullable(metricsSchema),
  intendedUse: text,
  limits: v.array(text),
  licence: text,
});

export type ModelManifest = v.InferOutput<typeof manifestSchema>;
export type ModelMetrics = v.InferOutput<typeof metricsSchema>;
export type ModelOperatingPoint = v.InferOutput<typeof operatingPointSchema>;

/** Reads a parsed `model.json`. Throws {@link NetError} `manifest-invalid`, naming the first field that is wrong. */
export function parseManifest(value: unknown): ModelManifest {
  const result = v.safeParse(manifestSchema, value);
  if (result.success) return checkFit(result.output);
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? 'the file';
  throw new NetError('manifest-invalid', `The model's manifest can't be used: ${field}: ${issue.message}.`);
}

/** What the schema can't say: that the parts belong together. */
function checkFit(manifest: ModelManifest): ModelManifest {
  const { architecture, input, asymmetryRange, classOrder } = manifest;
  const channels = input.kind === 'silhouette' ? 1 : 2;
  if (architecture.inChannels !== channels) {
    const says = `its network takes ${architecture.inChannels} channels and its input, ${input.kind}, has ${channels}`;
    throw new NetError('manifest-invalid', `The model's manifest contradicts itself: ${says}.`);
  }
  if (asymmetryRange && architecture.network !== 'drf') {
    throw new NetError('manifest-invalid', "The model's manifest gives an asymmetry range to a network that has no use for one.");
  }
  if (new Set(classOrder).size !== classOrder.length) {
    throw new NetError('manifest-invalid', "The model's manifest names a class twice in its class order.");
  }
  return manifest;
}

/** The name of what the network is fed with, for results and lists: the recipe's, or `silhouette`. */
export function inputName({ input }: ModelManifest): string {
  return input.kind === 'skeleton-map' ? input.recipe.name : input.kind;
}
