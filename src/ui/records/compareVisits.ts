/** Two visits of one person, measure by measure. */
import type { ClinicalMeasure, ClinicalName } from '../../gait/clinical.ts';
import { bestWalk, knownMeasures } from '../report/kept.ts';
import type { Visit } from '../../records/visit.ts';

export interface MeasureChange {
  name: ClinicalName;
  earlier: ClinicalMeasure;
  later: ClinicalMeasure;
  /** Later less earlier. */
  change: number;
  /** The two 95 % intervals don't meet. */
  beyond: boolean;
}

/** Of the walks that were seen best. Measures that only one of them has are left out. */
export function measureChanges(earlier: Visit, later: Visit): MeasureChange[] {
  const [before, after] = [earlier, later].map((visit) => knownMeasures(bestWalk(visit) ?? { measures: [] }));
  return (before ?? []).flatMap((first) => {
    const second = after?.find(({ name }) => name === first.name);
    if (!second) return [];
    const beyond = second.low > first.high || second.high < first.low;
    return [{ name: first.name, earlier: first, later: second, change: second.mean - first.mean, beyond }];
  });
}
