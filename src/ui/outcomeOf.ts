/** Which outcome a class leads to when it is the likeliest; here for its colours only, the decision is the screening's. */
import type { ClassName } from '../gait/labels.ts';
import type { Outcome } from '../screening/screening.ts';

export const OUTCOME_OF: Record<ClassName, Outcome> = { negative: 'none-found', neutral: 'borderline', positive: 'refer' };
