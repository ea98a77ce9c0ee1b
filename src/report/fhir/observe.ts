/** What all observations of a person begin with. */
import { isoMoment } from '../moment.ts';
import { PATIENT } from './patient.ts';
import { OBSERVATION_CATEGORY } from './systems.ts';
import type { CodeableConcept, Observation } from './types.ts';
import { begin, refer, type Part, type Writing } from './writing.ts';

/**
 * Preliminary, always: nobody trained in it has looked at it. Of the categories of observations "procedure" is the one for what comes out
 * of an examination by a machine that takes no picture for a physician to read.
 */
export function observe(writing: Writing, part: Part, code: CodeableConcept, moment: string): Observation {
  return {
    resourceType: 'Observation',
    ...begin(writing, part),
    status: 'preliminary',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'procedure', display: 'Procedure' }] }],
    code,
    subject: refer(writing, PATIENT),
    effectiveDateTime: isoMoment(moment),
  };
}
