/**
 * A visit as a file for researchers: all that was measured and all that the results depended on. Maps are left out, for they follow from
 * the keypoints by the recipe; free remarks are left out, for they may name somebody. Units and conventions stand in the file itself.
 * What is not a number is null, since JSON has no other way to say so.
 */
import { ASYMMETRY_METRICS } from '../gait/asymmetry.ts';
import { JOINTS, POSE_LENGTH } from '../gait/keypoint.ts';
import { CLASSES, type ClassName } from '../gait/labels.ts';
import type { Visit, Walk } from '../records/visit.ts';
import { PAIR_NAMES } from './asymmetryElements.ts';
import { float32Figure } from './figure.ts';
import { CLINICAL_MEASURES } from '../gait/clinical.ts';
import { isoMoment } from './moment.ts';

export const VISIT_JSON_SCHEMA = 'plumbline-visit';

/** Grows when a field is renamed, taken away or changes its meaning. */
export const VISIT_JSON_VERSION = 1;

/** How to read the numbers: for whoever has the file and nothing else. */
const LAYOUT = {
  units: {
    probabilities: 'share, 0 to 1',
    logits: 'cosine, -1 to 1',
    times: 's',
    duration: 's',
    framesPerSecond: '1/s',
    picture: 'px',
    keypoints: ['px', 'px', 'confidence, 0 to 1'],
    asymmetry: ["1/128 of the body's height", "1/128 of the body's height", 'rad'],
  },
  conventions: {
    left: "the person's own left",
    picture: 'upright, origin top left, x to the right, y down',
    times: 'from the start of the walk',
    classes: CLASSES,
    keypoints: { order: 'COCO-17', joints: JOINTS, numbers: ['x', 'y', 'confidence'] },
    logits: 'one cosine for each part of the body, from head to feet',
    asymmetry: { pairs: PAIR_NAMES, metrics: ASYMMETRY_METRICS },
    measures: Object.fromEntries(CLINICAL_MEASURES.map(({ name, unit, positive }) => [name, { unit, positive }])),
    interval: 'low and high are the 95 % interval of the mean',
  },
} as const;

/** Ready for `JSON.stringify`: plain objects, arrays, strings, finite numbers, booleans and null. */
export function visitJson(visit: Visit) {
  const { participant, consent, followUp } = visit;
  return {
    schema: VISIT_JSON_SCHEMA,
    version: VISIT_JSON_VERSION,
    recordVersion: visit.schema,
    ...LAYOUT,
    id: visit.id,
    started: isoMoment(visit.started),
    place: visit.place,
    participant: { code: participant.code, ageBand: participant.ageBand, sex: participant.sex },
    consent: consent && { ...consent, given: isoMoment(consent.given) },
    notice: visit.notice,
    prevalence: visit.prevalence,
    result: visit.result,
    walks: visit.walks.map(walkJson),
    followUp: followUp && { due: followUp.due, done: followUp.done === null ? null : isoMoment(followUp.done) },
  };
}

export type VisitJson = ReturnType<typeof visitJson>;

function walkJson(walk: Walk) {
  const { logits, asymmetry, keypoints } = walk;
  return {
    id: walk.id,
    recorded: isoMoment(walk.recorded),
    source: walk.source,
    outcome: walk.outcome,
    probabilities: walk.probabilities,
    logits: logits && logitsByClass(logits),
    findings: walk.findings.map((finding) => ({
      ...finding,
      value: finite(finding.value),
      threshold: finite(finding.threshold),
      facts: Object.fromEntries(Object.entries(finding.facts).map(([name, fact]) => [name, finite(fact)])),
    })),
    measures: walk.measures.map((measure) => ({
      ...measure,
      mean: finite(measure.mean),
      spread: finite(measure.spread),
      standardError: finite(measure.standardError),
      low: finite(measure.low),
      high: finite(measure.high),
    })),
    asymmetry: asymmetry && rowsOf(asymmetry, ASYMMETRY_METRICS.length),
    duration: walk.duration,
    picture: walk.picture,
    sidesSettled: walk.sidesSettled,
    frames: Array.from(walk.times, (time, frame) => ({
      time: finite(time),
      people: walk.people[frame] ?? null,
      leftOut: walk.leftOut[frame] ?? null,
      keypoints: pose(keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH)),
    })),
    provenance: walk.provenance,
  };
}

function logitsByClass(logits: Float32Array): Record<ClassName, (number | null)[]> {
  const [negative = [], neutral = [], positive = []] = rowsOf(logits, logits.length / CLASSES.length);
  return { negative, neutral, positive };
}

/** 17×(x, y, confidence), one after another; null where nobody was seen. */
function pose(keypoints: Float32Array): (number | null)[] | null {
  return keypoints.every((value) => Number.isNaN(value)) ? null : float32s(keypoints);
}

function rowsOf(values: Float32Array, length: number): (number | null)[][] {
  const rows = Math.round(values.length / length);
  return Array.from({ length: rows }, (_, row) => float32s(values.subarray(row * length, (row + 1) * length)));
}

function float32s(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => finite(float32Figure(value)));
}

function finite<T>(value: T): T | null {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
