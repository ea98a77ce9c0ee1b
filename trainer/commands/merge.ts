/** `merge DIR`: the shards of an evaluation become one, with the report of one. */
import { parseArgs } from 'node:util';
import { parseClassOrder } from '../../src/nets/import/presets.ts';
import { baselinesFor } from '../evaluate/baselines.ts';
import { conclude } from '../evaluate/conclude.ts';
import { caveats, openJudgedSet } from '../evaluate/judgedSet.ts';
import { inOrder, PREDICTIONS_FILE } from '../evaluate/judgeSplit.ts';
import { mergeShards } from '../evaluate/mergeShards.ts';
import { openModelToJudge } from '../evaluate/modelToJudge.ts';
import type { PredictionsHead } from '../evaluate/predictionsFile.ts';
import { writeReports } from '../evaluate/writeReports.ts';
import { messageOf } from '../files/errors.ts';
import { positionals, type Command } from './command.ts';

export const command: Command = {
  summary: 'puts the shards of an evaluation together and reports on them',
  usage: 'DIR [--json F] [--csv F] [--pav-from DATA]',
  help: [
    'DIR            the folder that `evaluate --shard i/n --out DIR` wrote to, all n of them',
    '--json, --csv  the report (with every prediction) and its figures, in files of these names',
    '--pav-from     as with evaluate',
    '',
    'Model and data set have to be where they were; where they are not, `evaluate MODEL DATA --out DIR` makes the report afterwards.',
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: text, csv: text, 'pav-from': text },
    });
    const [folder] = positionals(given, 'DIR');
    const { head, clips } = await mergeShards(folder);
    const { model, set } = await reopen(head).catch((error: unknown) => {
      const next = `the shards are together in ${PREDICTIONS_FILE}, and \`evaluate MODEL DATA --split ${head.split} --out ${folder}\` reports on them`;
      throw new Error(`${messageOf(error)} (But ${next}.)`, { cause: error });
    });
    const evaluation = conclude(model, set, inOrder(set.clips, clips), {
      baselines: await baselinesFor(set, values['pav-from'] ?? null),
      engine: head.engine,
      warnings: caveats(model, set),
    });
    await writeReports(evaluation, { out: folder, json: values.json ?? null, csv: values.csv ?? null });
  },
};

/** The model and the clips that were judged, from where they were. Throws in a sentence where they are others now. */
async function reopen({ model: { path, sha256, classOrder }, data, split, digest }: PredictionsHead) {
  const model = await openModelToJudge(path, classOrder && parseClassOrder(classOrder.join()));
  if (model.sha256 !== sha256) throw new Error(`${path} has other weights than those that were judged.`);
  const set = await openJudgedSet(data.root, data.partition, split);
  if (set.digest !== digest) throw new Error(`The ${split} split in ${data.root} has other clips than those that were judged.`);
  return { model, set };
}
