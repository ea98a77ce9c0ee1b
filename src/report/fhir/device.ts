/**
 * What made the results: the software with the model it compared a walk with. Walks of one visit usually share it; where a computer
 * changed its engine in between there are two.
 */
import type { Visit, Walk } from '../../records/visit.ts';
import { figure } from '../figure.ts';
import type { ReportWords, Term } from '../words.ts';
import { term, UNITS } from './elements.ts';
import { UCUM } from './systems.ts';
import { fhirText } from './text.ts';
import type { Device, DeviceProperty, Reference } from './types.ts';
import { begin, refer, type Part, type Writing } from './writing.ts';

type Provenance = Walk['provenance'];

export function devicesOf(writing: Writing): Device[] {
  return provenancesOf(writing.visit).map((provenance, index) => deviceOf(writing, provenance, partOf(index)));
}

/** To the device that a walk was judged by. */
export function deviceOfWalk(writing: Writing, walk: Walk): Reference {
  const index = provenancesOf(writing.visit).findIndex((provenance) => isSame(provenance, walk.provenance));
  return refer(writing, partOf(index));
}

/** To the one that judged all walks; null where there isn't just one. */
export function deviceOfVisit(writing: Writing): Reference | null {
  return provenancesOf(writing.visit).length === 1 ? refer(writing, partOf(0)) : null;
}

function deviceOf(writing: Writing, provenance: Provenance, part: Part): Device {
  const { words } = writing;
  const { model, framesPerSecond, appVersion } = provenance;
  const { unit, code } = UNITS.framesPerSecond;
  return {
    resourceType: 'Device',
    ...begin(writing, part),
    status: 'active',
    deviceName: [{ name: 'Plumbline', type: 'user-friendly-name' }],
    type: term(words, 'software'),
    version: [{ value: fhirText(appVersion) ?? 'unknown' }],
    property: [
      ...said(words, 'model-id', model.id),
      ...said(words, 'model-name', model.name),
      ...said(words, 'model-sha256', model.sha256),
      ...said(words, 'model-trained-on', model.trainedOn),
      ...said(words, 'backend', provenance.backend),
      ...said(words, 'pose-model', provenance.poseModel),
      ...said(words, 'network-input', provenance.input),
      {
        type: term(words, 'frame-rate'),
        valueQuantity: [{ value: figure(framesPerSecond), unit, system: UCUM, code }],
      },
    ],
  };
}

/** A property in text: R4 has no strings there, but concepts that may be nothing else. */
function said(words: ReportWords, name: Term, value: string): DeviceProperty[] {
  const text = fhirText(value);
  return text ? [{ type: term(words, name), valueCode: [{ text }] }] : [];
}

function provenancesOf({ walks }: Visit): Provenance[] {
  return walks
    .map(({ provenance }) => provenance)
    .filter((provenance, index, all) => all.findIndex((other) => isSame(other, provenance)) === index);
}

function isSame(a: Provenance, b: Provenance): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function partOf(index: number): Part {
  return `device ${index}`;
}
