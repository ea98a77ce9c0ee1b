/**
 * What is kept of a visit: one participant on one day, with one to a few walks. Data with a schema, checked whenever it comes from outside
 * (a file, an older version). Keypoints are kept and maps aren't: those follow from the keypoints by the recipe. No picture is in it.
 *
 * Times of day are ISO 8601 with their offset; times within a walk are seconds; keypoints are pixels of the upright picture.
 */
import * as v from 'valibot';
import { ASYMMETRY_LENGTH } from '../gait/asymmetry.ts';
import { CLASS_COUNT } from '../gait/labels.ts';
import { POSE_LENGTH } from '../gait/keypoint.ts';

/** Grows when what is stored changes its shape; `migrations.ts` brings older records to it, and `layout.ts` gets another step. */
export const VISIT_SCHEMA = 1;

const text = v.string();
const named = v.pipe(v.string(), v.trim(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const moment = v.pipe(v.string(), v.isoTimestamp());
const day = v.pipe(v.string(), v.isoDate());
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const AGE_BANDS = ['under-10', '10-12', '13-15', '16-18', 'over-18'] as const;
export const SEXES = ['female', 'male', 'other'] as const;
export const OUTCOMES = ['refer', 'borderline', 'none-found', 'not-assessable'] as const;

/** Pseudonymous: a code that the site can resolve, and nothing that names a person. */
export const participantSchema = v.strictObject({
  code: v.pipe(named, v.maxLength(64)),
  ageBand: v.nullable(v.picklist(AGE_BANDS)),
  sex: v.nullable(v.picklist(SEXES)),
  notes: v.pipe(text, v.maxLength(4000)),
});

/** The text that was agreed to, by whom (a role, such as "parent") and when. */
export const consentSchema = v.strictObject({ text, by: text, given: moment });

const probabilities = v.strictObject({ negative: share, neutral: share, positive: share });

const finding = v.strictObject({
  rule: named,
  passed: v.boolean(),
  severity: v.picklist(['blocks', 'warns']),
  value: v.number(),
  threshold: v.number(),
  unit: text,
  /** What else the sentence about it needs, e.g. how many frames were looked at. */
  facts: v.record(named, v.union([v.string(), v.number()])),
});

/** As `gait/clinical.ts` measures it. */
const clinicalMeasure = v.strictObject({
  name: named,
  unit: v.picklist(['°', '%']),
  mean: v.number(),
  spread: v.number(),
  standardError: v.number(),
  low: v.number(),
  high: v.number(),
  count,
  countOf: named,
  side: v.picklist(['left', 'right', 'even']),
});

/** Which model said it, on what, by which version: what a result depends on. */
const provenance = v.strictObject({
  model: v.strictObject({
    id: named,
    name: named,
    sha256,
    trainedOn: text,
    simulated: v.boolean(),
    calibrated: v.boolean(),
  }),
  /** Engine of the network and its threads, e.g. "webgpu", "wasm, 2 threads". */
  backend: named,
  poseModel: v.picklist(['lite', 'full', 'none']),
  /** The map recipe, or "silhouette". */
  input: named,
  framesPerSecond: v.pipe(v.number(), v.gtValue(0)),
  appVersion: named,
});

const floats = (length: number) =>
  v.pipe(
    v.instance(Float32Array),
    v.check((array) => array.length % length === 0, `expected a multiple of ${length} numbers`),
  );

const walkParts = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  recorded: moment,
  source: v.picklist(['camera', 'file', 'sample']),
  outcome: v.picklist(OUTCOMES),
  /** null where not assessable. */
  probabilities: v.nullable(probabilities),
  /** Cosines [3, parts], classes negative, neutral, positive. */
  logits: v.nullable(floats(CLASS_COUNT)),
  findings: v.array(finding),
  measures: v.array(clinicalMeasure),
  /** The raw asymmetry vector, 8×3 (`gait/asymmetry.ts`); null without usable frames. */
  asymmetry: v.nullable(
    v.pipe(
      v.instance(Float32Array),
      v.check((array) => array.length === ASYMMETRY_LENGTH),
    ),
  ),
  /** Seconds. */
  duration: v.pipe(v.number(), v.minValue(0)),
  picture: v.strictObject({ width: count, height: count }),
  /** T times in seconds, ascending. */
  times: v.instance(Float64Array),
  /** T×17×(x px, y px, confidence); a frame without a person is all NaN. */
  keypoints: floats(POSE_LENGTH),
  /** People found in each of the T frames. */
  people: v.instance(Uint8Array),
  /** Why each frame was left out; null where it was used. */
  leftOut: v.array(v.nullable(named)),
  /** Frames in which left and right had been exchanged and were put right. */
  sidesSettled: count,
  provenance,
  /** A recording is kept beside it, under the same id. Off unless the site turns it on. */
  video: v.boolean(),
});

export const walkSchema = v.pipe(
  walkParts,
  v.check(
    ({ times, keypoints, people, leftOut }) =>
      [keypoints.length / POSE_LENGTH, people.length, leftOut.length].every((frames) => frames === times.length),
    'expected as many poses, people and reasons as times',
  ),
  v.check(
    ({ times }) => times.every((time, frame) => Number.isFinite(time) && time >= (times[frame - 1] ?? time)),
    'expected times that ascend',
  ),
);

const interval = v.strictObject({ value: share, low: share, high: share });

export const resultSchema = v.strictObject({
  outcome: v.picklist(OUTCOMES),
  /** Of all assessable walks together; null where there is none. */
  probabilities: v.nullable(probabilities),
  /** Standard deviation of the probability of "positive" between the walks; null for fewer than two. */
  spread: v.nullable(share),
  /** How many walks it is made of. */
  walks: count,
  /** From which probability of "positive" on it says refer, and from which borderline; null where the likeliest class decides. */
  thresholds: v.nullable(v.strictObject({ refer: share, borderline: share })),
  /** How good referring from there on was on the people it was fitted on, with 95 % intervals; null where nobody measured it. */
  accuracy: v.nullable(v.strictObject({ sensitivity: interval, specificity: interval })),
});

/** What was agreed to do next. */
const followUp = v.strictObject({ due: v.nullable(day), done: v.nullable(moment), note: text });

export const visitSchema = v.strictObject({
  schema: v.literal(VISIT_SCHEMA),
  id: v.pipe(v.string(), v.uuid()),
  participant: participantSchema,
  started: moment,
  /** The place's name, as the site calls it. */
  place: text,
  consent: v.nullable(consentSchema),
  /** Which text of the first-run note stood at the time. */
  notice: named,
  /** How common the pattern is held to be at the site; null where nobody said. */
  prevalence: v.nullable(share),
  walks: v.array(walkSchema),
  result: resultSchema,
  followUp: v.nullable(followUp),
});

export type Participant = v.InferOutput<typeof participantSchema>;
export type Consent = v.InferOutput<typeof consentSchema>;
export type Walk = v.InferOutput<typeof walkSchema>;
export type VisitResult = v.InferOutput<typeof resultSchema>;
export type Visit = v.InferOutput<typeof visitSchema>;
