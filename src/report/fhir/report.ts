/** The report on a visit: what its observations come to, in words. */
import { isoMoment } from '../moment.ts';
import { term } from './elements.ts';
import { PATIENT } from './patient.ts';
import { SERVICE_SECTION, URI } from './systems.ts';
import { escapeXml, fhirText } from './text.ts';
import type { DiagnosticReport, Narrative, Observation } from './types.ts';
import { begin, refer, referTo, urnOf, type Writing } from './writing.ts';

const PART = 'report';

/** `sentences` are what is concluded from the results. Preliminary: no clinician has seen it. */
export function reportOf(writing: Writing, results: readonly Observation[], sentences: readonly string[]): DiagnosticReport {
  const { visit, words } = writing;
  const lines = sentences.flatMap((sentence) => fhirText(sentence) ?? []);
  return {
    resourceType: 'DiagnosticReport',
    ...begin(writing, PART),
    text: narrative(words.language, [words.terms['gait-screening'], ...lines]),
    identifier: [{ system: URI, value: urnOf(visit.id) }],
    status: 'preliminary',
    // The table of sections has none for gait.
    category: [{ coding: [{ system: SERVICE_SECTION, code: 'OTH', display: 'Other' }] }],
    code: term(words, 'gait-screening'),
    subject: refer(writing, PATIENT),
    effectiveDateTime: isoMoment(visit.started),
    result: results.map(referTo),
    conclusion: lines.join(' '),
  };
}

/** XHTML, as hl7.org/fhir/R4/narrative.html has it: the language in both ways, and nothing but plain paragraphs. */
function narrative(language: string, paragraphs: readonly string[]): Narrative {
  const inside = paragraphs.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`).join('');
  return {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">${inside}</div>`,
  };
}
