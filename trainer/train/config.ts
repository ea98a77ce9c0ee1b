/** What a training run is made of: data, not code, kept in its checkpoint and in the manifest of the model that comes of it. */
import * as v from 'valibot';
import { architectureSchema } from '../../src/nets/architecture.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.gtValue(0));

export const configSchema = v.strictObject({
  architecture: architectureSchema,
  /** Name of a map recipe. */
  recipe: v.string(),
  /** Seed of the fresh weights. */
  weightsSeed: whole,
  /** Seeds of the simulated populations: different seeds, different people. */
  trainSeed: whole,
  validationSeed: whole,
  testSeed: whole,
  /** Shares of the classes in a training batch. */
  classShares: v.strictObject({ negative: positive, neutral: positive, positive }),
  clips: whole,
  frames: whole,
  iterations: whole,
  learningRate: v.strictObject({ peak: positive, floor: positive, warmUp: whole }),
  weightDecay: v.number(),
  labelSmoothing: v.number(),
  /** Batch-all triplet loss on class labels, beside the cross-entropy. */
  triplet: v.strictObject({ weight: v.number(), margin: v.number() }),
  /** Second stage: the new people whose whole walks give the neck its statistics. */
  settle: v.strictObject({ seed: whole, people: v.pipe(whole, v.minValue(2)) }),
  /** How many people a model is calibrated on and judged by, on their whole walks, and the classes' shares among them. */
  heldOut: v.strictObject({
    validationPeople: whole,
    testPeople: whole,
    classShares: v.strictObject({ negative: positive, neutral: positive, positive }),
  }),
});

export type TrainingConfig = v.InferOutput<typeof configSchema>;

/** Reads a config; throws in one sentence that names the first key that is wrong, missing or unknown. */
export function parseConfig(value: unknown): TrainingConfig {
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`The config can't be used: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
}
