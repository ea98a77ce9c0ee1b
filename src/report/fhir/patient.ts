/** The person, as far as a record knows one: a code that the site can resolve. No name, no birth date. */
import { isoMoment } from '../moment.ts';
import { concept, notes, term } from './elements.ts';
import { resourceId } from './resourceId.ts';
import { AGE_BAND } from './systems.ts';
import { fhirCode } from './text.ts';
import type { Observation, Patient } from './types.ts';
import { begin, refer, urnOf, type Writing } from './writing.ts';

export const PATIENT = 'patient';
const AGE = 'age band';

/**
 * `system` is the site's own URI, under which a code names one person. Without it the codes of each visit stand alone: the same code
 * elsewhere is somebody else, and taking two people for one does more harm than taking one for two.
 */
export function patientOf(writing: Writing, system: string | null): Patient {
  const { code, sex } = writing.visit.participant;
  return {
    resourceType: 'Patient',
    ...begin(writing, PATIENT),
    identifier: [{ system: system ?? urnOf(resourceId(writing.visit.id, 'participant codes')), value: fhirCode(code) }],
    ...(sex ? { gender: sex } : {}),
  };
}

/** R4 has no place for an age without a birth date but an observation; empty where the age wasn't said. */
export function ageBandOf(writing: Writing): Observation[] {
  const { visit, words } = writing;
  const { ageBand } = visit.participant;
  if (!ageBand) return [];
  return [
    {
      resourceType: 'Observation',
      ...begin(writing, AGE),
      status: 'preliminary',
      code: term(words, 'age-band'),
      subject: refer(writing, PATIENT),
      effectiveDateTime: isoMoment(visit.started),
      valueCodeableConcept: concept(AGE_BAND, ageBand, words.ageBands[ageBand]),
      ...notes([words.researchUse]),
    },
  ];
}
