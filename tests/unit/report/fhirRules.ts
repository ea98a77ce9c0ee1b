/**
 * What FHIR R4 (4.0.1) demands of a bundle: only elements that there are, as often as they may be, references that lead somewhere, and the
 * invariants. Written from the specification, hl7.org/fhir/R4, whose page is named at each part; no validator can be had without a network.
 */
import { FOREIGN_CODES, PRIMITIVES, TYPES, UCUM_CODE } from './fhirTables.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = Record<string, Json>;
/** The kind of resource at each address of the bundle. */
type Addresses = ReadonlyMap<Json | undefined, Json | undefined>;

/** Everything that is wrong with a bundle, as it stands in the file: one sentence each. Empty where nothing is. */
export function complaintsAbout(file: string): string[] {
  const bundle = JSON.parse(file) as JsonObject;
  const urls = new Map(entriesOf(bundle).map(({ fullUrl, resource }) => [fullUrl, (resource as JsonObject)['resourceType']]));
  return [...complaintsOf(bundle, 'Bundle', 'Bundle', urls), ...aboutBundle(bundle)];
}

function complaintsOf(value: Json, type: string, path: string, urls: Addresses): string[] {
  const target = /^Reference\((\w+)\)$/.exec(type)?.[1];
  if (type.includes('|')) return type.split('|').includes(value as string) ? [] : [`${path}: ${asText(value)} is not of ${type}`];
  const primitive = PRIMITIVES[type];
  if (primitive) return aboutPrimitive(value, type, primitive, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no ${type}`];
  const name = type === 'Resource' ? asText(value['resourceType']) : target ? 'Reference' : type;
  const elements = TYPES[name];
  if (!elements) return [`${path}: no resource or type called ${name}`];
  const unknown = Object.keys(value).filter((key) => !(key in elements));
  return [
    ...unknown.map((key) => `${path}: no element ${key} in ${name}`),
    // json.html: an object or a list that is empty may not be there.
    ...(Object.keys(value).length === 0 ? [`${path}: empty`] : []),
    ...Object.entries(elements).flatMap(([key, kind]) => aboutElement(value[key], kind, `${path}.${key}`, urls)),
    ...aboutInvariants(value, name, path),
    ...(target ? aboutReference(value, target, path, urls) : []),
  ];
}

function aboutElement(value: Json | undefined, kind: string, path: string, urls: Addresses): string[] {
  const [, type = '', required, many] = /^([^!*]+)(!?)(\*?)$/.exec(kind) ?? [];
  if (value === undefined) return required ? [`${path}: missing`] : [];
  if (value === null) return [`${path}: null`];
  if (!many) return complaintsOf(value, type, path, urls);
  if (!Array.isArray(value) || value.length === 0) return [`${path}: no list with something in it`];
  return value.flatMap((each, index) => complaintsOf(each, type, `${path}[${index}]`, urls));
}

function aboutPrimitive(value: Json, type: string, form: RegExp, path: string): string[] {
  if (typeof value !== (type === 'decimal' ? 'number' : 'string')) return [`${path}: ${typeof value} is no ${type}`];
  const text = asText(value);
  if (type === 'string' && text !== text.trim()) return [`${path}: white space at its end`];
  return form.test(text) ? [] : [`${path}: ${JSON.stringify(value)} is no ${type}`];
}

/** references.html: one that leads somewhere, to a resource of the right kind, or words instead (ref-1 is about contained ones). */
function aboutReference({ reference, display, identifier }: JsonObject, target: string, path: string, urls: Addresses): string[] {
  if (reference === undefined) return (display ?? identifier) ? [] : [`${path}: refers to nothing`];
  return urls.get(reference) === target ? [] : [`${path}: leads to ${asText(urls.get(reference))} and not to ${target}`];
}

function aboutInvariants(value: JsonObject, type: string, path: string): string[] {
  const has = (key: string) => value[key] !== undefined;
  const broken = (name: string, fails: boolean) => (fails ? [`${path}: ${name}`] : []);
  switch (type) {
    // observation.html#invs
    case 'Observation': {
      const components = (value['component'] ?? []) as JsonObject[];
      const codes = codingsOf(value['code']);
      const repeated = components.some(({ code }) => codingsOf(code).some((coding) => codes.includes(coding)));
      return [
        ...broken('obs-6', valuesOf(value) > 0 && has('dataAbsentReason')),
        ...broken('obs-7', valuesOf(value) > 0 && repeated),
      ];
    }
    case 'ObservationComponent':
      return [
        ...broken('obs-6', valuesOf(value) > 0 && has('dataAbsentReason')),
        ...broken('more than one value', valuesOf(value) > 1),
      ];
    // datatypes.html#Quantity
    case 'Quantity':
      return [
        ...broken('qty-3', has('code') && !has('system')),
        ...broken(
          `${asText(value['code'])} is no UCUM`,
          value['system'] === 'http://unitsofmeasure.org' && !UCUM_CODE.test(asText(value['code'])),
        ),
      ];
    // datatypes.html#Range
    case 'Range': {
      const [low, high] = ['low', 'high'].map((end) => (value[end] as JsonObject)['value'] as number);
      return broken('rng-2', low! > high!);
    }
    // consent.html#invs
    case 'Consent':
      return [...broken('ppc-1', !has('policy') && !has('policyRule')), ...broken('ppc-2, ppc-3, ppc-4, ppc-5', !has('patient'))];
    case 'Coding': {
      const known = FOREIGN_CODES[asText(value['system'])];
      const own = asText(value['system']).startsWith('urn:plumbline:');
      return broken(`${JSON.stringify(value)} is in no list`, !own && !known?.includes(asText(value['code'])));
    }
    case 'CodeableConcept':
      return broken('neither coding nor text', !has('coding') && !has('text'));
    // narrative.html: txt-1 basic XHTML, txt-2 something in it; the language in both attributes (languages.html).
    case 'Narrative': {
      const inside = /^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml" lang="(\S+)" xml:lang="\1">(.*)<\/div>$/s.exec(
        asText(value['div']),
      )?.[2];
      const bare = inside?.replace(/<\/?p>/g, '') ?? '';
      return broken('txt-1', inside === undefined || /[<>]|&(?!(amp|lt|gt|quot);)/.test(bare) || bare.trim() === '');
    }
    default:
      return [];
  }
}

/** bundle.html#invs, and bundle.html#references for what a fullUrl is. */
function aboutBundle(bundle: JsonObject): string[] {
  const entries = entriesOf(bundle);
  const urls = entries.map(({ fullUrl }) => asText(fullUrl));
  const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  return [
    ...(new Set(urls).size === urls.length ? [] : ['Bundle: bdl-7']),
    ...urls.filter((url) => !uuid.test(url)).map((url) => `Bundle: ${url} is no urn:uuid`),
    ...entries.filter((entry) => !('resource' in entry)).map(() => 'Bundle: bdl-5'),
    ...(bundle['type'] === 'document' ? ['Bundle: a document begins with a Composition (bdl-11)'] : []),
  ];
}

function entriesOf(bundle: JsonObject): JsonObject[] {
  return (bundle['entry'] ?? []) as JsonObject[];
}

function valuesOf(value: JsonObject): number {
  return Object.keys(value).filter((key) => key.startsWith('value')).length;
}

function codingsOf(concept: Json | undefined): string[] {
  const codings = ((concept as JsonObject | undefined)?.['coding'] ?? []) as JsonObject[];
  return codings.map(({ system, code }) => `${asText(system)}|${asText(code)}`);
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
