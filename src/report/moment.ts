/** Moments of a record in the one form of ISO 8601 that FHIR, spreadsheets and scripts all read: 2026-03-01T09:30:00+01:00. */

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(?:Z|([+-]\d{2}):?(\d{2})?)$/;
/** Further from UTC no clock on Earth is, and FHIR takes no other (hl7.org/fhir/R4/datatypes.html#dateTime). Hours. */
const FURTHEST_OFFSET = 14;

/** Any moment that a record may hold, its time of day and offset kept; in UTC where FHIR would not take the offset. */
export function isoMoment(moment: string): string {
  const [, day, time, hours, minutes = '00'] = MOMENT.exec(moment) ?? [];
  if (day === undefined || time === undefined) return new Date(moment).toISOString();
  if (hours === undefined) return `${day}T${time}Z`;
  const offset = `${hours}:${minutes}`;
  const tooFar = Math.abs(Number(hours)) + Number(minutes) / 60 > FURTHEST_OFFSET;
  return tooFar ? new Date(`${day}T${time}${offset}`).toISOString() : `${day}T${time}${offset}`;
}
