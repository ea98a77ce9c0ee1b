/** What has to be said next to a result: what it is for, what its model knows, and what speaks against the walk. */
import type { Walk } from '../records/visit.ts';
import type { ReportWords } from './words.ts';

type Model = Walk['provenance']['model'];

/** For a result that these models made; without any, what holds for every figure of this program. */
export function noticesOf(words: ReportWords, models: readonly Model[]): string[] {
  return [words.researchUse, ...models.flatMap((model) => noticesOfModel(words, model))];
}

function noticesOfModel(words: ReportWords, { simulated, trainedOn, calibrated }: Model): string[] {
  const said = trainedOn.trim() === '' ? [] : [words.trainedOn(trainedOn)];
  return [...(simulated ? [words.simulated] : said), ...(calibrated ? [] : [words.uncalibrated])];
}

/** Why a walk could not be assessed, or what speaks against it: the rules of this severity that it doesn't meet. */
export function unmet(words: ReportWords, { findings }: Walk, severity: Walk['findings'][number]['severity']): string[] {
  return findings.filter((finding) => !finding.passed && finding.severity === severity).map((finding) => words.finding(finding));
}
