/** Screenings for the interface's tests, written down. */
import { judgeFrame } from '../../../src/gait/quality.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { PICTURE, walk } from '../quality/syntheticWalk.ts';
import { assessedWalk } from '../report/visits.ts';

const { provenance, measures, probabilities } = assessedWalk();

/** A walk of two seconds that was assessed: refer, at a probability of 0.7. Shares no memory with another. */
export function screening(other: Partial<Screening> = {}): Screening {
  const frames: PoseFrame[] = walk({ seconds: 2 });
  const verdicts = frames.map((frame) => judgeFrame(frame, PICTURE));
  return {
    outcome: 'refer',
    probabilities: { ...probabilities! },
    thresholds: { refer: 0.6, borderline: 0.4 },
    logits: new Float32Array(48),
    influence: [],
    findings: [{ rule: 'steps', passed: false, severity: 'warns', value: 1, threshold: 2, unit: 'steps/s', facts: {} }],
    measures: measures.map((measure) => ({ ...measure })) as Screening['measures'],
    asymmetry: new Float32Array(24),
    counts: { sampled: frames.length, posed: frames.length, usable: frames.length, sidesSettled: 0 },
    duration: 2,
    picture: { ...PICTURE },
    frames,
    verdicts,
    maps: new Uint8Array(),
    model: { ...provenance.model },
    backend: { name: 'wasm', threads: 2, adapter: null, reason: 'Passed.', frameMs: 90, error: 1e-6, attempts: [] },
    poseModel: 'lite',
    input: 'opengait-118',
    framesPerSecond: 15,
    appVersion: '0.1.0',
    timings: { poseMs: 1, classifyMs: 1, mapsMs: 1, totalMs: 2 },
    ...other,
  };
}

/** What the network says of a walk that shows nothing. */
export const NOTHING_FOUND = {
  outcome: 'none-found',
  probabilities: { negative: 0.9, neutral: 0.05, positive: 0.05 },
} as const satisfies Partial<Screening>;
