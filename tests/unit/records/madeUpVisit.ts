/** Visits for the records' tests: as many as are wanted, each a little different. */
import type { Visit } from '../../../src/records/visit.ts';
import { twoWalks } from '../report/visits.ts';

/** The id of the visit, or walk, with this number. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A visit of two walks with an id of its own; its walks have the ids of ten times its number, and one more. */
export function visit(number: number, other: Partial<Visit> = {}): Visit {
  const { walks, ...rest } = twoWalks();
  return {
    ...rest,
    id: idOf(number),
    walks: walks.map((walk, index) => ({ ...walk, id: walkId(number, index) })),
    ...other,
  };
}

export function walkId(number: number, index: number): string {
  return idOf(0xa00000 + number * 16 + index);
}

export function withCode(number: number, code: string): Visit {
  return visit(number, { participant: { ...twoWalks().participant, code } });
}
