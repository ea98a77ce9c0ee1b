/**
 * `model.json`: what a set of weights is, what it expects and what it is worth. A model runs only when its manifest says
 * everything the pipeline has to know; nothing is guessed (class order, recipe and cadence have silently ruined checkpoints before).
 */
import * as v from 'valibot';
import { mapRecipeSchema } from '../gait/recipe.ts';
import { architectureSchema } from './architecture.ts';
import { NetError } from './errors.ts';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const text = v.pipe(v.string(), v.minLength(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
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

export const manifestSchema = v.strictObject({
  schema: v.literal(1),
  id: fileName,
  name: text,
  architecture: architectureSchema,
  /** How a pose becomes the network's input. */
  recipe: mapRecipeSchema,
  /** Input values are grey levels divided by this. */
  inputDivisor: v.number(),
  /** The order of the logits in the weights; the pipeline always speaks negative, neutral, positive. */
  classOrder: v.tuple([
    v.picklist(['negative', 'neutral', 'positive']),
    v.picklist(['negative', 'neutral', 'positive']),
    v.picklist(['negative', 'neutral', 'positive']),
  ]),
  /** Frames a second the network is fed with, and the most frames of one walk. */
  cadence: v.strictObject({ framesPerSecond: v.number(), maxFrames: v.pipe(v.number(), v.integer()) }),
  /** Probabilities = softmax(scale × mean over parts of the cosine logits); fitted on validation people. */
  probability: v.strictObject({ scale: v.number() }),
  weights: v.strictObject({ file: fileName, sha256, bytes: v.number(), storage: v.picklist(['float16', 'float32']) }),
  /** Maps and the logits they must give, for the start-up self-test. */
  golden: v.strictObject({ file: fileName, sha256, frames: v.number(), tolerance: v.number() }),
  training: v.strictObject({
    /** Said next to every result, e.g. "simulated walks only". */
    data: text,
    simulated: v.boolean(),
    config: v.record(v.string(), v.unknown()),
    people: v.number(),
    clips: v.number(),
    iterations: v.number(),
    engine: text,
    finished: text,
  }),
  metrics: v.strictObject({
    set: text,
    people: v.number(),
    clips: v.number(),
    model: figures,
    majorityBaseline: figures,
    pavBaseline: figures,
    /** Sensitivity and specificity of "positive" against the rest, Wilson 95 %. */
    sensitivity: interval,
    specificity: interval,
    calibrationError: share,
  }),
  intendedUse: text,
  limits: v.array(text),
  licence: text,
});

export type ModelManifest = v.InferOutput<typeof manifestSchema>;

/** Reads a parsed `model.json`. Throws {@link NetError} `manifest-invalid`, naming the first field that is wrong. */
export function parseManifest(value: unknown): ModelManifest {
  const result = v.safeParse(manifestSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? 'the file';
  throw new NetError('manifest-invalid', `The model's manifest can't be used: ${field}: ${issue.message}.`);
}
