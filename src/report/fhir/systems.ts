/**
 * The code systems that a bundle names. FHIR has addresses as the names of most of them; they are names, and nothing is ever fetched.
 * Those that begin with "urn:plumbline:" are this program's own.
 */
export const UCUM = 'http://unitsofmeasure.org';
export const LOINC = 'http://loinc.org';
export const URI = 'urn:ietf:rfc:3986';

export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
/** HL7 version 2, table 0074: sections of a diagnostic service. */
export const SERVICE_SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074';
export const DATA_ABSENT_REASON = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
export const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';

/** Outcomes of `records/visit.ts`. */
export const OUTCOME = 'urn:plumbline:outcome';
/** Terms of `words.ts`. */
export const TERM = 'urn:plumbline:term';
/** Clinical measures of `gait/clinical.ts`. */
export const MEASURE = 'urn:plumbline:measure';
/** Sides a measure can point to: of the person. */
export const SIDE = 'urn:plumbline:side';
/** A pair of joints and a metric of `asymmetryElements.ts`, e.g. "shoulder-VD". */
export const ASYMMETRY = 'urn:plumbline:asymmetry';
/** Quality rules of `gait/quality/walkRules.ts`. */
export const RULE = 'urn:plumbline:rule';
/** Age bands of `records/visit.ts`. */
export const AGE_BAND = 'urn:plumbline:age-band';
