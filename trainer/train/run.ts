/** One training run, top to bottom: record, weights, optimiser, batches, loop, evaluation, checkpoints. */
import * as tf from '@tensorflow/tfjs-core';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { INPUT_HEIGHT, INPUT_WIDTH } from '../../src/nets/architecture.ts';
import { judgeClips, summarise, type JudgedModel, type Summary } from '../evaluate/judge.ts';
import { Random } from '../random/random.ts';
import { BatchSource } from './batchSource.ts';
import { loadCheckpoint, saveCheckpoint, stateArrays, stateTensors } from './checkpoint.ts';
import type { TrainingConfig } from './config.ts';
import { DivergenceGuard } from './divergence.ts';
import { AdamW, Sgd, type Optimiser } from './optimisers.ts';
import { retain, type BestFigures } from './retention.ts';
import { CHECKPOINT_FILE } from './runFiles.ts';
import { differenceBetween, readRunRecord, RUN_FILE, writeRunRecord, type RunRecord } from './runRecord.ts';
import { learningRateAt } from './schedules.ts';
import { settleNeck } from './settleNeck.ts';
import { trainOn, type StepFigures } from './step.ts';
import { drawDistinct } from './sampling/draw.ts';
import { STREAM } from '../random/streams.ts';
import { TrainableNetwork } from './trainableNetwork.ts';
import type { TrainingData } from './trainingData.ts';
import type { StartingPoint } from './warmStart.ts';

/** Minutes between two checkpoints, beside those of the evaluations. */
const SAVE_EVERY = 5;
/** Maps of the first batch that are put into the log as pictures. */
const PICTURES = 12;

/** Who hears how a run is going; `logs` has the one that writes it all down. */
export interface TrainingLog {
  step(
    figures: StepFigures & { iteration: number; learningRate: number; seconds: number; waitingForData: number },
  ): Promise<void>;
  evaluation(figures: Summary & { iteration: number; split: 'validation'; clips: number }): Promise<void>;
  /** @param frames grey levels [n, channels, 64, 44] */
  maps(iteration: number, title: string, frames: Uint8Array, channels: 1 | 2): Promise<void>;
}

export interface Run {
  folder: string;
  config: TrainingConfig;
  data: TrainingData;
  record: RunRecord;
}

/**
 * Makes the folder of a run, or checks that the run that is in it already is this one. Returns the iterations it has done.
 * Throws in a sentence where it is another.
 */
export async function openRun({ folder, record }: Run): Promise<number> {
  await mkdir(folder, { recursive: true });
  if (!existsSync(join(folder, RUN_FILE))) {
    await writeRunRecord(folder, record);
    return 0;
  }
  const difference = differenceBetween(await readRunRecord(folder), record);
  if (difference !== null)
    throw new Error(`The run in ${folder} is another one: ${difference}. Name a new folder, or run it as it was.`);
  const path = join(folder, CHECKPOINT_FILE);
  return existsSync(path) ? (await loadCheckpoint(path)).iteration : 0;
}

/**
 * Trains until the config's iterations are done or `signal` asks to stop; goes on from the folder's checkpoint where there is one.
 * Returns the iterations done. Throws where the loss is no number or grows out of hand, leaving the last checkpoint as it was.
 */
