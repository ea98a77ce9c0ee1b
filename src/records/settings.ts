/** What a site sets for itself, once, on this device. Checked when it is written; where what is stored is unknown or damaged, the default stands. */
import * as v from 'valibot';

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const moment = v.pipe(v.string(), v.isoTimestamp());

/** A place where walks are recorded, as it was set up. */
const placeSchema = v.strictObject({
  name: v.pipe(text(80), v.trim(), v.minLength(1)),
  /** As the browser names it (`MediaDeviceInfo`); the id changes when site data is cleared, the label mostly doesn't. */
  camera: v.nullable(v.strictObject({ id: text(400), label: text(400) })),
  /** When it was last found fit. */
  checked: v.nullable(moment),
});

const fields = {
  siteName: text(200),
  /**
   * The URI under which a participant's code names one person of this site, as a FHIR report says it. Made at random when the settings are
   * first read, and kept; a site with several devices may give them all the same. null only where nothing is kept.
   */
  participantSystem: v.nullable(v.pipe(text(400), v.regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'expected an address such as urn:uuid:…'))),
  /** What is agreed to before a walk; null for the interface's own words. */
  consentText: v.nullable(text(10_000)),
  /** How common the pattern is held to be at the site; null where nobody said. */
  prevalence: v.nullable(share),
  /** Whether recordings are kept beside their walks. */
  keepVideo: v.boolean(),
  /** Visits older than so many days are deleted; null for never. */
  retentionDays: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36_500))),
  spokenAdvice: v.boolean(),
  /** Which first-run note was accepted, and when; null where none was. */
  notice: v.nullable(v.strictObject({ version: v.pipe(v.string(), v.minLength(1)), accepted: moment })),
  places: v.pipe(v.array(placeSchema), v.maxLength(100)),
};

export const settingsSchema = v.strictObject(fields);

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Place = v.InferOutput<typeof placeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  siteName: '',
  participantSystem: null,
  consentText: null,
  prevalence: null,
  keepVideo: false,
  retentionDays: null,
  spokenAdvice: false,
  notice: null,
  places: [],
};

/** Settings from whatever is stored, each by itself; of the places, those that can be read. Never throws. */
export function readSettings(stored: unknown): Settings {
  const values: Readonly<Record<string, unknown>> = { ...(typeof stored === 'object' ? stored : null) };
  const { places } = values;
  const readable = { ...values, places: Array.isArray(places) ? places.filter((place) => v.is(placeSchema, place)) : [] };
  const known = Object.entries(fields).flatMap(([name, field]) => {
    const result = v.safeParse(field, (readable as Record<string, unknown>)[name]);
    return result.success ? [[name, result.output] as const] : [];
  });
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(known) as Partial<Settings>) };
}
