/** FHIR's data types from the values of a record. */
import { figure } from '../figure.ts';
import type { ReportWords, Term } from '../words.ts';
import { DATA_ABSENT_REASON, TERM, UCUM } from './systems.ts';
import { fhirCode, fhirText } from './text.ts';
import type { Annotation, CodeableConcept, Component, Observed } from './types.ts';

/** A unit as it is read, and as UCUM (ucum.org) writes it; what stands in braces is a remark to the unit 1. */
export interface Unit {
  unit: string;
  code: string;
}

export const UNITS = {
  share: { unit: '1', code: '1' },
  degrees: { unit: '°', code: 'deg' },
  percent: { unit: '%', code: '%' },
  radians: { unit: 'rad', code: 'rad' },
  seconds: { unit: 's', code: 's' },
  framesPerSecond: { unit: 'frames/s', code: '{frames}/s' },
  frames: { unit: 'frames', code: '{frames}' },
  walks: { unit: 'walks', code: '{walks}' },
} as const satisfies Record<string, Unit>;

/** Things that are counted, as a unit: "torso lengths" as {torso_lengths}. */
export function counted(things: string): Unit {
  return { unit: fhirText(things) ?? '1', code: `{${things.replace(/[^a-z0-9]+/gi, '_')}}` };
}

export function concept(system: string, code: string, display: string): CodeableConcept {
  const shown = fhirText(display) ?? fhirCode(code);
  return { coding: [{ system, code: fhirCode(code), display: shown }], text: shown };
}

export function term(words: ReportWords, code: Term): CodeableConcept {
  return concept(TERM, code, words.terms[code]);
}

/** A quantity; where the value is no number, the reason that there is none (hl7.org/fhir/R4/codesystem-data-absent-reason.html). */
export function measured(value: number, unit: Unit): Observed {
  return Number.isFinite(value) ? { valueQuantity: quantity(value, unit) } : noNumber();
}

/** From the lower to the upper limit. */
export function between(low: number, high: number, unit: Unit): Observed {
  const sound = Number.isFinite(low) && Number.isFinite(high) && low <= high;
  return sound ? { valueRange: { low: quantity(low, unit), high: quantity(high, unit) } } : noNumber();
}

export function component(code: CodeableConcept, value: Observed): Component {
  return { code, ...value };
}

/** Remarks, without empty ones and each once. */
export function notes(sentences: readonly string[]): { note?: Annotation[] } {
  const texts = new Set(sentences.flatMap((sentence) => fhirText(sentence) ?? []));
  return texts.size > 0 ? { note: Array.from(texts, (text) => ({ text })) } : {};
}

function quantity(value: number, { unit, code }: Unit) {
  return { value: figure(value), unit, system: UCUM, code };
}

function noNumber(): Observed {
  return {
    dataAbsentReason: { coding: [{ system: DATA_ABSENT_REASON, code: 'not-a-number', display: 'Not a Number (NaN)' }] },
  };
}
