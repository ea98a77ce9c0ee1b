/** Where an evaluation goes: the terminal, a folder that keeps all of it, files by name. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/atomicFile.ts';
import type { Evaluation } from './evaluation.ts';
import { figuresCsv, predictionsCsv } from './reportCsv.ts';
import { evaluationText } from './reportText.ts';

export interface ReportPlaces {
  /** Gets report.txt, report.json, report.csv and predictions.csv. */
  out: string | null;
  json: string | null;
  csv: string | null;
}

/** Says the evaluation and writes it, each file whole or not at all. Throws in a sentence. */
export async function writeReports(evaluation: Evaluation, { out, json, csv }: ReportPlaces): Promise<void> {
  const text = `${evaluationText(evaluation)}\n`;
  const asJson = `${JSON.stringify(evaluation, null, 1)}\n`;
  process.stdout.write(text);
  if (out !== null) {
    await mkdir(out, { recursive: true });
    await writeAtomically(join(out, 'report.txt'), text);
    await writeAtomically(join(out, 'report.json'), asJson);
    await writeAtomically(join(out, 'report.csv'), figuresCsv(evaluation));
    await writeAtomically(join(out, 'predictions.csv'), predictionsCsv(evaluation));
  }
  if (json !== null) await writeAtomically(json, asJson);
  if (csv !== null) await writeAtomically(csv, figuresCsv(evaluation));
}
