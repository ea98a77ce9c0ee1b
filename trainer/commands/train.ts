/** `train CONFIG --data DIR --out RUN`: trains a network, or goes on where a stopped run left off. */
import { parseArgs } from 'node:util';
import type { Engine } from '../engines/engine.ts';
import { RunLog } from '../logs/runLog.ts';
import { readOpenGaitFile } from '../opengait/readConfigFile.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import type { TrainingConfig } from '../train/config.ts';
import { readConfig } from '../train/readConfig.ts';
import { openRun, train } from '../train/run.ts';
import { recordOf } from '../train/runRecord.ts';
import { openTrainingData, type TrainingData } from '../train/trainingData.ts';
import { startingPoint } from '../train/warmStart.ts';
import { positionals, required, type Command } from './command.ts';
import { startNamedEngine } from './engineArgument.ts';
import { stopSignal } from './stopSignal.ts';

export const command: Command = {
  summary: 'trains a network on a data set, or goes on with a stopped run',
  usage: '(CONFIG | --opengait-config YAML) --data DIR [--partition P.json] [--from CHECKPOINT] --out RUN',
  help: [
    'CONFIG             a .json file, as in trainer/configs',
    "--opengait-config  OpenGait's own .yaml instead",
    '--data             a data set of maps or silhouettes, as `prepare` and `synth` write it',
    "--partition        who is trained on; the data set's partition.json where it is left out",
    '--from             the checkpoint that a config with a warmStart begins with: a run, one of its files, a model, a .pt',
    '--out              the folder of the run; what is there already is gone on with',
    '--engine           webgpu, native, wasm or cpu; the best of this machine where it is left out',
    '--say-every        iterations between two lines on the terminal; 20 where it is left out',
    '--tensorboard      also write event files for TensorBoard',
    '--wandb            also write an offline run for `wandb sync`',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'opengait-config': { type: 'string' },
        data: { type: 'string' },
        partition: { type: 'string' },
        from: { type: 'string' },
        out: { type: 'string' },
        engine: { type: 'string' },
        'say-every': { type: 'string', default: '20' },
        tensorboard: { type: 'boolean', default: false },
        wandb: { type: 'boolean', default: false },
      },
    });
    const config = await configOf(given, values['opengait-config']);
    const root = required(values.data, 'data', 'name the folder of the data set');
    const folder = required(values.out, 'out', 'name the folder of the run');
    const interval = Number(values['say-every']);
    if (!(Number.isInteger(interval) && interval > 0)) throw new Error('--say-every takes a whole number above 0.');
    const signal = stopSignal();

    const data = await openData(root, values.partition ?? null, config);
    const start = await startingPoint(config, values.from ?? null);
    const engine = await startNamedEngine(values.engine);
    say(data, config, engine);
    const record = recordOf(config, data, start.from, engine.description);
    const run = { folder, config, data, record };
    const resumedAt = await openRun(run);
    if (resumedAt > 0) console.log(`Going on after ${resumedAt} iterations.`);
    const log = await RunLog.open(folder, {
      name: config.name,
      config,
      iterations: config.iterations,
      resumedAt,
      tensorboard: values.tensorboard,
      wandb: values.wandb,
      say: (line) => console.log(line),
      interval,
    });
    try {
      const done = await train(run, start, log, signal);
      // A failure to whoever started it, so that a queue starts it again and a script doesn't go on with half a run.
      if (done < config.iterations)
        throw new Error(`Stopped after ${done} of ${config.iterations} iterations; the same command goes on.`);
      console.log(`Done: ${folder}.`);
    } finally {
      await log.close();
    }
  },
};

async function configOf(given: string[], openGait: string | undefined): Promise<TrainingConfig> {
  if (openGait === undefined) return readConfig(positionals(given, 'CONFIG')[0]);
  if (given.length > 0) throw new Error('Give a config or --opengait-config, not both.');
  const { config, notes } = await readOpenGaitFile(openGait);
  for (const note of notes) console.error(note);
  return config;
}

async function openData(root: string, partition: string | null, config: TrainingConfig): Promise<TrainingData> {
  let progress: ProgressLine | null = null;
  try {
    return await openTrainingData(root, partition, config, (done, of) => {
      progress ??= new ProgressLine(of, 'clips read');
      progress.done(done);
    });
  } finally {
    (progress as ProgressLine | null)?.end();
  }
}

function say(
  { train: clips, validation, validationFrom, warnings }: TrainingData,
  { evaluation }: TrainingConfig,
  engine: Engine,
): void {
  console.log(`${engine.name}: ${engine.description}`);
  const judged =
    validationFrom === 'none'
      ? 'nobody chooses among checkpoints'
      : `${validation.length} clips (${validationFrom === 'partition' ? 'validation people of the partition' : validationFrom}) choose among checkpoints, every ${evaluation.every} iterations`;
  console.log(`${clips.length} clips to train on; ${judged}.`);
  for (const warning of warnings) console.log(warning);
}
