/** `evaluate MODEL DATA --split S`: how good a model is on a split, as upstream counts it and as a screening has to know it. */
import { parseArgs } from 'node:util';
import { parseClassOrder } from '../../src/nets/import/presets.ts';
import { parseShard, WHOLE } from '../data/shard.ts';
import { baselinesFor } from '../evaluate/baselines.ts';
import { conclude } from '../evaluate/conclude.ts';
import { checkCardable, withMetrics } from '../evaluate/intoCard.ts';
import { caveats, openJudgedSet } from '../evaluate/judgedSet.ts';
import { judgeSplit } from '../evaluate/judgeSplit.ts';
import { openModelToJudge } from '../evaluate/modelToJudge.ts';
import { writeReports } from '../evaluate/writeReports.ts';
import { writeManifest } from '../package/writeModel.ts';
import { positionals, required, type Command } from './command.ts';
import { startNamedEngine } from './engineArgument.ts';
import { parseSplit } from './splitArgument.ts';
import { stopSignal } from './stopSignal.ts';

export const command: Command = {
  summary: 'judges a model on a split of a data set',
  usage: `MODEL DATA --split train|validation|test [--partition P] [--out DIR] [--shard i/n] [--engine E]
       [--json F] [--csv F] [--pav-from DATA] [--class-order a,b,c] [--into-card]`,
  help: [
    "MODEL          a model's folder, or a checkpoint (.pt, .safetensors)",
    'DATA           a data set of maps or silhouettes, as `prepare` and `synth` write it',
    '--split        the clips to judge; choose and calibrate on validation, and look at test once',
    "--partition    who is in it; the data set's partition.json where it is left out",
    '--out          keeps the predictions, clip by clip, and the report; what is there already is gone on with',
    '--shard        judges the i-th of n shares into --out; `merge` puts them together',
    '--engine       webgpu, native, wasm or cpu; the best of this machine where it is left out',
    '--json, --csv  the report (with every prediction) and its figures, in files of these names',
    '--pav-from     a data set with the same ids that has poses or vectors, for the posture baseline, where DATA has none',
    "--class-order  the order of a bare checkpoint's classes; that of OpenGait's evaluator where it is left out",
    "--into-card    writes the figures on the test split into the model's manifest and card",
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...{ split: text, partition: text, out: text, shard: text, engine: text, json: text, csv: text, 'pav-from': text },
        'class-order': text,
        'into-card': { type: 'boolean', default: false },
      },
    });
    const [modelPath, data] = positionals(given, 'MODEL', 'DATA');
    const split = parseSplit(required(values.split, 'split', 'train, validation or test'));
    const shard = values.shard === undefined ? WHOLE : parseShard(values.shard);
    const out = values.out ?? null;
    if (shard.count > 1 && out === null) throw new Error('--out is missing: name the folder where the shards meet.');
    if (values['into-card'] && (split !== 'test' || shard.count > 1)) {
      throw new Error(
        '--into-card goes with --split test and without --shard: a card says what a model is worth on all test people.',
      );
    }
    const order = values['class-order'];
    const model = await openModelToJudge(modelPath, order === undefined ? null : parseClassOrder(order));
    if (values['into-card'] && !model.manifest)
      throw new Error(`${modelPath} is a bare checkpoint, which has no card: \`import\` it.`);
    const set = await openJudgedSet(data, values.partition ?? null, split);
    const warnings = caveats(model, set);
    // Whatever can be wrong is found before the network runs.
    const baselines = shard.count > 1 ? null : await baselinesFor(set, values['pav-from'] ?? null);
    if (values['into-card'] && baselines) checkCardable(set, baselines);
    const signal = stopSignal();
    const started = await startNamedEngine(values.engine);
    const options = { shard, out, engine: `${started.name}: ${started.description}`, signal };
    const { clips, engine } = await judgeSplit(model, set, options);
    if (!baselines) {
      console.log(`Shard ${shard.index}/${shard.count}: ${clips.length} clips are judged. When all shards are: merge ${out}.`);
      return;
    }
    const evaluation = conclude(model, set, clips, { baselines, engine, warnings });
    await writeReports(evaluation, { out, json: values.json ?? null, csv: values.csv ?? null });
    if (values['into-card'] && model.manifest) {
      await writeManifest(modelPath, withMetrics(model.manifest, evaluation));
      console.log(`\nThe figures are in the manifest and the card of ${modelPath}.`);
    }
  },
};
