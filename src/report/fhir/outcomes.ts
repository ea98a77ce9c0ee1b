/**
 * The outcome of the walks together and of each walk. The probabilities are components of it, for none of the three means anything
 * without the others. There is no `interpretation`: its codes say "positive" and "abnormal", which is more than a screening knows.
 */
import { CLASSES } from '../../gait/labels.ts';
import type { Walk } from '../../records/visit.ts';
import { conclusionOf } from '../conclusion.ts';
import { noticesOf, unmet } from '../notices.ts';
import type { ReportWords } from '../words.ts';
import { deviceOfVisit, deviceOfWalk } from './device.ts';
import { component, concept, measured, notes, term, UNITS } from './elements.ts';
import { observe } from './observe.ts';
import { ruleComponents } from './rules.ts';
import { OUTCOME, URI } from './systems.ts';
import type { CodeableConcept, Component, Observation } from './types.ts';
import { refer, referTo, urnOf, type Part, type Writing } from './writing.ts';

const VISIT_OUTCOME = 'outcome';

export function walkPart(index: number): Part {
  return `walk ${index}`;
}

/** Of all walks of the visit together. */
export function visitOutcome(writing: Writing): Observation {
  const { visit, words } = writing;
  const { outcome, probabilities, spread, walks, thresholds } = visit.result;
  const device = deviceOfVisit(writing);
  return {
    ...observe(writing, VISIT_OUTCOME, term(words, 'visit-outcome'), visit.started),
    valueCodeableConcept: outcomeConcept(words, outcome),
    ...(device ? { device } : {}),
    ...(visit.walks.length > 0 ? { derivedFrom: visit.walks.map((_, index) => refer(writing, walkPart(index))) } : {}),
    component: [
      ...probabilityComponents(words, probabilities),
      ...(spread === null ? [] : [component(term(words, 'probability-spread'), measured(spread, UNITS.share))]),
      ...(thresholds
        ? [
            component(term(words, 'threshold-refer'), measured(thresholds.refer, UNITS.share)),
            component(term(words, 'threshold-borderline'), measured(thresholds.borderline, UNITS.share)),
          ]
        : []),
      component(term(words, 'walks-combined'), measured(walks, UNITS.walks)),
    ],
    ...notes(conclusionOf(visit, words)),
  };
}

/** Of one walk, with what was measured on it. */
export function walkOutcome(writing: Writing, walk: Walk, index: number, measures: readonly Observation[]): Observation {
  const { words } = writing;
  const { leftOut, provenance } = walk;
  const usable = leftOut.filter((reason) => reason === null).length;
  return {
    ...observe(writing, walkPart(index), term(words, 'walk-outcome'), walk.recorded),
    identifier: [{ system: URI, value: urnOf(walk.id) }],
    valueCodeableConcept: outcomeConcept(words, walk.outcome),
    device: deviceOfWalk(writing, walk),
    ...(measures.length > 0 ? { hasMember: measures.map(referTo) } : {}),
    component: [
      ...probabilityComponents(words, walk.probabilities),
      component(term(words, 'frames-sampled'), measured(walk.times.length, UNITS.frames)),
      component(term(words, 'frames-usable'), measured(usable, UNITS.frames)),
      component(term(words, 'frames-sides-settled'), measured(walk.sidesSettled, UNITS.frames)),
      component(term(words, 'duration'), measured(walk.duration, UNITS.seconds)),
      ...ruleComponents(walk),
    ],
    ...notes([
      ...unmet(words, walk, 'blocks'),
      ...unmet(words, walk, 'warns'),
      ...(walk.source === 'sample' ? [words.sampleWalk] : []),
      ...noticesOf(words, [provenance.model]),
    ]),
  };
}

function outcomeConcept(words: ReportWords, outcome: Walk['outcome']): CodeableConcept {
  return concept(OUTCOME, outcome, words.outcomes[outcome].name);
}

function probabilityComponents(words: ReportWords, probabilities: Walk['probabilities']): Component[] {
  if (!probabilities) return [];
  return CLASSES.map((name) => component(term(words, `probability-${name}`), measured(probabilities[name], UNITS.share)));
}
