/** The files of a run's folder, beside `run.json` and the logs. */

/** Everything a stopped run needs to go on. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';

/** What checkpoints are retained by, each on its own. */
export const RETAINED_BY = ['accuracy', 'macro-f1', 'macro-precision', 'macro-recall'] as const;
export type RetainedBy = (typeof RETAINED_BY)[number];

/** The weights that did best by a metric on the validation clips. */
export function retainedFile(metric: RetainedBy): string {
  return `best-${metric}.safetensors`;
}
