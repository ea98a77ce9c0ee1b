/** Keeps the best weights by each metric on the validation clips, each in a file of its own. */
import { join } from 'node:path';
import type { Parameters } from '../../src/nets/parameters.ts';
import { saveCheckpoint } from './checkpoint.ts';
import { RETAINED_BY, retainedFile, type RetainedBy } from './runFiles.ts';

export interface Best {
  value: number;
  iteration: number;
}

/** The best so far by each metric; missing before the first evaluation. */
export type BestFigures = Partial<Record<RetainedBy, Best>>;

export interface ValidationFigures {
  accuracy: number;
  macroF1: number;
  macroPrecision: number;
  macroRecall: number;
}

/**
 * Saves the weights under every metric in which they beat what there was, so the earlier of two equals stays. Returns the best figures
 * with these.
 */
export async function retain(
  folder: string,
  weights: { parameters: Parameters; iteration: number; config: string },
  figures: ValidationFigures,
  best: BestFigures,
): Promise<BestFigures> {
  const values: Record<RetainedBy, number> = {
    accuracy: figures.accuracy,
    'macro-f1': figures.macroF1,
    'macro-precision': figures.macroPrecision,
    'macro-recall': figures.macroRecall,
  };
  const now: BestFigures = { ...best };
  for (const metric of RETAINED_BY) {
    const value = values[metric];
    if (value <= (best[metric]?.value ?? -Infinity)) continue;
    now[metric] = { value, iteration: weights.iteration };
    await saveCheckpoint(join(folder, retainedFile(metric)), {
      ...weights,
      optimiserState: new Map(),
      best: JSON.stringify({ [metric]: now[metric] }),
      evaluated: weights.iteration,
    });
  }
  return now;
}
