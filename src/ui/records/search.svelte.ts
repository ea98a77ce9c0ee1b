/** What is looked for among the visits. It outlives a look at one of them. */
import type { VisitFilter, VisitSummary } from '../../records/records.ts';
import { matches } from '../../records/summary.ts';
import { today } from '../moment.ts';

/** Rows that are drawn at first: a page of a few thousand draws slowly, and nobody reads it. */
const AT_ONCE = 100;

export class Search {
  code = $state('');
  outcome = $state<VisitSummary['outcome'] | ''>('');
  /** Only those with something to do by today. */
  due = $state(false);
  /** Days, YYYY-MM-DD, or empty. */
  from = $state('');
  to = $state('');
  shown = $state(AT_ONCE);

  /** Those that fit, in their order. */
  in(visits: readonly VisitSummary[]): VisitSummary[] {
    const filter: VisitFilter = {
      ...(this.code.trim() && { code: this.code }),
      ...(this.outcome && { outcome: this.outcome }),
      ...(this.from && { from: this.from }),
      ...(this.to && { to: this.to }),
      ...(this.due && { dueBy: today() }),
    };
    return visits.filter((visit) => matches(visit, filter));
  }

  more(): void {
    this.shown += AT_ONCE;
  }
}
