/** Any visit that a record may hold, odd text and numbers included. */
import fc from 'fast-check';
import { ASYMMETRY_LENGTH } from '../../../src/gait/asymmetry.ts';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { AGE_BANDS, OUTCOMES, SEXES, VISIT_SCHEMA, type Visit } from '../../../src/records/visit.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const number = fc.double({ noNaN: true });
const interval = fc.record({ value: share, low: share, high: share });
const count = fc.nat({ max: 10_000 });
/** Everything that can stand in a text field, spreadsheets' formulas and control characters included. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', '=1+1', '\u00a0', '\u0000', '<script>', '"'),
);
const named = text.map((value) => value.trim() || 'x');
const moment = fc
  .tuple(
    fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.constantFrom('Z', '+01:00', '-0330', '+05', ' +14:00', '+23:59'),
    fc.constantFrom('T', ' '),
  )
  .map(([date, offset, separator]) => date.toISOString().replace('Z', offset).replace('T', separator));
const probabilities = fc.option(fc.record({ negative: share, neutral: share, positive: share }));
const outcome = fc.constantFrom(...OUTCOMES);

const finding = fc.record({
  rule: named,
  passed: fc.boolean(),
  severity: fc.constantFrom('blocks' as const, 'warns' as const),
  value: number,
  threshold: number,
  unit: fc.oneof(text, fc.constantFrom('share', 's', 'frames', 'steps/s', 'torso lengths')),
  facts: fc.constant({}),
});

const measure = fc.record({
  name: fc.oneof(named, fc.constantFrom('shoulder-tilt', 'arm-gap')),
  unit: fc.constantFrom('°' as const, '%' as const),
  mean: number,
  spread: number,
  standardError: number,
  low: number,
  high: number,
  count,
  countOf: named,
  side: fc.constantFrom('left' as const, 'right' as const, 'even' as const),
});

const provenance = fc.record({
  model: fc.record({
    id: named,
    name: named,
    sha256: fc.constantFrom('ab'.repeat(32), 'cd'.repeat(32)),
    trainedOn: text,
    simulated: fc.boolean(),
    calibrated: fc.boolean(),
  }),
  backend: named,
  poseModel: fc.constantFrom('lite' as const, 'full' as const, 'none' as const),
  input: named,
  framesPerSecond: fc.double({ min: 1, max: 60, noNaN: true }),
  appVersion: named,
});

const floats = (length: number) =>
  fc.array(fc.float(), { minLength: length, maxLength: length }).map((values) => Float32Array.from(values));

const walk = fc
  .record({
    id: fc.uuid(),
    recorded: moment,
    source: fc.constantFrom('camera' as const, 'file' as const, 'sample' as const),
    outcome,
    probabilities,
    logits: fc.option(floats(48)),
    findings: fc.array(finding, { maxLength: 3 }),
    measures: fc.array(measure, { maxLength: 3 }),
    asymmetry: fc.option(floats(ASYMMETRY_LENGTH)),
    duration: fc.double({ min: 0, max: 1000, noNaN: true }),
    picture: fc.record({ width: count, height: count }),
    frames: fc.nat({ max: 3 }),
    sidesSettled: count,
    provenance,
    video: fc.boolean(),
  })
  .chain(({ frames, ...rest }) =>
    floats(frames * POSE_LENGTH).map((keypoints) => ({
      ...rest,
      keypoints,
      times: Float64Array.from({ length: frames }, (_, frame) => frame / 15),
      people: new Uint8Array(frames).fill(1),
      leftOut: Array.from({ length: frames }, (_, frame) => (frame === 0 ? null : 'unclear')),
    })),
  );

/** Any visit that `visitSchema` lets pass. */
export const anyVisit: fc.Arbitrary<Visit> = fc.record({
  schema: fc.constant(VISIT_SCHEMA),
  id: fc.uuid(),
  participant: fc.record({
    code: named,
    ageBand: fc.option(fc.constantFrom(...AGE_BANDS)),
    sex: fc.option(fc.constantFrom(...SEXES)),
    notes: text,
  }),
  started: moment,
  place: text,
  consent: fc.option(fc.record({ text, by: text, given: moment })),
  notice: named,
  prevalence: fc.option(share),
  walks: fc.array(walk, { maxLength: 3 }),
  result: fc.record({
    outcome,
    probabilities,
    spread: fc.option(share),
    walks: fc.nat({ max: 3 }),
    thresholds: fc.option(fc.record({ refer: share, borderline: share })),
    accuracy: fc.option(fc.record({ sensitivity: interval, specificity: interval })),
  }),
  followUp: fc.option(
    fc.record({
      due: fc.option(fc.constant('2026-04-01')),
      done: fc.option(moment),
      note: text,
    }),
  ),
});
