/**
 * A visit as FHIR R4 (4.0.1, hl7.org/fhir/R4): one bundle, as a file to download. It is sent nowhere.
 *
 * The bundle is a collection and no document. A document is something that somebody has signed for, with a composition at its head that
 * names its author; here a program has written down what it computed, and nobody has looked at it yet. For the same reason report and
 * observations are preliminary, and never final.
 *
 * What is not in it: the keypoints (see `visitJson.ts`), the place, and free remarks, which may name somebody.
 */
import type { Visit } from '../records/visit.ts';
import { conclusionOf } from './conclusion.ts';
import { ReportError } from './errors.ts';
import { consentOf } from './fhir/consent.ts';
import { devicesOf } from './fhir/device.ts';
import { measuresOfWalk } from './fhir/measures.ts';
import { visitOutcome, walkOutcome } from './fhir/outcomes.ts';
import { ageBandOf, patientOf } from './fhir/patient.ts';
import { predictiveObservations } from './fhir/predictive.ts';
import { reportOf } from './fhir/report.ts';
import { URI } from './fhir/systems.ts';
import type { Bundle } from './fhir/types.ts';
import { urnOf } from './fhir/writing.ts';
import { englishReport, type ReportWords } from './words.ts';

export type { Bundle };

export interface FhirOptions {
  /** In which language it is written. English by default. */
  words?: ReportWords;
  /** The site's own URI, under which a participant's code names one person. Without it, no two visits are taken for the same person's. */
  participantSystem?: string;
}

/** The same visit with the same options gives the same bundle. Throws a ReportError where `participantSystem` is no URI. */
export function visitFhir(visit: Visit, { words = englishReport, participantSystem }: FhirOptions = {}): Bundle {
  if (participantSystem !== undefined) requireUri(participantSystem);
  const writing = { visit, words };
  const walks = visit.walks.map((walk, index) => {
    const measures = measuresOfWalk(writing, walk, index);
    return { outcome: walkOutcome(writing, walk, index, measures), measures };
  });
  const results = [visitOutcome(writing), ...walks.map(({ outcome }) => outcome), ...predictiveObservations(writing)];
  const resources = [
    reportOf(writing, results, conclusionOf(visit, words)),
    patientOf(writing, participantSystem ?? null),
    ...ageBandOf(writing),
    ...consentOf(writing),
    ...devicesOf(writing),
    ...results,
    ...walks.flatMap(({ measures }) => measures),
  ];
  return {
    resourceType: 'Bundle',
    id: visit.id.toLowerCase(),
    language: words.language,
    identifier: { system: URI, value: urnOf(visit.id) },
    type: 'collection',
    entry: resources.map((resource) => ({ fullUrl: urnOf(resource.id), resource })),
  };
}

/** A scheme and something after it, without white space (hl7.org/fhir/R4/datatypes.html#uri). */
function requireUri(system: string): void {
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(system)) return;
  throw new ReportError(
    'system-not-a-uri',
    `“${system}” can’t be the system of the participants’ codes. Write an address, such as urn:uuid: and a number of the site’s own.`,
  );
}
