/** From a screening to the walk that is kept of it, and back to the frames that a replay shows. */
import { POSE_LENGTH } from '../gait/keypoint.ts';
import type { FrameReason, FrameVerdict } from '../gait/quality.ts';
import type { PoseFrame } from '../gait/sequence.ts';
import type { Screening } from '../screening/screening.ts';
import type { Walk } from './visit.ts';

/** What a screening doesn't know of its walk. */
export interface WalkFacts {
  /** A UUID. */
  id: string;
  /** When it was recorded, ISO 8601 with the offset of the place. */
  recorded: string;
  source: Walk['source'];
}

/**
 * Maps, influence and timings are left out: the first two follow from the keypoints and the model, the last say nothing of the walk. Shares no
 * memory with the screening.
 */
export function toWalk(screening: Screening, { id, recorded, source }: WalkFacts): Walk {
  const { outcome, probabilities, logits, findings, measures, asymmetry, duration, picture } = screening;
  const { frames, verdicts, counts, model, poseModel, input, framesPerSecond, appVersion } = screening;
  return {
    id,
    recorded,
    source,
    outcome,
    probabilities: probabilities && { ...probabilities },
    logits: logits && new Float32Array(logits),
    findings: findings.map((finding) => ({ ...finding, facts: { ...finding.facts } })),
    measures: measures.map((measure) => ({ ...measure })),
    asymmetry: asymmetry && new Float32Array(asymmetry),
    duration,
    picture: { ...picture },
    times: Float64Array.from(frames, ({ time }) => time),
    keypoints: keypointsOf(frames),
    people: Uint8Array.from(frames, ({ people }) => people),
    leftOut: verdicts.map(({ reason }) => reason),
    sidesSettled: counts.sidesSettled,
    provenance: { model: { ...model }, backend: engineOf(screening), poseModel, input, framesPerSecond, appVersion },
    video: false,
  };
}

/** The frames of a kept walk with their verdicts; outlines are pictures and were not kept. Shares no memory with the walk. */
export function toFrames({ times, keypoints, people, leftOut }: Walk): { frames: PoseFrame[]; verdicts: FrameVerdict[] } {
  const frames = Array.from(times, (time, index): PoseFrame => {
    const pose = keypoints.slice(index * POSE_LENGTH, (index + 1) * POSE_LENGTH);
    return { time, people: people[index] ?? 0, keypoints: pose.every((value) => Number.isNaN(value)) ? null : pose };
  });
  // A reason of another version is a reason all the same.
  const verdicts = leftOut.map((reason) => ({ usable: reason === null, reason: reason as FrameReason | null }));
  return { frames, verdicts };
}

function keypointsOf(frames: readonly PoseFrame[]): Float32Array<ArrayBuffer> {
  const keypoints = new Float32Array(frames.length * POSE_LENGTH).fill(NaN);
  frames.forEach((frame, index) => frame.keypoints && keypoints.set(frame.keypoints, index * POSE_LENGTH));
  return keypoints;
}

function engineOf({ backend: { name, threads } }: Screening): string {
  return threads > 1 ? `${name}, ${threads} threads` : name;
}
