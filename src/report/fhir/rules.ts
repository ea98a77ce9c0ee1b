/** The quality rules that a walk doesn't meet, for machines; the sentences about them are notes (`notices.ts`). */
import type { Walk } from '../../records/visit.ts';
import { component, concept, counted, measured, UNITS, type Unit } from './elements.ts';
import { RULE } from './systems.ts';
import type { Component } from './types.ts';

/** Each with what was found. */
export function ruleComponents({ findings }: Walk): Component[] {
  return findings
    .filter(({ passed }) => !passed)
    .map(({ rule, value, unit }) => component(concept(RULE, rule, rule), measured(value, ruleUnit(unit))));
}

/** The units of `gait/quality/walkRules.ts`: shares, seconds, and what is counted, in all or in a second. */
function ruleUnit(unit: string): Unit {
  if (unit === '' || unit === 'share') return UNITS.share;
  if (unit === 's') return UNITS.seconds;
  if (!unit.endsWith('/s')) return counted(unit);
  const things = counted(unit.slice(0, -'/s'.length));
  return { unit: `${things.unit}/s`, code: `${things.code}/s` };
}
