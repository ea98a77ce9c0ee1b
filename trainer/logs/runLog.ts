/** Writes a run down as it goes: on the terminal, as JSON lines, and for TensorBoard and W&B where they are asked for. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluationLineSchema, stepLineSchema, type EvaluationFigures, type StepFigures } from './figures.ts';
import { IterationLog } from './iterationLog.ts';
import { EVALUATIONS_FILE, STEPS_FILE } from './logFiles.ts';
import type { LogWriter } from './logWriter.ts';
import { MapPictures } from './mapPictures.ts';
import { EventFile } from './tensorboard/eventFile.ts';
import { TerminalLines } from './terminalLines.ts';
import { OfflineRun } from './wandb/offlineRun.ts';

export interface RunLogOptions {
  /** What the run is called. */
  name: string;
  config: unknown;
  iterations: number;
  /** Iterations done before, 0 for a fresh run; whatever a run left behind after that many is dropped. */
  resumedAt: number;
  tensorboard: boolean;
  wandb: boolean;
  say: (line: string) => void;
  /** Iterations between two lines on the terminal. */
  interval: number;
}

export class RunLog {
  private constructor(private readonly writers: readonly LogWriter[]) {}

  /** Throws DataError where something in the folder can't be read or written. */
  static async open(folder: string, options: RunLogOptions): Promise<RunLog> {
    const { resumedAt } = options;
    await mkdir(folder, { recursive: true });
    const steps = await IterationLog.open(join(folder, STEPS_FILE), stepLineSchema, resumedAt);
    const evaluations = await IterationLog.open(join(folder, EVALUATIONS_FILE), evaluationLineSchema, resumedAt);
    const writers: LogWriter[] = [
      {
        step: (line) => steps.append(line),
        evaluation: (line) => evaluations.append(line),
        async close() {
          await steps.close();
          await evaluations.close();
        },
      },
      await MapPictures.open(folder, resumedAt),
      new TerminalLines(options),
    ];
    if (options.tensorboard) writers.push(await EventFile.open(folder, resumedAt));
    if (options.wandb) {
      const earlier = { steps: steps.earlier, evaluations: evaluations.earlier };
      writers.push(await OfflineRun.open(folder, options, earlier));
    }
    return new RunLog(writers);
  }

  async step({ iteration, ...figures }: StepFigures): Promise<void> {
    const line = { iteration: iteration + 1, time: unixSeconds(), ...figures };
    for (const writer of this.writers) await writer.step?.(line);
  }

  async evaluation({ iteration, ...figures }: EvaluationFigures): Promise<void> {
    const line = { iteration, time: unixSeconds(), ...figures };
    for (const writer of this.writers) await writer.evaluation?.(line);
  }

  /** @param frames grey levels [n, channels, 64, 44] */
  async maps(iteration: number, title: string, frames: Uint8Array, channels: 1 | 2): Promise<void> {
    for (const writer of this.writers) await writer.maps?.({ iteration, title, frames, channels });
  }

  /** Closes all of them, whatever becomes of one. */
  async close(): Promise<void> {
    const closed = await Promise.allSettled(this.writers.map(async (writer) => writer.close?.()));
    const failure = closed.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
  }
}

function unixSeconds(): number {
  return Date.now() / 1000;
}
