/** A run in a folder of its own, with figures that are easy to foresee. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { EvaluationFigures, StepFigures } from '../../../../trainer/logs/figures.ts';
import { RunLog, type RunLogOptions } from '../../../../trainer/logs/runLog.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-logs-'));
  folders.push(folder);
  return folder;
}

export const OPTIONS: RunLogOptions = {
  name: 'A run',
  config: { optimiser: { kind: 'sgd', momentum: 0.9 }, iterations: 40 },
  iterations: 40,
  resumedAt: 0,
  tensorboard: false,
  wandb: false,
  say: () => undefined,
  interval: 10,
};

/** Of the step of this number, counted from 0. */
export function stepFigures(iteration: number): StepFigures {
  const triplet = 1 / (iteration + 2);
  return {
    iteration,
    loss: 2 * triplet,
    crossEntropy: triplet,
    triplet,
    accuracy: iteration / 50,
    learningRate: iteration < 20 ? 0.1 : 0.01,
    seconds: 0.5,
    waitingForData: 0.05,
  };
}

/** After so many steps. */
export function evaluationFigures(iteration: number): EvaluationFigures {
  const f1 = iteration / 64;
  const confusion = [
    [iteration, 2, 1],
    [3, 10, 2],
    [4, 5, 12],
  ];
  return {
    iteration,
    split: 'validation',
    clips: 39 + iteration,
    accuracy: 0.5,
    macroPrecision: 0.25,
    macroRecall: 0.75,
    macroF1: f1,
    confusion,
  };
}

/** Takes the steps from one to the other, the latter left out, with an evaluation after every tenth. */
export async function takeSteps(log: RunLog, from: number, to: number): Promise<void> {
  for (let iteration = from; iteration < to; iteration++) {
    await log.step(stepFigures(iteration));
    if ((iteration + 1) % 10 === 0) await log.evaluation(evaluationFigures(iteration + 1));
  }
}

/** A whole run, or one that was stopped and went on. */
export async function writeRun(folder: string, options: Partial<RunLogOptions> = {}, to = OPTIONS.iterations): Promise<void> {
  const log = await RunLog.open(folder, { ...OPTIONS, ...options });
  await takeSteps(log, options.resumedAt ?? 0, to);
  await log.close();
}
