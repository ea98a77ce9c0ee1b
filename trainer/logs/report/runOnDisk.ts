/** All that a run's folder says of the run. */
import { join } from 'node:path';
import { readRunRecord, type RunRecord } from '../../train/runRecord.ts';
import { evaluationLineSchema, stepLineSchema, type EvaluationLine, type StepLine } from '../figures.ts';
import { readLines } from '../iterationLog.ts';
import { EVALUATIONS_FILE, STEPS_FILE } from '../logFiles.ts';
import { readMapPictures, type KeptPicture } from '../mapPictures.ts';

export interface RunOnDisk {
  record: RunRecord;
  /** At least one. */
  steps: StepLine[];
  evaluations: EvaluationLine[];
  pictures: KeptPicture[];
}

/** Throws in a sentence where the folder is no run, or one without a step. */
export async function readRun(folder: string): Promise<RunOnDisk> {
  const record = await readRunRecord(folder);
  const path = join(folder, STEPS_FILE);
  const steps = await readLines(path, stepLineSchema);
  if (steps.length === 0) throw new Error(`${path} has no step yet: there is nothing to report on.`);
  const evaluations = await readLines(join(folder, EVALUATIONS_FILE), evaluationLineSchema);
  return { record, steps, evaluations, pictures: await readMapPictures(folder) };
}
