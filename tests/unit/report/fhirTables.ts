/**
 * FHIR R4 (4.0.1) as tables: the elements of the resources and data types that are used here, how often each may be there and of which type
 * it is, the forms of primitive values, and closed code lists. Written from the specification, hl7.org/fhir/R4, whose page is named at each.
 *
 * A type is a name; "!" after it means at least one, "*" any number. Closed lists are written out, with "|" between their codes.
 */
type Elements = Readonly<Record<string, string>>;

/** The value[x] of an observation or a component, in the types used here (observation.html). */
const VALUE = { valueQuantity: 'Quantity', valueCodeableConcept: 'CodeableConcept', valueRange: 'Range' };
/** resource.html and domainresource.html. */
const DOMAIN_RESOURCE = { resourceType: 'code!', id: 'id', language: 'code', text: 'Narrative' };

export const TYPES: Readonly<Record<string, Elements>> = {
  // bundle.html
  Bundle: {
    resourceType: 'code!',
    id: 'id',
    language: 'code',
    identifier: 'Identifier',
    type: 'document|message|transaction|transaction-response|batch|batch-response|history|searchset|collection!',
    timestamp: 'instant',
    entry: 'BundleEntry*',
  },
  BundleEntry: { fullUrl: 'uri', resource: 'Resource' },
  // patient.html
  Patient: { ...DOMAIN_RESOURCE, identifier: 'Identifier*', gender: 'male|female|other|unknown' },
  // device.html
  Device: {
    ...DOMAIN_RESOURCE,
    status: 'active|inactive|entered-in-error|unknown',
    deviceName: 'DeviceName*',
    type: 'CodeableConcept',
    version: 'DeviceVersion*',
    property: 'DeviceProperty*',
  },
  DeviceName: {
    name: 'string!',
    type: 'udi-label-name|user-friendly-name|patient-reported-name|manufacturer-name|model-name|other!',
  },
  DeviceVersion: { type: 'CodeableConcept', component: 'Identifier', value: 'string!' },
  DeviceProperty: { type: 'CodeableConcept!', valueQuantity: 'Quantity*', valueCode: 'CodeableConcept*' },
  // observation.html
  Observation: {
    ...DOMAIN_RESOURCE,
    identifier: 'Identifier*',
    status: 'registered|preliminary|final|amended|corrected|cancelled|entered-in-error|unknown!',
    category: 'CodeableConcept*',
    code: 'CodeableConcept!',
    subject: 'Reference(Patient)',
    effectiveDateTime: 'dateTime',
    ...VALUE,
    dataAbsentReason: 'CodeableConcept',
    note: 'Annotation*',
    device: 'Reference(Device)',
    hasMember: 'Reference(Observation)*',
    derivedFrom: 'Reference(Observation)*',
    component: 'ObservationComponent*',
  },
  ObservationComponent: { code: 'CodeableConcept!', ...VALUE, dataAbsentReason: 'CodeableConcept' },
  // diagnosticreport.html
  DiagnosticReport: {
    ...DOMAIN_RESOURCE,
    identifier: 'Identifier*',
    status: 'registered|partial|preliminary|final|amended|corrected|appended|cancelled|entered-in-error|unknown!',
    category: 'CodeableConcept*',
    code: 'CodeableConcept!',
    subject: 'Reference(Patient)',
    effectiveDateTime: 'dateTime',
    result: 'Reference(Observation)*',
    conclusion: 'string',
  },
  // consent.html
  Consent: {
    ...DOMAIN_RESOURCE,
    status: 'draft|proposed|active|rejected|inactive|entered-in-error!',
    scope: 'CodeableConcept!',
    category: 'CodeableConcept!*',
    patient: 'Reference(Patient)',
    dateTime: 'dateTime',
    performer: 'Reference(Patient)*',
    policyRule: 'CodeableConcept',
  },
  // datatypes.html
  CodeableConcept: { coding: 'Coding*', text: 'string' },
  Coding: { system: 'uri', version: 'string', code: 'code', display: 'string' },
  Quantity: { value: 'decimal', comparator: '<|<=|>=|>', unit: 'string', system: 'uri', code: 'code' },
  Range: { low: 'Quantity', high: 'Quantity' },
  Identifier: { type: 'CodeableConcept', system: 'uri', value: 'string' },
  Annotation: { text: 'string!' },
  // narrative.html
  Narrative: { status: 'generated|extensions|additional|empty!', div: 'string!' },
  // references.html
  Reference: { reference: 'string', type: 'uri', identifier: 'Identifier', display: 'string' },
};

/** datatypes.html#primitive, each with its regular expression. */
export const PRIMITIVES: Readonly<Record<string, RegExp>> = {
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  code: /^[^\s]+(\s[^\s]+)*$/,
  uri: /^\S+$/,
  string: /^[ \r\n\t\S]+$/,
  dateTime:
    /^([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?$/,
  decimal: /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/,
};

/** ucum.org: the units used here, alone or with a remark in braces, which is the unit 1. */
export const UCUM_CODE = /^(1|%|deg|rad|s|\{[!-z|~]+\}(\/s)?)$/;

/** terminologies-systems.html, and the lists behind the names: the codes that are used of each. */
export const FOREIGN_CODES: Readonly<Record<string, readonly string[]>> = {
  'http://terminology.hl7.org/CodeSystem/observation-category': [
    'social-history',
    'vital-signs',
    'imaging',
    'laboratory',
    'procedure',
    'survey',
    'exam',
    'therapy',
    'activity',
  ],
  'http://terminology.hl7.org/CodeSystem/v2-0074': ['OTH'],
  'http://terminology.hl7.org/CodeSystem/data-absent-reason': ['not-a-number', 'unknown', 'error'],
  'http://terminology.hl7.org/CodeSystem/consentscope': ['adr', 'research', 'patient-privacy', 'treatment'],
  'http://loinc.org': ['59284-0', '57016-8', '57017-6', '64292-6'],
};
