/** `prepare POSES --out DIR --recipe NAME|FILE`: a dataset of poses as one of skeleton maps and asymmetry vectors. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { prepareDataset } from '../data/prepare.ts';
import { parseShard, WHOLE } from '../data/shard.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { positionals, required, type Command } from './command.ts';
import { readRecipe, recipeNames } from './recipeArgument.ts';
import { stopSignal } from './stopSignal.ts';

export const command: Command = {
  summary: 'turns a dataset of poses into one of skeleton maps and asymmetry vectors',
  usage: 'POSES --out DIR --recipe NAME|FILE [--pav] [--partition P] [--shard i/n] [--threads N]',
  help: [
    'POSES        a folder in the layout <id>/<class>/<view>/*.pkl with poses [frames, 17, 3]',
    '--out        the folder of the new dataset, in the same layout; what is there already is gone on with',
    `--recipe     ${recipeNames()}, or a .json file`,
    '--pav        the asymmetry vectors too, as measured: a DRF needs them',
    '--partition  prepare only the ids of this partition, and keep it with the new dataset',
    '--shard      the i-th of n shares, for several jobs that work on one folder',
    '--threads    how many clips at a time; as many as the machine has cores where it is left out',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        recipe: { type: 'string' },
        pav: { type: 'boolean', default: false },
        partition: { type: 'string' },
        shard: { type: 'string' },
        threads: { type: 'string' },
      },
    });
    const [source] = positionals(given, 'POSES');
    const out = required(values.out, 'out', 'name the folder of the new dataset');
    const recipe = await readRecipe(required(values.recipe, 'recipe', `name one of ${recipeNames()}, or a .json file`));
    const shard = values.shard === undefined ? WHOLE : parseShard(values.shard);
    const threads = values.threads === undefined ? availableParallelism() : parseThreads(values.threads);
    const signal = stopSignal();
    let line: ProgressLine | undefined;
    const { total, written, skipped, failures } = await prepareDataset(source, out, {
      recipe,
      asymmetry: values.pav,
      partition: values.partition ?? null,
      shard,
      threads,
      signal,
      report(done, of) {
        line ??= new ProgressLine(of, 'clips');
        line.done(done);
      },
    });
    line?.end();
    const there = skipped > 0 ? `, ${skipped} were there already` : '';
    console.log(`${written} of ${total} clips prepared by the recipe ${recipe.name} in ${out}${there}.`);
    for (const failure of failures) console.error(failure);
    if (signal.aborted) throw new Error('Stopped; the same command goes on from here.');
    if (failures.length > 0) throw new Error(`${failures.length} could not be prepared, for the reasons above.`);
  },
};

function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1) throw new Error(`"${text}" is no number of threads; it is 1 or more.`);
  return threads;
}
