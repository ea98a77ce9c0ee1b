import { parse } from 'valibot';
import { expect, test } from 'vitest';
import { visitSchema } from '../../../src/records/visit.ts';
import { combineWalks } from '../../../src/screening/combine.ts';
import { emptyPerson } from '../../../src/ui/session/person.ts';
import { recordingsOf, visitOf, type SessionWalk, type VisitFacts } from '../../../src/ui/session/visitOf.ts';
import { idOf } from '../records/madeUpVisit.ts';
import { twoWalks } from '../report/visits.ts';
import { NOTHING_FOUND, screening } from './screenings.ts';

const MOMENT = '2026-03-02T09:30:00+01:00';
const accuracy = twoWalks().result.accuracy;

function walks(): SessionWalk[] {
  return [
    { id: idOf(1), recorded: MOMENT, screening: screening(), recording: new Blob(['film']) },
    { id: idOf(2), recorded: MOMENT, screening: screening(NOTHING_FOUND), recording: null },
  ];
}

const facts = (other: Partial<VisitFacts> = {}): VisitFacts => ({
  id: idOf(9),
  started: MOMENT,
  person: { ...emptyPerson(), code: ' S-014 ', ageBand: '13-15', notes: 'In socks', consented: true, consentBy: ' parent ' },
  consentText: 'We may keep it.',
  consented: MOMENT,
  place: 'Gym',
  notice: 'abc',
  prevalence: 0.03,
  accuracy,
  followUp: null,
  ...other,
});

const resultOf = (each: readonly SessionWalk[]) => combineWalks(each.map((walk) => walk.screening));

test('a session’s walks make a visit that can be kept', () => {
  const each = walks();
  const visit = visitOf(each, resultOf(each), facts());
  expect(parse(visitSchema, visit)).toEqual(visit);
  expect(visit).toMatchObject({
    id: idOf(9),
    participant: { code: 'S-014', ageBand: '13-15', sex: null, notes: 'In socks' },
    consent: { text: 'We may keep it.', by: 'parent', given: MOMENT },
    notice: 'abc',
    walks: [
      { id: idOf(1), source: 'camera', outcome: 'refer' },
      { id: idOf(2), source: 'camera', outcome: 'none-found' },
    ],
    result: { ...resultOf(each), accuracy },
  });
  expect(visit.participant).not.toHaveProperty('consentBy');
});

test('without consent there is none in the visit', () => {
  const each = walks();
  expect(visitOf(each, resultOf(each), facts({ consented: null })).consent).toBeNull();
});

test('a visit shares no memory with the screenings', () => {
  const each = walks();
  const result = resultOf(each);
  const visit = visitOf(each, result, facts());
  const before = structuredClone(visit);
  for (const { screening: source } of each) {
    for (const array of [source.logits!, source.asymmetry!, source.frames[0]!.keypoints!]) array.fill(9);
    source.probabilities!.positive = 9;
    source.thresholds!.refer = 9;
    source.measures[0]!.mean = 9;
    source.findings[0]!.value = 9;
    source.model.name = 'another';
    source.picture.width = 9;
  }
  expect(visit).toEqual(before);
});

test('recordings go by the ids of their walks, and only where there are some', () => {
  const [first, second] = walks();
  expect([...recordingsOf([first!, second!])]).toEqual([[idOf(1), first!.recording]]);
});
