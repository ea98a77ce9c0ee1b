/** Who walks, as it is entered: a code and what helps to read the result. No name. */
import type { Participant } from '../../records/visit.ts';

export interface Person extends Participant {
  consented: boolean;
  /** Who agreed, as a role. */
  consentBy: string;
}

export function emptyPerson(): Person {
  return { code: '', ageBand: null, sex: null, notes: '', consented: false, consentBy: '' };
}

/** What is still missing before a walk may be recorded. */
export function missingOf({ code, consented }: Person): ('code' | 'consent')[] {
  return [...(code.trim() === '' ? (['code'] as const) : []), ...(consented ? [] : (['consent'] as const))];
}
