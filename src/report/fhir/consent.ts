/**
 * What was agreed to. R4 wants to know of a consent what it is about, and by which rule: here that rule is the text that was agreed to, and
 * it is about collecting and using personal data. What exactly it permits is for a person to read, so no `provision` claims to know.
 */
import { isoMoment } from '../moment.ts';
import { PATIENT } from './patient.ts';
import { CONSENT_SCOPE, LOINC } from './systems.ts';
import { fhirText } from './text.ts';
import type { Consent } from './types.ts';
import { begin, refer, type Writing } from './writing.ts';

const PART = 'consent';

/** Empty where there was none. */
export function consentOf(writing: Writing): Consent[] {
  const { visit, words } = writing;
  if (!visit.consent) return [];
  const { text, by, given } = visit.consent;
  const whoAgreed = fhirText(by);
  return [
    {
      resourceType: 'Consent',
      ...begin(writing, PART),
      status: 'active',
      scope: { coding: [{ system: CONSENT_SCOPE, code: 'patient-privacy', display: 'Privacy Consent' }] },
      category: [{ coding: [{ system: LOINC, code: '59284-0', display: 'Patient Consent' }] }],
      patient: refer(writing, PATIENT),
      dateTime: isoMoment(given),
      // A role, such as "parent": whoever has it is not in the record.
      ...(whoAgreed ? { performer: [{ display: whoAgreed }] } : {}),
      policyRule: { text: fhirText(text) ?? words.consentWithoutText },
    },
  ];
}
