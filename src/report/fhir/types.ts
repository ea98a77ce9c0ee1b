/**
 * The part of FHIR R4 (4.0.1) that a visit is written in: resources and data types with the elements that are used here, and those values of
 * their closed code lists. Names and shapes are the specification's (hl7.org/fhir/R4, a page for each), so they are not explained again.
 */
export interface Coding {
  system: string;
  code: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Quantity {
  value: number;
  unit: string;
  system: string;
  code: string;
}

export interface Range {
  low: Quantity;
  high: Quantity;
}

export interface Identifier {
  type?: CodeableConcept;
  system: string;
  value: string;
}

/** Either to a resource of the bundle, or in words alone. */
export type Reference = { reference: string } | { display: string };

export interface Annotation {
  text: string;
}

export interface Narrative {
  status: 'generated';
  div: string;
}

interface Resource {
  id: string;
  language?: string;
}

export interface Patient extends Resource {
  resourceType: 'Patient';
  identifier: Identifier[];
  gender?: 'male' | 'female' | 'other';
}

export interface DeviceProperty {
  type: CodeableConcept;
  valueQuantity?: Quantity[];
  valueCode?: CodeableConcept[];
}

export interface Device extends Resource {
  resourceType: 'Device';
  status: 'active';
  deviceName: { name: string; type: 'user-friendly-name' }[];
  type: CodeableConcept;
  version: { value: string }[];
  property: DeviceProperty[];
}

/** What was observed; where there is no value, why not. */
export interface Observed {
  valueQuantity?: Quantity;
  valueCodeableConcept?: CodeableConcept;
  valueRange?: Range;
  dataAbsentReason?: CodeableConcept;
}

export interface Component extends Observed {
  code: CodeableConcept;
}

export interface Observation extends Resource, Observed {
  resourceType: 'Observation';
  identifier?: Identifier[];
  status: 'preliminary';
  category?: CodeableConcept[];
  code: CodeableConcept;
  subject: Reference;
  effectiveDateTime: string;
  note?: Annotation[];
  device?: Reference;
  hasMember?: Reference[];
  derivedFrom?: Reference[];
  component?: Component[];
}

export interface DiagnosticReport extends Resource {
  resourceType: 'DiagnosticReport';
  text: Narrative;
  identifier: Identifier[];
  status: 'preliminary';
  category: CodeableConcept[];
  code: CodeableConcept;
  subject: Reference;
  effectiveDateTime: string;
  result: Reference[];
  conclusion: string;
}

export interface Consent extends Resource {
  resourceType: 'Consent';
  status: 'active';
  scope: CodeableConcept;
  category: CodeableConcept[];
  patient: Reference;
  dateTime: string;
  performer?: Reference[];
  policyRule: CodeableConcept;
}

export type AnyResource = Patient | Device | Observation | DiagnosticReport | Consent;

export interface BundleEntry {
  fullUrl: string;
  resource: AnyResource;
}

export interface Bundle {
  resourceType: 'Bundle';
  id: string;
  language?: string;
  identifier: Identifier;
  type: 'collection';
  entry: BundleEntry[];
}
