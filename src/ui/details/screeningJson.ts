/**
 * A screening as a file for researchers: everything the result was made from and everything it depended on, except the maps, which
 * follow from the keypoints by the recipe. Times in seconds, keypoints in pixels of the picture, as 17×(x, y, confidence) in COCO's order.
 */
import { CLASSES } from '../../gait/labels.ts';
import type { Screening } from '../../screening/screening.ts';
import { sentenceOf } from '../reason.ts';
import { classRow } from './logitRows.ts';

/** 2: `recipe` became `input`, and `counts` says how many frames had left and right put right. */
const SCHEMA = 2;

export function screeningJson(screening: Screening, file: string): Record<string, unknown> {
  const {
    outcome,
    probabilities,
    thresholds,
    influence,
    measures,
    asymmetry,
    findings,
    counts,
    duration,
    picture,
    framesPerSecond,
  } = screening;
  const { model, backend, poseModel, input, appVersion, timings, logits, frames, verdicts } = screening;
  return {
    schema: SCHEMA,
    kind: 'plumbline-screening',
    file,
    outcome,
    probabilities,
    thresholds,
    influence,
    measures,
    asymmetry: asymmetry && [...asymmetry],
    findings: findings.map((finding) => ({ ...finding, sentence: sentenceOf(finding) })),
    counts,
    duration,
    picture,
    framesPerSecond,
    model,
    backend,
    poseModel,
    input,
    appVersion,
    timings,
    logits: logits && Object.fromEntries(CLASSES.map((name) => [name, [...classRow(logits, name)]])),
    frames: frames.map(({ time, people, keypoints }, index) => ({
      time,
      people,
      keypoints: keypoints && [...keypoints],
      leftOut: verdicts[index]?.reason ?? null,
    })),
  };
}
