/** What a list shows of a visit and is searched by. A few hundred bytes, so that thousands are read, unsealed and searched in memory. */
import * as v from 'valibot';
import { decode, encode } from './cbor.ts';
import { recordDamaged } from './errors.ts';
import { dayOf, instantOf } from './moment.ts';
import { OUTCOMES, type Visit } from './visit.ts';

const summarySchema = v.strictObject({
  /** The visit's. */
  id: v.string(),
  /** ISO 8601, with its offset. */
  started: v.string(),
  /** The participant's. */
  code: v.string(),
  place: v.string(),
  outcome: v.picklist(OUTCOMES),
  walks: v.number(),
  /** Walks with a recording beside them. */
  recordings: v.number(),
  /** The day by which something is to be done, YYYY-MM-DD; null where nothing is, or it is done. */
  due: v.nullable(v.string()),
});

export type VisitSummary = v.InferOutput<typeof summarySchema>;

/** All that is asked for has to hold. Days are YYYY-MM-DD, on the calendar of the place. */
export interface VisitFilter {
  /** A part of the participant's code, upper or lower case. */
  code?: string;
  outcome?: VisitSummary['outcome'];
  /** The place's whole name. */
  place?: string;
  /** The first and the last day. */
  from?: string;
  to?: string;
  /** Something is to be done by this day, or should have been before. */
  dueBy?: string;
}

export function summaryOf({ id, started, participant, place, result, walks, followUp }: Visit): VisitSummary {
  return {
    id,
    started,
    code: participant.code,
    place,
    outcome: result.outcome,
    walks: walks.length,
    recordings: walks.filter(({ video }) => video).length,
    due: followUp && followUp.done === null ? followUp.due : null,
  };
}

export function summaryBytes(summary: VisitSummary): Uint8Array<ArrayBuffer> {
  return encode(summary);
}

/** Throws RecordError `record-damaged`. */
export function readSummary(bytes: Uint8Array): VisitSummary {
  try {
    return v.parse(summarySchema, decode(bytes));
  } catch (cause) {
    throw recordDamaged(cause);
  }
}

export function matches(summary: VisitSummary, { code, outcome, place, from, to, dueBy }: VisitFilter): boolean {
  const day = dayOf(summary.started);
  return (
    (code === undefined || folded(summary.code).includes(folded(code.trim()))) &&
    (outcome === undefined || summary.outcome === outcome) &&
    (place === undefined || summary.place === place) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to) &&
    (dueBy === undefined || (summary.due !== null && summary.due <= dueBy))
  );
}

/** The newest first; visits of the same moment in an order that stays. */
export function newestFirst(a: VisitSummary, b: VisitSummary): number {
  return instantOf(b.started) - instantOf(a.started) || (a.id < b.id ? -1 : 1);
}

/** Without regard to case, and to which of two ways an accented letter was typed. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
