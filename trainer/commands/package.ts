/** `package RUN --out models/ID`: the folder that the app loads, from a retained checkpoint of a run. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeModel } from '../package/writeModel.ts';
import { loadCheckpoint } from '../train/checkpoint.ts';
import { CHECKPOINT_FILE, RETAINED_BY, retainedFile, type RetainedBy } from '../train/runFiles.ts';
import { readRunRecord, type RunRecord } from '../train/runRecord.ts';
import type { BestFigures } from '../train/retention.ts';
import { positionals, required, type Command } from './command.ts';
import { startNamedEngine } from './engineArgument.ts';

export const command: Command = {
  summary: "turns a run's retained checkpoint into a model that the app loads",
  usage: `RUN [--by ${RETAINED_BY.join('|')} | --last] --out models/ID`,
  help: [
    'RUN       the folder of a run',
    '--by      the figure on the validation clips by which the checkpoint was best; macro-f1 where it is left out',
    '--last    the last checkpoint instead, chosen by nobody',
    "--out     the model's folder; its name becomes the model's id",
    '--engine  what computes the golden sample; the best of this machine where it is left out',
    '',
    '`calibrate` then fits its probabilities on validation people, and `evaluate --into-card` measures it on the test people.',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        by: { type: 'string' },
        last: { type: 'boolean', default: false },
        out: { type: 'string' },
        engine: { type: 'string' },
      },
    });
    const [folder] = positionals(given, 'RUN');
    const out = required(values.out, 'out', "name the model's folder, models/ID");
    if (values.last && values.by !== undefined) throw new Error('Give --by or --last, not both.');
    const metric = values.last ? null : metricOf(values.by ?? 'macro-f1');
    const record = await readRunRecord(folder);
    const file = join(folder, metric === null ? CHECKPOINT_FILE : retainedFile(metric));
    if (!existsSync(file)) {
      throw new Error(
        metric === null
          ? `${folder} has no checkpoint yet.`
          : `${folder} has retained no checkpoint by ${metric}: it has not been evaluated yet, or has nobody to be evaluated on. --last takes the last one.`,
      );
    }
    const checkpoint = await loadCheckpoint(file);
    await startNamedEngine(values.engine);
    const chosenBy = metric === null ? null : chosenSentence(record, metric, JSON.parse(checkpoint.best) as BestFigures);
    const manifest = await writeModel(out, { record, checkpoint, chosenBy });
    console.log(`${manifest.name}: weights after ${checkpoint.iteration} iterations written to ${out}.`);
  },
};

function chosenSentence({ data }: RunRecord, metric: RetainedBy, best: BestFigures): string {
  const value = best[metric]?.value;
  const figure = value === undefined ? metric : `best ${metric}, ${value.toFixed(3)}`;
  const set = data.validationFrom === 'partition' ? "the partition's validation people" : 'people held out of training';
  return `${figure}, on ${data.validation.length} clips of ${set}; never on the test set`;
}

function metricOf(name: string): RetainedBy {
  const metric = RETAINED_BY.find((known) => known === name);
  if (!metric) throw new Error(`No checkpoint is retained by "${name}"; there are ${RETAINED_BY.join(', ')}.`);
  return metric;
}
