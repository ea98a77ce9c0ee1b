/** `package RUN --out models/ID [--engine NAME]`: calibrates and judges a settled run, and writes the model the app loads. */
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fitScale } from '../evaluate/calibrate.ts';
import { judgeWalks, scoresOf } from '../evaluate/logits.ts';
import { reportOn } from '../evaluate/report.ts';
import type { WalkSet } from '../evaluate/walks.ts';
import { asStored } from '../package/roundWeights.ts';
import { writeModel } from '../package/writeModel.ts';
import { loadCheckpoint } from '../train/checkpoint.ts';
import { parseConfig, type TrainingConfig } from '../train/config.ts';
import { requireRecipe, SETTLED_FILE } from '../train/run.ts';
import type { Command } from './command.ts';
import { parseRunArguments } from './runArguments.ts';

/** The PAV baseline learns from this many people: poses cost next to nothing, so it gets all it can use. */
const PAV_PEOPLE = 2000;

export const command: Command = {
  summary: 'calibrates, judges and packages a settled run',
  usage: 'RUN --out models/ID [--engine webgpu|native|wasm|cpu]',
  help: ['RUN    the folder of a settled run', "--out  the model's folder, also its id"],

  async run(args) {
    const { folder, out, engine } = await parseRunArguments(args, 'package');
    if (out === undefined) throw new Error('package needs a folder for the model: --out models/ID.');
    console.log(`${engine.name}: ${engine.description}`);
    const checkpoint = await loadCheckpoint(join(folder, SETTLED_FILE));
    const config = parseConfig(JSON.parse(checkpoint.config));
    const parameters = asStored(checkpoint.parameters);
    const recipe = requireRecipe(config.recipe);
    const sets = heldOutSets(config);
    const judge = (split: 'validation' | 'test') =>
      judgeWalks(config.architecture, parameters, sets[split], recipe, (done) => {
        if (done % 20 === 0) console.log(`${split} ${done}/${sets[split].people}`);
      });
    const validation = await judge('validation');
    const test = await judge('test');
    const { scale } = fitScale(
      validation.map(scoresOf),
      validation.map(({ label }) => label),
    );
    console.log(`Scale of the softmax, fitted on ${validation.length} validation walks: ${scale.toFixed(2)}`);
    const name = `${test.length} simulated people never seen in training (${shares(config)}), whole walks`;
    const metrics = reportOn(name, test, scale, { train: sets.pavTrain, validation: sets.validation, test: sets.test });
    await mkdir(out, { recursive: true });
    await writeModel(out, { id: basename(resolve(out)), checkpoint, config, scale, metrics, engine: engine.description });
    const { macroF1 } = metrics.model;
    console.log(
      `Macro-F1 ${macroF1.value.toFixed(3)} (${macroF1.low.toFixed(3)} to ${macroF1.high.toFixed(3)}); written to ${out}.`,
    );
  },
};

function heldOutSets(config: TrainingConfig): Record<'validation' | 'test' | 'pavTrain', WalkSet> {
  const { classShares, validationPeople, testPeople } = config.heldOut;
  const set = (seed: number, people: number): WalkSet => ({ seed, people, classShares });
  return {
    validation: set(config.validationSeed, validationPeople),
    test: set(config.testSeed, testPeople),
    pavTrain: set(config.trainSeed, PAV_PEOPLE),
  };
}

function shares({ heldOut: { classShares } }: TrainingConfig): string {
  return `${classShares.positive} positive : ${classShares.neutral} neutral : ${classShares.negative} negative`;
}
