/** The words of a report's files in the language of the page; what a rule says is said as everywhere on the page. */
import type { ReportWords } from '../../report/words.ts';
import type { QualityFinding } from '../../gait/quality.ts';
import type { Walk } from '../../records/visit.ts';
import { sentenceOf } from '../reason.ts';
import { words } from '../words.ts';

export function reportWords(): ReportWords {
  return { ...words.reportFile, finding: findingSentence };
}

/** Of a rule that another version had and this one hasn't, what its figures say. */
export function findingSentence(finding: Walk['findings'][number]): string {
  return isKnown(finding) ? sentenceOf(finding) : words.reportFile.finding(finding);
}

function isKnown(finding: Walk['findings'][number]): finding is Walk['findings'][number] & QualityFinding {
  return Object.hasOwn(words.findings, finding.rule);
}
