/** Text from outside as FHIR's strings may hold it (hl7.org/fhir/R4/datatypes.html#string), and as a narrative may. */

/** White space of every kind but the four that FHIR's strings know. */
const ODD_SPACE = /[^\S \t\r\n]/gu;
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

/** Trimmed, with plain spaces and without control characters; null where nothing is left, for an empty string is no string there. */
export function fhirText(text: string): string | null {
  return text.replace(ODD_SPACE, ' ').replace(CONTROL, '').trim() || null;
}

/** As a code: its words a single space apart. */
export function fhirCode(text: string): string {
  return fhirText(text)?.replace(/\s+/g, ' ') ?? 'unnamed';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As the text of an XHTML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
