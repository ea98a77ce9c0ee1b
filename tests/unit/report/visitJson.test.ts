import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Visit } from '../../../src/records/visit.ts';
import { visitJson, type VisitJson } from '../../../src/report/visitJson.ts';
import { anyVisit } from './anyVisit.ts';
import { twoWalks } from './visits.ts';

function written(visit: Visit): VisitJson {
  return JSON.parse(JSON.stringify(visitJson(visit))) as VisitJson;
}

/** The numbers of all frames again, as 32-bit numbers. */
function keypointsOf({ frames }: VisitJson['walks'][number]): Float32Array {
  const nobody = Array<null>(51).fill(null);
  return Float32Array.from(
    frames.flatMap(({ keypoints }) => keypoints ?? nobody),
    (value) => value ?? NaN,
  );
}

/** Whatever comes out of JSON as something else, or not at all: what is no number, typed arrays, `undefined`. */
function lostInJson(value: unknown): unknown[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(lostInJson);
  const plain = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  return plain ? Object.values(value).flatMap(lostInJson) : [value];
}

describe('visitJson', () => {
  it('names itself, its units and its conventions', () => {
    expect(written(twoWalks())).toMatchObject({
      schema: 'plumbline-visit',
      version: 1,
      recordVersion: 1,
      units: { times: 's', keypoints: ['px', 'px', 'confidence, 0 to 1'] },
      conventions: {
        classes: ['negative', 'neutral', 'positive'],
        keypoints: { order: 'COCO-17', joints: expect.objectContaining({ length: 17 }) },
        asymmetry: { pairs: expect.objectContaining({ length: 8 }), metrics: ['VD', 'MD', 'AD'] },
        measures: { 'shoulder-tilt': { unit: '°', positive: 'left-higher' } },
      },
    });
  });

  it('holds what a result was made from and what it depended on', () => {
    const visit = twoWalks();
    const [walk, blocked] = written(visit).walks;
    const [source] = visit.walks;
    expect(walk).toMatchObject({
      outcome: 'refer',
      recorded: '2026-03-02T09:31:00+01:00',
      probabilities: { positive: 0.7 },
      findings: source!.findings,
      measures: source!.measures,
      provenance: source!.provenance,
      frames: [{ time: 0, people: 1, leftOut: null }, { leftOut: 'no-person', keypoints: null }, { leftOut: 'unclear' }],
    });
    expect(Float32Array.from(walk!.logits!.positive as number[])).toEqual(source!.logits!.subarray(32));
    expect(Float32Array.from(walk!.asymmetry!.flat() as number[])).toEqual(source!.asymmetry);
    expect(blocked).toMatchObject({
      outcome: 'not-assessable',
      probabilities: null,
      logits: null,
      asymmetry: null,
      measures: [],
    });
  });

  it('gives every keypoint back as it was, and null for what is no number', () => {
    const [walk] = written(twoWalks()).walks;
    expect(keypointsOf(walk!)).toEqual(twoWalks().walks[0]!.keypoints);
    expect(walk!.frames[2]!.keypoints![0]).toBeNull();
  });

  it('leaves remarks out', () => {
    expect(JSON.stringify(visitJson(twoWalks()))).not.toMatch(/Ada|mother/);
    expect(written(twoWalks()).followUp).toEqual({ due: '2026-04-01', done: null });
  });

  it('holds nothing that JSON would lose, whatever the visit', () => {
    fc.assert(
      fc.property(anyVisit, (visit) => {
        expect(lostInJson(visitJson(visit))).toEqual([]);
        visit.walks.forEach(({ keypoints }, index) => {
          // Minus zero is zero in JSON.
          const finite = keypoints.map((value) => (Number.isFinite(value) ? value + 0 : NaN));
          expect(keypointsOf(written(visit).walks[index]!)).toEqual(finite);
        });
      }),
      { numRuns: 50 },
    );
  });
});
