import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { judgeFrame, judgeWalk } from '../../../src/gait/quality.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { toFrames, toWalk } from '../../../src/records/keptWalk.ts';
import { visitCsv } from '../../../src/report/visitCsv.ts';
import { visitFhir } from '../../../src/report/fhir.ts';
import { visitJson } from '../../../src/report/visitJson.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { anyVisit } from '../report/anyVisit.ts';
import { assessedWalk } from '../report/visits.ts';
import { Device } from './device.ts';
import { visit } from './madeUpVisit.ts';

const pose = (value: number) => new Float32Array(POSE_LENGTH).fill(value);
const frames: PoseFrame[] = [
  { time: 0, people: 1, keypoints: pose(0.5) },
  { time: 1 / 15, people: 0, keypoints: null },
  // Outlines are pictures.
  { time: 2 / 15, people: 2, keypoints: pose(NaN).fill(0.25, 3), silhouette: new Uint8Array(64 * 44) },
];

const { provenance, ...made } = assessedWalk();

function screening(): Screening {
  return {
    outcome: made.outcome,
    probabilities: made.probabilities,
    thresholds: { refer: 0.6, borderline: 0.4 },
    logits: made.logits,
    influence: [],
    findings: [
      { rule: 'file-complete', passed: true, severity: 'warns', value: 1, threshold: 1, unit: '', facts: { of: 3 } },
    ] as never,
    measures: made.measures as Screening['measures'],
    asymmetry: made.asymmetry,
    counts: { sampled: 3, posed: 2, usable: 1, sidesSettled: 1 },
    duration: 2,
    picture: { width: 1280, height: 720 },
    frames,
    verdicts: [
      { usable: true, reason: null },
      { usable: false, reason: 'no-person' },
      { usable: false, reason: 'by-hand' },
    ],
    maps: new Uint8Array(2 * 64 * 44),
    model: provenance.model,
    backend: { name: 'wasm', threads: 2, adapter: null, reason: 'Passed.', frameMs: 90, error: 1e-6, attempts: [] },
    poseModel: 'lite',
    input: 'opengait-118',
    framesPerSecond: 15,
    appVersion: '0.1.0',
    timings: { poseMs: 1, classifyMs: 1, mapsMs: 1, totalMs: 2 },
  };
}

const facts = { id: made.id, recorded: '2026-03-02T09:31:00+01:00', source: 'camera' } as const;

describe('a walk that is kept of a screening', () => {
  it('says what was found, on what, and by which version', async () => {
    const walk = toWalk(screening(), facts);
    const store = await new Device().open();
    await store.save(visit(1, { walks: [walk] }));
    const [kept] = (await store.read(visit(1).id)).walks;
    expect(kept).toEqual(walk);
    expect(kept).toMatchObject({
      ...facts,
      outcome: made.outcome,
      probabilities: made.probabilities,
      logits: made.logits,
      asymmetry: made.asymmetry,
      measures: made.measures,
      findings: screening().findings,
      duration: 2,
      leftOut: [null, 'no-person', 'by-hand'],
      sidesSettled: 1,
      provenance: { ...provenance, backend: 'wasm, 2 threads', poseModel: 'lite' },
      video: false,
    });
  });

  it('gives its frames back for a replay, without outlines', async () => {
    const replayed = toFrames(toWalk(screening(), facts));
    expect(replayed.frames).toEqual(frames.map(({ time, people, keypoints }) => ({ time, people, keypoints })));
    expect(replayed.verdicts).toEqual(screening().verdicts);
  });

  it('shares no memory with it, and its frames none with the walk', () => {
    const source = screening();
    const walk = toWalk(source, facts);
    const replayed = toFrames(walk);
    const before = structuredClone(walk);
    for (const array of [source.logits!, source.asymmetry!, source.frames[0]!.keypoints!, replayed.frames[0]!.keypoints!])
      array.fill(9);
    source.measures[0]!.mean = 9;
    expect(walk).toEqual(before);
    // What the other tests use is as it was.
    frames[0]!.keypoints!.fill(0.5);
  });

  it('can be kept however little was seen: no finding about it is unheard of', async () => {
    const picture = { width: 640, height: 360 };
    const store = await new Device().open();
    for (let count = 0; count < 5; count++) {
      const few = Array.from({ length: count }, (_, frame) => ({
        time: frame / 15,
        people: 1,
        keypoints: frame % 2 ? null : pose(1),
      }));
      const verdicts = few.map((frame) => judgeFrame(frame, picture));
      const findings = judgeWalk(few, verdicts, picture);
      const walk = toWalk({ ...screening(), frames: few, verdicts, findings, picture }, facts);
      await expect(store.save(visit(1, { walks: [walk] }))).resolves.toBeUndefined();
    }
  });
});

describe('a visit that is kept', () => {
  it('gives the same reports as before', async () => {
    await fc.assert(
      fc.asyncProperty(anyVisit, async (source) => {
        const store = await new Device().open();
        await store.save(source);
        const kept = await store.read(source.id);
        expect(visitJson(kept)).toEqual(visitJson(source));
        expect(visitFhir(kept)).toEqual(visitFhir(source));
        expect(visitCsv([kept])).toBe(visitCsv([source]));
      }),
      { numRuns: 60 },
    );
  });
});
