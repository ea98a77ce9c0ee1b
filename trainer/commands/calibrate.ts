/** `calibrate MODEL DATA`: fits probabilities and operating points on validation people, into the model's manifest and card. */
import { parseArgs } from 'node:util';
import type { Interval } from '../../src/gait/interval.ts';
import { parseManifest, type ModelOperatingPoint } from '../../src/nets/manifest.ts';
import { WHOLE } from '../data/shard.ts';
import { calibrate } from '../evaluate/calibrate.ts';
import { caveats, openJudgedSet, type JudgedSet } from '../evaluate/judgedSet.ts';
import { judgeSplit } from '../evaluate/judgeSplit.ts';
import { openModelToJudge } from '../evaluate/modelToJudge.ts';
import { writeManifest } from '../package/writeModel.ts';
import { positionals, type Command } from './command.ts';
import { startNamedEngine } from './engineArgument.ts';
import { parseSplit } from './splitArgument.ts';
import { stopSignal } from './stopSignal.ts';

/** What a screening of healthy children can afford, where nobody says otherwise. */
const DEFAULT_SPECIFICITY = '0.93';

export const command: Command = {
  summary: "fits a model's probabilities and operating points on validation people",
  usage: 'MODEL DATA [--partition P] [--split validation] [--specificity 0.93]… [--out DIR] [--engine E]',
  help: [
    "MODEL          a model's folder; its manifest and card are written anew",
    'DATA           a data set of maps or silhouettes, as `prepare` and `synth` write it',
    "--partition    who is in it; the data set's partition.json where it is left out",
    '--split        validation where it is left out; the test split is for judging alone',
    '--specificity  for each of them, the threshold on the probability of "positive" that reaches at least that much on these people and',
    `               finds the most positives; may be given several times; ${DEFAULT_SPECIFICITY} where it is left out`,
    '--out          keeps the predictions, clip by clip; what is there already is gone on with',
    '--engine       webgpu, native, wasm or cpu; the best of this machine where it is left out',
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...{ partition: text, out: text, engine: text },
        split: { ...text, default: 'validation' },
        specificity: { ...text, multiple: true, default: [DEFAULT_SPECIFICITY] },
      },
    });
    const [path, data] = positionals(given, 'MODEL', 'DATA');
    const split = parseSplit(values.split);
    if (split === 'test')
      throw new Error('What is fitted on the test people can no longer be judged on them: calibrate on validation.');
    const specificities = values.specificity.map(parseSpecificity);
    const model = await openModelToJudge(path, null);
    const { manifest } = model;
    if (!manifest)
      throw new Error(`${path} is a bare checkpoint, which has no manifest to write to: \`import\` or \`package\` it first.`);
    const set = await openJudgedSet(data, values.partition ?? null, split);
    for (const warning of caveats(model, set)) console.log(`warning: ${warning}`);
    const signal = stopSignal();
    const started = await startNamedEngine(values.engine);
    const engine = `${started.name}: ${started.description}`;
    const { clips } = await judgeSplit(model, set, { shard: WHOLE, out: values.out ?? null, engine, signal });
    const { probability, error, unreached } = calibrate(clips, model.scale, specificities, whose(set));
    await writeManifest(path, parseManifest({ ...manifest, probability }));
    console.log(`Fitted on ${whose(set)}.`);
    console.log(`Scale of the softmax ${model.scale.toFixed(2)} → ${probability.scale.toFixed(2)}.`);
    console.log(`Calibration error on the same clips ${error.before.toFixed(3)} → ${error.after.toFixed(3)} (15 bins).`);
    for (const point of probability.operatingPoints ?? []) console.log(pointText(point));
    for (const asked of unreached) {
      console.log(
        `No threshold reaches a specificity of ${asked} and still finds a positive: there is no operating point for it.`,
      );
    }
    if (manifest.metrics) {
      console.log(
        'The calibration error in the card is of the scale before: `evaluate --split test --into-card` measures it anew.',
      );
    }
  },
};

function whose({ clips, peopleKnown, split, partition, description }: JudgedSet): string {
  const people = peopleKnown ? `${new Set(clips.map(({ subject }) => subject)).size} people` : 'people not known apart';
  return `${clips.length} clips of ${people}, ${split} split of ${partition.name}, ${description}`;
}

function pointText({ asked, threshold, sensitivity, specificity }: ModelOperatingPoint): string {
  const reached = `specificity ${within(specificity)}, sensitivity ${within(sensitivity)}`;
  return `Specificity of at least ${asked}: positive from a probability of ${threshold.toFixed(4)} on; ${reached}.`;
}

function within({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function parseSpecificity(text: string): number {
  const specificity = Number(text);
  if (!(specificity > 0 && specificity <= 1)) throw new Error(`--specificity is ${text}, and has to be above 0 and at most 1.`);
  return specificity;
}
