/** `metrics --logits L.npy --truth T.json`: the report of `evaluate`, from logits that were saved anywhere. */
import { parseArgs } from 'node:util';
import { alwaysMostCommon } from '../evaluate/baselines.ts';
import { evaluationOf } from '../evaluate/evaluation.ts';
import { UNFITTED_SCALE } from '../evaluate/modelToJudge.ts';
import { readSavedLogits } from '../evaluate/savedLogits.ts';
import { writeReports } from '../evaluate/writeReports.ts';
import { required, type Command } from './command.ts';

export const command: Command = {
  summary: 'reports on logits that were saved',
  usage: '--logits L.npy --truth T.json [--scale S] [--json F] [--csv F]',
  help: [
    '--logits       [clips, 3, parts], cosines, classes in the order negative, neutral, positive; .npy or pickled',
    '--truth        a JSON list of classes, by name or 0, 1, 2; or an object with it as "truth" and, if wanted, one of people as "people"',
    `--scale        of the softmax that makes probabilities of the mean logits; ${UNFITTED_SCALE} where it is left out`,
    '--json, --csv  the report (with every prediction) and its figures, in files of these names',
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: { logits: text, truth: text, scale: text, json: text, csv: text },
    });
    const logits = required(values.logits, 'logits', 'name the file of logits');
    const truth = required(values.truth, 'truth', 'name the .json file of the true classes');
    const scale = values.scale === undefined ? UNFITTED_SCALE : Number(values.scale);
    if (!(scale > 0 && scale < Infinity)) throw new Error(`--scale is ${values.scale}, and has to be a number above 0.`);
    const { clips, peopleKnown } = await readSavedLogits(logits, truth);
    const evaluation = evaluationOf({
      source: { kind: 'logits', logits, truth },
      clips,
      peopleKnown,
      scale,
      calibrated: false,
      baselines: {
        majority: alwaysMostCommon(
          clips.map(({ label }) => label),
          clips.length,
          'of these clips',
        ),
        posture: { what: 'posture alone', skipped: 'logits say nothing of posture' },
      },
      warnings: peopleKnown
        ? []
        : ['Nobody says who the clips are of: where a person has several, the intervals are too narrow.'],
    });
    await writeReports(evaluation, { out: null, json: values.json ?? null, csv: values.csv ?? null });
  },
};
