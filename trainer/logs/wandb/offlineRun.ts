/**
 * A run for W&B, written offline: `wandb sync RUN/wandb/offline-run-…` sends it, if whoever holds it wants that; nothing here does.
 * A run that goes on writes its file anew, from the lines of the log that count.
 */
import { randomInt } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../files/atomicFile.ts';
import { AppendedFile } from '../appendedFile.ts';
import type { EvaluationLine, StepLine } from '../figures.ts';
import type { LogWriter } from '../logWriter.ts';
import { RunHistory } from './runHistory.ts';

const PROJECT = 'plumbline';
const ID_LENGTH = 8;
const ID_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export interface EarlierLines {
  steps: readonly StepLine[];
  evaluations: readonly EvaluationLine[];
}

export class OfflineRun implements LogWriter {
  private constructor(
    private readonly file: AppendedFile,
    private readonly history: RunHistory,
  ) {}

  /**
   * @param run the run's folder
   * @param earlier what it had done before
   */
  static async open(
    run: string,
    { name, config }: { name: string; config: unknown },
    earlier: EarlierLines,
  ): Promise<OfflineRun> {
    const now = new Date();
    const { folder, id } = (await findRun(join(run, 'wandb'))) ?? newRun(join(run, 'wandb'), now);
    await mkdir(folder, { recursive: true });
    const started = earlier.steps[0]?.time ?? now.getTime() / 1000;
    const history = new RunHistory({ id, project: PROJECT, name, config: Object(config) as Record<string, unknown>, started });
    const path = join(folder, `run-${id}.wandb`);
    await writeAtomically(path, Buffer.concat([history.begin(), ...replay(history, earlier)]));
    // W&B's mark that all of it has been sent, which is no longer so.
    await rm(`${path}.synced`, { force: true });
    return new OfflineRun(await AppendedFile.open(path), history);
  }

  async step(line: StepLine): Promise<void> {
    await this.file.append(this.history.step(line));
  }

  async evaluation(line: EvaluationLine): Promise<void> {
    await this.file.append(this.history.evaluation(line));
  }

  async close(): Promise<void> {
    await this.file.append(this.history.end());
    await this.file.close();
  }
}

/** Each step, and after it the evaluations it led to. */
function* replay(history: RunHistory, { steps, evaluations }: EarlierLines): Generator<Uint8Array> {
  let next = 0;
  for (const line of steps) {
    yield history.step(line);
    for (; next < evaluations.length && evaluations[next]!.iteration <= line.iteration; next++) {
      yield history.evaluation(evaluations[next]!);
    }
  }
}

async function findRun(parent: string): Promise<{ folder: string; id: string } | null> {
  const names = await readdir(parent).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const id = /^offline-run-\d{8}_\d{6}-(\w+)$/.exec(name)?.[1];
    if (id !== undefined) return { folder: join(parent, name), id };
  }
  return null;
}

function newRun(parent: string, now: Date): { folder: string; id: string } {
  const id = Array.from({ length: ID_LENGTH }, () => ID_CHARACTERS[randomInt(ID_CHARACTERS.length)]).join('');
  // "2026-11-25T19:11:05.123Z" → "20261125_191105"
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
  return { folder: join(parent, `offline-run-${stamp}-${id}`), id };
}
