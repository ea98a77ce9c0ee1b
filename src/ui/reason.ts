/** The one sentence that stands behind an outcome, for a result, a row of the table and the CSV alike. */
import { CLASSES, type ClassName } from '../gait/labels.ts';
import type { QualityFinding } from '../gait/quality.ts';
import type { FindingRule, Probabilities, Screening } from '../screening/screening.ts';
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
  const { outcome, probabilities, thresholds } = screening;
  const [first] = blockingFindings(screening);
  if (!probabilities) return first ? sentenceOf(first) : words.outcomes['not-assessable'].next;
  return words.result.reason(outcome, probabilities, thresholds);
}

/** What a rule has to say of this walk. */
export function sentenceOf(finding: QualityFinding): string {
  const says = words.findings[finding.rule as FindingRule];
  return finding.passed ? says.passed(finding) : says.failed(finding);
}
