/** From a session's walks to the visit that is kept of them. */
import { VISIT_SCHEMA, type Visit } from '../../records/visit.ts';
import { toWalk } from '../../records/records.ts';
import type { CombinedResult } from '../../screening/combine.ts';
import type { Screening } from '../../screening/screening.ts';
import type { ReferralAccuracy } from '../../screening/thresholds.ts';
import type { Person } from './person.ts';

/** A walk of this session that was screened. */
export interface SessionWalk {
  /** A UUID. */
  id: string;
  /** When it ended, ISO 8601 with the offset of the place. */
  recorded: string;
  screening: Screening;
  /** null where none is kept. */
  recording: Blob | null;
}

export interface VisitFacts {
  /** A UUID. */
  id: string;
  started: string;
  person: Person;
  /** What was agreed to. */
  consentText: string;
  consented: string | null;
  place: string;
  /** Which first-run note stood at the time. */
  notice: string;
  prevalence: number | null;
  accuracy: ReferralAccuracy | null;
  followUp: Visit['followUp'];
}

/** Shares no memory with the screenings. */
export function visitOf(walks: readonly SessionWalk[], result: CombinedResult, facts: VisitFacts): Visit {
  const { code, ageBand, sex, notes, consentBy } = facts.person;
  const { id, started, place, notice, prevalence, accuracy, followUp } = facts;
  return {
    schema: VISIT_SCHEMA,
    id,
    participant: { code: code.trim(), ageBand, sex, notes },
    started,
    place,
    consent: facts.consented === null ? null : { text: facts.consentText, by: consentBy.trim(), given: facts.consented },
    notice,
    prevalence,
    walks: walks.map((walk) => toWalk(walk.screening, { id: walk.id, recorded: walk.recorded, source: 'camera' })),
    result: { ...result, thresholds: result.thresholds && { ...result.thresholds }, accuracy },
    followUp,
  };
}

/** By the ids of their walks. */
export function recordingsOf(walks: readonly SessionWalk[]): ReadonlyMap<string, Blob> {
  return new Map(walks.flatMap(({ id, recording }) => (recording ? [[id, recording] as const] : [])));
}
