/** The rules that the bundles are held against: each break of one is noticed. */
import { expect, it } from 'vitest';
import { visitFhir } from '../../../src/report/fhir.ts';
import { complaintsAbout } from './fhirRules.ts';
import { twoWalks } from './visits.ts';

interface Entry {
  fullUrl: string;
  resource: Record<string, unknown>;
}

interface Harmed {
  type: string;
  entry: Entry[];
}

function entryOf({ entry }: Harmed, kind: string): Entry {
  return entry.find(({ resource }) => resource['resourceType'] === kind)!;
}

/** Sets one element of the first resource of a kind; `undefined` takes it away. */
const having = (kind: string, element: string, value: unknown) => (bundle: Harmed) => {
  entryOf(bundle, kind).resource[element] = value;
};

const breaks: [string, (bundle: Harmed) => void][] = [
  ['a reference that leads nowhere', having('Observation', 'subject', { reference: 'urn:uuid:1' })],
  [
    'a reference to the wrong kind',
    (bundle) => having('Observation', 'subject', { reference: entryOf(bundle, 'Device').fullUrl })(bundle),
  ],
  ['a status that isn’t', having('DiagnosticReport', 'status', 'draft')],
  ['an element that isn’t', having('DiagnosticReport', 'note', [{ text: 'R5 has it' }])],
  ['no code', having('Observation', 'code', undefined)],
  ['a consent without a rule', having('Consent', 'policyRule', undefined)],
  ['a moment without its time zone', having('Observation', 'effectiveDateTime', '2026-03-02T09:30:00')],
  ['an empty list', having('Observation', 'note', [])],
  ['an empty string', having('DiagnosticReport', 'conclusion', '')],
  ['a number as text', having('Observation', 'valueQuantity', { value: '1' })],
  [
    'a unit that UCUM doesn’t have',
    having('Observation', 'component', [componentOf({ value: 1, system: 'http://unitsofmeasure.org', code: '°' })]),
  ],
  ['a value beside the reason that there is none', having('Observation', 'dataAbsentReason', { text: 'Unknown' })],
  ['a narrative that runs', having('DiagnosticReport', 'text', { status: 'generated', div: '<div><script>' })],
  ['a null', having('Patient', 'gender', null)],
  ['two of the same address', ({ entry }) => entry.push(entry[0]!)],
  ['a document without a composition', (bundle) => (bundle.type = 'document')],
];

function componentOf(valueQuantity: object) {
  return { code: { text: 'Length' }, valueQuantity };
}

it('has nothing to say about a bundle that nobody harmed', () => {
  expect(complaintsAbout(JSON.stringify(visitFhir(twoWalks())))).toEqual([]);
});

it.each(breaks)('complains about %s', (_, harm) => {
  const bundle = JSON.parse(JSON.stringify(visitFhir(twoWalks()))) as Harmed;
  harm(bundle);
  expect(complaintsAbout(JSON.stringify(bundle))).not.toEqual([]);
});
