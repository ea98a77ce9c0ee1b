/** What the outcome means where the pattern is as common as the site holds it to be. */
import type { Interval } from '../../gait/interval.ts';
import { predictiveValues } from '../../gait/predictiveValues.ts';
import { noticesOf } from '../notices.ts';
import type { Term } from '../words.ts';
import { deviceOfVisit } from './device.ts';
import { between, component, measured, notes, term, UNITS } from './elements.ts';
import { observe } from './observe.ts';
import type { Observation } from './types.ts';
import type { Writing } from './writing.ts';

/** Empty where nobody said how common the pattern is, or how good the model. */
export function predictiveObservations(writing: Writing): Observation[] {
  const { prevalence, result } = writing.visit;
  if (prevalence === null || !result.accuracy) return [];
  const { positive, negative } = predictiveValues({ ...result.accuracy, prevalence });
  return [
    ...predictiveValue(writing, 'positive-predictive-value', positive, prevalence),
    ...predictiveValue(writing, 'negative-predictive-value', negative, prevalence),
  ];
}

function predictiveValue(writing: Writing, name: Term, interval: Interval | null, prevalence: number): Observation[] {
  if (!interval) return [];
  const { visit, words } = writing;
  const { value, low, high } = interval;
  const device = deviceOfVisit(writing);
  const models = visit.walks.map(({ provenance }) => provenance.model);
  return [
    {
      ...observe(writing, name, term(words, name), visit.started),
      ...measured(value, UNITS.share),
      ...(device ? { device } : {}),
      component: [
        component(term(words, 'interval-95'), between(low, high, UNITS.share)),
        component(term(words, 'prevalence'), measured(prevalence, UNITS.share)),
      ],
      ...notes(noticesOf(words, models)),
    },
  ];
}
