/** Which evaluation a checkpoint was retained at. */
import type { RetainedBy } from '../../train/runFiles.ts';
import type { EvaluationLine } from '../figures.ts';

/** Where an evaluation has what checkpoints are retained by. */
export const FIGURE = {
  accuracy: 'accuracy',
  'macro-f1': 'macroF1',
  'macro-precision': 'macroPrecision',
  'macro-recall': 'macroRecall',
} as const satisfies Record<RetainedBy, keyof EvaluationLine>;

/** The evaluation with the highest figure, the earlier of two equals, as checkpoints are retained. @param evaluations at least one */
export function bestBy(metric: RetainedBy, evaluations: readonly EvaluationLine[]): EvaluationLine {
  const figure = FIGURE[metric];
  return evaluations.reduce((best, line) => (line[figure] > best[figure] ? line : best));
}

/** The accuracy of always answering with the class that most clips are of. @param confusion rows truth */
export function majorityShare(confusion: readonly (readonly number[])[]): number {
  const counts = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? Math.max(...counts) / total : 0;
}
