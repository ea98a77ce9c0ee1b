/** `synth --people N --seed S --out DIR`: a dataset of simulated people in OpenGait's layout. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CLASSES } from '../../src/gait/labels.ts';
import { SPLITS } from '../data/partition.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { parseRatio, SYNTH_MODALITIES, type SynthModality, type SynthRequest } from '../simulate/dataset/plan.ts';
import { writeSimulatedDataset, type WrittenDataset } from '../simulate/dataset/write.ts';
import { required, type Command } from './command.ts';
import { stopSignal } from './stopSignal.ts';
import { wholeNumber } from './wholeNumber.ts';

const MOST_PEOPLE = 100_000;
const MOST_CLIPS = 100;
const MOST_THREADS = 256;

export const command: Command = {
  summary: 'writes a dataset of simulated people',
  usage: `--people N --seed S --out DIR [--ratio 1:1:2] [--held-out-ratio 1:1:2] [--split 60/20/20]
       [--clips 1] [--modality pose|silhouette] [--threads N]`,
  help: [
    '--people          how many; on two cores 1500 take seconds as poses, and about four minutes as silhouettes',
    '--seed            a whole number; person, clip and walk follow from it, the same for poses and silhouettes',
    "--out             the folder: OpenGait's layout, and beside it partition.json, subjects.json (who is who), severities.json",
    '                  (Cobb angles) and dataset.json; a stopped run is gone on with by the same command',
    '--ratio           positive:neutral:negative of the people, as Scoliosis1K has it: 1:1:2, 1:1:4, 1:1:8, 1:1:16 or any other;',
    '                  1:1:2 where it is left out. Train, validation and test people keep it alike',
    "--held-out-ratio  another one for validation and test people. Scoliosis1K's own test sets, which are what its training sets",
    '                  leave over, are 307:14:427 (for 1:1:2), 369:76:303 (1:1:4), 419:126:204 (1:1:8) and 452:159:137 (1:1:16)',
    '--split           per cent of the people for training, validation and test; no person is in two',
    '--clips           walks of each person, each with an id of its own',
    '--modality        pose: float32 [frames, 17, 3]; silhouette: uint8 [frames, 64, 64], of the very same walks',
    '--threads         one for each core where it is left out; the files are the same with any number',
  ],

  async run(args) {
    const { request, out, threads } = parseSynthArguments(args);
    const started = performance.now();
    let line: ProgressLine | undefined;
    const written = await writeSimulatedDataset(out, request, {
      threads,
      signal: stopSignal(),
      report(drawn, missing) {
        line ??= new ProgressLine(missing, 'clips');
        line.done(drawn);
      },
    }).finally(() => line?.end());
    const { done, total, drawn, frames } = written;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const hands = threads === 1 ? 'one thread' : `${threads} threads`;
    if (drawn > 0) console.log(`${drawn} clips with ${frames} frames drawn in ${seconds} s by ${hands}.`);
    if (done < total) throw new Error(`Stopped with ${done} of ${total} clips in ${out}; the same command goes on from here.`);
    console.log(`${out} holds ${total} clips of ${request.people} people:\n${splitTable(written)}`);
  },
};

interface SynthArguments {
  request: SynthRequest;
  out: string;
  threads: number;
}

/** Throws in a sentence. */
export function parseSynthArguments(args: string[]): SynthArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ people: text, seed: text, out: text, 'held-out-ratio': text, threads: text },
      ratio: { ...text, default: '1:1:2' },
      split: { ...text, default: '60/20/20' },
      clips: { ...text, default: '1' },
      modality: { ...text, default: 'pose' },
    },
  });
  const threads = values.threads ?? String(availableParallelism());
  return {
    request: {
      people: wholeNumber(required(values.people, 'people', 'say how many people to draw'), 'people', 1, MOST_PEOPLE),
      seed: wholeNumber(required(values.seed, 'seed', 'give any whole number'), 'seed', 0, Number.MAX_SAFE_INTEGER),
      clips: wholeNumber(values.clips, 'clips', 1, MOST_CLIPS),
      ratio: plainRatio(values.ratio),
      heldOutRatio: plainRatio(values['held-out-ratio'] ?? values.ratio),
      split: values.split,
      modality: modalityCalled(values.modality),
    },
    out: required(values.out, 'out', 'name the folder to write'),
    threads: wholeNumber(threads, 'threads', 1, MOST_THREADS),
  };
}

/** A ratio without leading zeros, so that the same one is always written the same. */
function plainRatio(text: string): string {
  const { positive, neutral, negative } = parseRatio(text);
  return `${positive}:${neutral}:${negative}`;
}

function modalityCalled(name: string): SynthModality {
  const modality = SYNTH_MODALITIES.find((known) => known === name);
  if (!modality) throw new Error(`There is no modality "${name}"; there are ${SYNTH_MODALITIES.join(' and ')}.`);
  return modality;
}

/** A line for each split: its people, and how many of each class. */
function splitTable({ people }: WrittenDataset): string {
  const lines = SPLITS.map((split) => {
    const counts = CLASSES.map((name) => people[split][name]);
    const sum = counts.reduce((total, count) => total + count, 0);
    const classes = CLASSES.map((name, index) => `${counts[index]} ${name}`).join(', ');
    return `  ${split.padEnd(10)} ${String(sum).padStart(6)} people: ${classes}`;
  });
  return lines.join('\n');
}
