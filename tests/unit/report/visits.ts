/** A visit for the reports' tests, written down. */
import { ASYMMETRY_LENGTH } from '../../../src/gait/asymmetry.ts';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { VISIT_SCHEMA, type Visit, type Walk } from '../../../src/records/visit.ts';

/** A visit of two walks: one that was assessed, and one that could not be. */
export function twoWalks(): Visit {
  return {
    schema: VISIT_SCHEMA,
    id: '3f2c8a52-7a0e-4d0b-9b7e-1f5f2a6c9d10',
    participant: { code: 'S-014', ageBand: '13-15', sex: 'female', notes: 'Her name is Ada' },
    started: '2026-03-02T09:30:00+01:00',
    place: 'Gym',
    consent: { text: 'The recording may be used for the study.', by: 'parent', given: '2026-03-02T09:25:00+01:00' },
    notice: '1',
    prevalence: 0.03,
    walks: [assessedWalk(), blockedWalk()],
    result: {
      outcome: 'refer',
      probabilities: { negative: 0.1, neutral: 0.2, positive: 0.7 },
      spread: null,
      walks: 1,
      thresholds: { refer: 0.6, borderline: 0.4 },
      accuracy: {
        sensitivity: { value: 0.8, low: 0.7, high: 0.87 },
        specificity: { value: 0.93, low: 0.9, high: 0.95 },
      },
    },
    followUp: { due: '2026-04-01', done: null, note: 'Ask her mother' },
  };
}

/** Three frames: used, nobody in it, and left out with a joint that was never found. */
export function assessedWalk(): Walk {
  const keypoints = Float32Array.from({ length: 3 * POSE_LENGTH }, (_, index) => Math.fround(index / 7));
  keypoints.fill(NaN, POSE_LENGTH, 2 * POSE_LENGTH);
  keypoints[2 * POSE_LENGTH] = NaN;
  return {
    id: '0b7b5c0e-54a5-4a0f-8a54-4bb0a8b6a001',
    recorded: '2026-03-02T09:31:00+01:00',
    source: 'camera',
    outcome: 'refer',
    probabilities: { negative: 0.1, neutral: 0.2, positive: 0.7 },
    logits: Float32Array.from({ length: 48 }, (_, index) => Math.fround(index / 48)),
    findings: [
      { rule: 'usable-frames', passed: true, severity: 'blocks', value: 120, threshold: 15, unit: 'frames', facts: {} },
      { rule: 'steps', passed: false, severity: 'warns', value: 1.1, threshold: 1.2, unit: 'steps/s', facts: {} },
    ],
    measures: [
      {
        name: 'shoulder-tilt',
        unit: '°',
        mean: -2.123456789,
        spread: 1.2,
        standardError: 0.3,
        low: -2.7,
        high: -1.5,
        count: 8,
        countOf: 'strides',
        side: 'right',
      },
    ],
    asymmetry: Float32Array.from({ length: ASYMMETRY_LENGTH }, (_, element) => Math.fround(element / 10)),
    duration: 9.87,
    picture: { width: 1280, height: 720 },
    times: Float64Array.of(0, 0.0667, 0.1333),
    keypoints,
    people: Uint8Array.of(1, 0, 1),
    leftOut: [null, 'no-person', 'unclear'],
    sidesSettled: 1,
    provenance: {
      model: {
        id: 'scoliosis-skeleton',
        name: 'ScoNet on skeleton maps',
        sha256: 'ab'.repeat(32),
        trainedOn: '2,000 simulated people',
        simulated: true,
        calibrated: true,
      },
      backend: 'webgpu',
      poseModel: 'full',
      input: 'opengait-118',
      framesPerSecond: 15,
      appVersion: '0.1.0',
    },
    video: false,
  };
}

export function blockedWalk(): Walk {
  return {
    ...assessedWalk(),
    id: '0b7b5c0e-54a5-4a0f-8a54-4bb0a8b6a002',
    recorded: '2026-03-02T09:33:00+01:00',
    outcome: 'not-assessable',
    probabilities: null,
    logits: null,
    measures: [],
    asymmetry: null,
    findings: [{ rule: 'whole-body', passed: false, severity: 'blocks', value: 0.1, threshold: 0.5, unit: 'share', facts: {} }],
  };
}