export async function train(run: Run, start: StartingPoint, log: TrainingLog, signal: AbortSignal): Promise<number> {
  const { folder, config, data } = run;
  const path = join(folder, CHECKPOINT_FILE);
  const resumed = existsSync(path) ? await loadCheckpoint(path) : null;
  const network = new TrainableNetwork(config.network, resumed?.parameters ?? start.parameters, config.frozen);
  const optimiser = createOptimiser(config.optimiser);
  restore(optimiser, resumed?.optimiserState ?? start.optimiserState);
  let iteration = resumed?.iteration ?? 0;
  let best = JSON.parse(resumed?.best ?? '{}') as BestFigures;
  let evaluated = resumed?.evaluated ?? 0;
  const configText = JSON.stringify(config);
  const save = async () =>
    saveCheckpoint(path, {
      parameters: await network.parameters(),
      optimiserState: await stateArrays(optimiser.state()),
      iteration,
      config: configText,
      best: JSON.stringify(best),
      evaluated,
    });
  /** A stop cuts an evaluation short; whoever goes on makes up for it first. */
  const evaluateWhenDue = async () => {
    const due = iteration % config.evaluation.every === 0 || iteration === config.iterations;
    if (!due || iteration === 0 || evaluated === iteration || data.validation.length === 0) return;
    const figures = await evaluate(run, network, iteration, best, log, signal);
    if (figures === null) return;
    best = figures;
    evaluated = iteration;
    await save();
  };

  const guard = new DivergenceGuard();
  const batches = openBatches(run, iteration);
  try {
    let saved = Date.now();
    await evaluateWhenDue();
    while (iteration < config.iterations && !signal.aborted) {
      const asked = performance.now();
      const batch = await batches.next();
      const began = performance.now();
      if (iteration === 0) await logPictures(batch.frames, config, log);
      const learningRate = learningRateAt(iteration, config.schedule, config.iterations);
      const options = { ...config, classWeights: data.classWeights };
      const figures = await trainOn(batch, network, optimiser, options, learningRate);
      guard.check(iteration, figures.loss);
      const now = performance.now();
      await log.step({
        iteration,
        ...figures,
        learningRate,
        seconds: (now - asked) / 1000,
        waitingForData: (began - asked) / 1000,
      });
      iteration += 1;
      await evaluateWhenDue();
      if (Date.now() - saved > SAVE_EVERY * 60_000) {
        await save();
        saved = Date.now();
      }
    }
    await save();
  } finally {
    await batches.close();
    network.dispose();
    optimiser.dispose();
  }
  return iteration;
}

function openBatches({ config, data }: Run, first: number): BatchSource {
  return new BatchSource(
    {
      clips: data.train,
      input: config.input.kind,
      asymmetryRange: data.asymmetryRange,
      seed: config.seed,
      sampler: config.sampler,
      frames: config.frames,
      augmentation: config.augmentation,
    },
    first,
  );
}

function createOptimiser(options: TrainingConfig['optimiser']): Optimiser {
  return options.kind === 'sgd' ? new Sgd(options) : new AdamW(options);
}

function restore(optimiser: Optimiser, arrays: StartingPoint['optimiserState']): void {
  const tensors = stateTensors(arrays);
  optimiser.restore(tensors);
  tf.dispose([...tensors.values()]);
}

/** Judges the weights on the validation clips and retains them where they are the best by some metric; null where it was stopped. */
async function evaluate(
  { folder, config, data }: Run,
  network: TrainableNetwork,
  iteration: number,
  best: BestFigures,
  log: TrainingLog,
  signal: AbortSignal,
): Promise<BestFigures | null> {
  const model: JudgedModel = {
    architecture: config.network,
    parameters: await network.parameters(),
    input: config.input.kind,
    asymmetryRange: data.asymmetryRange,
  };
  const { settleClips, frames } = config.evaluation;
  if (settleClips > 0) {
    const random = new Random(STREAM.settle, config.seed);
    const clips = drawDistinct(data.train, Math.min(settleClips, data.train.length), random);
    const settled = await settleNeck(model, clips, signal);
    if (settled === null) return null;
    model.parameters = settled;
  }
  const judged = await judgeClips(model, data.validation, () => undefined, { signal, frames });
  // Stopped halfway: the clips that are missing would make it another figure.
  if (judged.length < data.validation.length) return null;
  const figures = summarise(judged);
  await log.evaluation({ iteration, split: 'validation', clips: judged.length, ...figures });
  const weights = { parameters: model.parameters, iteration, config: JSON.stringify(config) };
  return retain(folder, weights, figures, best);
}

async function logPictures(frames: Uint8Array, { network }: TrainingConfig, log: TrainingLog): Promise<void> {
  const length = network.inChannels * INPUT_HEIGHT * INPUT_WIDTH;
  const count = frames.length / length;
  const some = Math.min(PICTURES, count);
  const picked = new Uint8Array(some * length);
  for (let place = 0; place < some; place++) {
    const frame = Math.floor((place * count) / some);
    picked.set(frames.subarray(frame * length, (frame + 1) * length), place * length);
  }
  await log.maps(0, 'first batch', picked, network.inChannels);
}
