/** The one sentence that stands behind an outcome, for a result, a row of the table and the CSV alike. */
import { CLASSES, type ClassName } from '../gait/labels.ts';
import type { QualityFinding } from '../gait/quality.ts';
import type { Probabilities, Screening } from '../screening/screening.ts';
import { words } from './words.ts';

/** The classes as they are shown: what matters most to a screener first. */
export const SHOWN_CLASSES: readonly ClassName[] = [...CLASSES].reverse();

export function blockingFindings({ findings }: Screening): QualityFinding[] {
  return findings.filter(({ passed, severity }) => !passed && severity === 'blocks');
}

export function warnings({ findings }: Screening): QualityFinding[] {
  return findings.filter(({ passed, severity }) => !passed && severity === 'warns');
}

export function largestShare(probabilities: Probabilities): number {
  return Math.max(...CLASSES.map((name) => probabilities[name]));
}

export function reasonOf(screening: Screening): string {
  const { outcome, probabilities } = screening;
  if (!probabilities) return blockingFindings(screening)[0]?.sentence ?? words.outcomes['not-assessable'].next;
  return words.result.reason(outcome, largestShare(probabilities));
}
