/** What was measured on a walk, free of any model: the clinical measures, and the asymmetry vector. */
import type { Walk } from '../../records/visit.ts';
import { ASYMMETRY_ELEMENTS, type AsymmetryMetric } from '../asymmetryElements.ts';
import { CLINICAL_MEASURES } from '../../gait/clinical.ts';
import { deviceOfWalk } from './device.ts';
import { between, component, concept, counted, measured, notes, term, UNITS, type Unit } from './elements.ts';
import { observe } from './observe.ts';
import { walkPart } from './outcomes.ts';
import { ASYMMETRY, MEASURE, SIDE } from './systems.ts';
import type { Component, Observation } from './types.ts';
import type { Part, Writing } from './writing.ts';

type Measure = Walk['measures'][number];

/** All measures of the walk at this place of the visit. */
export function measuresOfWalk(writing: Writing, walk: Walk, index: number): Observation[] {
  const { measures, asymmetry } = walk;
  const part = walkPart(index);
  return [
    ...measures.map((measure, at) => clinicalMeasure(writing, walk, measure, `${part} measure ${at}`)),
    ...(asymmetry ? [asymmetryVector(writing, walk, asymmetry, `${part} asymmetry`)] : []),
  ];
}

const MEASURE_UNITS: Record<Measure['unit'], Unit> = { '°': UNITS.degrees, '%': UNITS.percent };

/** The mean over the walk; how sure it is, and to which side it points, are its components. */
function clinicalMeasure(writing: Writing, walk: Walk, measure: Measure, part: Part): Observation {
  const { words } = writing;
  const known = CLINICAL_MEASURES.find(({ name }) => name === measure.name);
  const said = known ? words.measures[known.name] : { name: measure.name, positive: '' };
  const unit = MEASURE_UNITS[measure.unit];
  return {
    ...observe(writing, part, concept(MEASURE, measure.name, said.name), walk.recorded),
    ...measured(measure.mean, unit),
    device: deviceOfWalk(writing, walk),
    component: [
      component(term(words, 'side'), { valueCodeableConcept: concept(SIDE, measure.side, words.sides[measure.side]) }),
      component(term(words, 'interval-95'), between(measure.low, measure.high, unit)),
      component(term(words, 'standard-deviation'), measured(measure.spread, unit)),
      component(term(words, 'standard-error'), measured(measure.standardError, unit)),
      component(term(words, 'count'), measured(measure.count, counted(measure.countOf))),
    ],
    ...notes([said.positive, words.researchUse]),
  };
}

/** VD and MD are counted in 1/128 of the body's height, a unit that UCUM doesn't have: percent of the height, which it does. */
const METRICS: Record<AsymmetryMetric, { unit: Unit; scale: number }> = {
  VD: { unit: UNITS.percent, scale: 100 / 128 },
  MD: { unit: UNITS.percent, scale: 100 / 128 },
  AD: { unit: UNITS.radians, scale: 1 },
};

/** Without a value of its own: its 24 components are the vector. */
function asymmetryVector(writing: Writing, walk: Walk, asymmetry: Float32Array, part: Part): Observation {
  const { words } = writing;
  return {
    ...observe(writing, part, term(words, 'asymmetry'), walk.recorded),
    device: deviceOfWalk(writing, walk),
    component: ASYMMETRY_ELEMENTS.map(({ pair, metric }, element): Component => {
      const { unit, scale } = METRICS[metric];
      const name = `${words.pairs[pair]}: ${words.metrics[metric]}`;
      return component(concept(ASYMMETRY, `${pair}-${metric}`, name), measured((asymmetry[element] ?? NaN) * scale, unit));
    }),
    ...notes([words.researchUse]),
  };
}
