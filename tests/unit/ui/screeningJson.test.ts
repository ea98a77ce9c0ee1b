import { expect, test } from 'vitest';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { screeningJson } from '../../../src/ui/details/screeningJson.ts';
import { clipRows, CSV_COLUMNS } from '../../../src/ui/queue/clipRows.ts';
import { reasonOf } from '../../../src/ui/reason.ts';

const blocked: Screening = {
  outcome: 'not-assessable',
  probabilities: null,
  thresholds: null,
  logits: null,
  influence: [],
  measures: [],
  asymmetry: null,
  findings: [
    { rule: 'steps', passed: false, severity: 'warns', value: 1, threshold: 2, unit: '', facts: {} },
    { rule: 'whole-body', passed: false, severity: 'blocks', value: 0, threshold: 0.5, unit: '', facts: {} },
  ],
  counts: { sampled: 2, posed: 1, usable: 0, sidesSettled: 0 },
  duration: 2,
  picture: { width: 640, height: 360 },
  frames: [
    { time: 0, people: 1, keypoints: new Float32Array(POSE_LENGTH).fill(0.5) },
    { time: 1, people: 0, keypoints: null },
  ],
  verdicts: [
    { usable: false, reason: 'outside-picture' },
    { usable: false, reason: 'no-person' },
  ],
  maps: new Uint8Array(),
  model: { id: 'm', name: 'M', sha256: 'a'.repeat(64), trainedOn: 'simulated walks', simulated: true, calibrated: true },
  backend: { name: 'wasm', threads: 1, adapter: null, reason: 'Passed.', frameMs: 90, error: 1e-6, attempts: [] },
  poseModel: 'lite',
  input: 'r',
  framesPerSecond: 15,
  appVersion: '0.1.0',
  timings: { poseMs: 1, classifyMs: 1, mapsMs: 1, totalMs: 2 },
};

const assessed: Screening = {
  ...blocked,
  outcome: 'refer',
  probabilities: { negative: 0.1, neutral: 0.2, positive: 0.7 },
  logits: Float32Array.from({ length: 48 }, (_, index) => Math.fround(index / 48)),
};

test('the reason of a walk that can’t be assessed is what blocked it, not what was merely noted', () => {
  expect(reasonOf(blocked)).toContain('step back');
  expect(reasonOf(assessed)).toContain('70\u00a0%');
});

test('a result as JSON reads back with logits by class and a fate for every frame', () => {
  const read = JSON.parse(JSON.stringify(screeningJson(assessed, 'walk.mp4'))) as Record<string, never>;
  expect(Object.keys(read['logits']!)).toEqual(['negative', 'neutral', 'positive']);
  expect(read['logits']!['positive']).toEqual([...assessed.logits!.subarray(32)]);
  expect(read['frames']).toMatchObject([{ leftOut: 'outside-picture' }, { leftOut: 'no-person', keypoints: null }]);
  expect(read['frames']![0]!['keypoints']).toHaveLength(POSE_LENGTH);
  expect(screeningJson(blocked, 'walk.mp4')['logits']).toBeNull();
});

test('every row of the table has every column, and clips that were cancelled have no row', () => {
  const clip = (state: string, result: Screening | null, problem: (() => string) | null = null) =>
    ({ name: `${state}.mp4`, state, result, problem }) as Parameters<typeof clipRows>[0][number];
  const rows = clipRows([
    clip('done', assessed),
    clip('done', blocked),
    clip('failed', null, () => 'Empty.'),
    clip('cancelled', null),
  ]);
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row).toHaveLength(CSV_COLUMNS.length);
  expect(rows[1]!.slice(1, 7)).toEqual(['refer', 0.7, 0.2, 0.1, 0, 2]);
  expect(rows[2]!.slice(1, 8)).toEqual(['not-assessable', null, null, null, 0, 2, reasonOf(blocked)]);
  expect(rows[3]!.slice(0, 8)).toEqual(['failed.mp4', 'not-screened', null, null, null, null, null, 'Empty.']);
});
