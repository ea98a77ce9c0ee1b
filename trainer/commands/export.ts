/** `export MODEL --format pt|onnx|safetensors|opengait --out OUT`: a model's weights for other programs, or a job for OpenGait. */
import { parseArgs } from 'node:util';
import { CLASSES } from '../../src/gait/labels.ts';
import { parseClassOrder } from '../../src/nets/import/presets.ts';
import { EXPORT_FORMATS, exportModel, type ExportFormat } from '../../src/nets/export/exportModel.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { openModel } from '../models/openModel.ts';
import { openJobSource } from '../opengait/jobSource.ts';
import { JOB, writeJob } from '../opengait/writeJob.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { openTrainingData } from '../train/trainingData.ts';
import { positionals, required, type Command } from './command.ts';
import { wholeNumber } from './wholeNumber.ts';

/** More than any batch can be shared out among. */
const MOST_GPUS = 4096;

const FORMATS = [...EXPORT_FORMATS, 'opengait'] as const;

export const command: Command = {
  summary: "writes a model's weights for other programs, or a job for OpenGait",
  usage: `MODEL --format ${EXPORT_FORMATS.join('|')} [--class-order a,b,c] --out FILE
       npm run -s plumbline -- export MODEL --format opengait --data DIR [--partition P] [--config CONFIG] [--gpus N] --out JOB`,
  help: [
    "MODEL          a model's folder, or a checkpoint (.pt, .safetensors); for opengait also a run, or a config for fresh weights",
    "--format       pt: what OpenGait's torch.load and load_state_dict take",
    '               onnx: the whole network, batch norms folded, any number of clips and frames: maps [clips, channels, frames, 64, 44],',
    '               for a DRF asymmetry [clips, 8, 3] as well, to logits [clips, 3, parts]',
    '               safetensors: the parameters by name',
    '               opengait: a folder that OpenGait trains from: data, partition, YAML, initial checkpoint, and a README that says how',
    "--class-order  the order of a bare checkpoint's classes; that of OpenGait's evaluator where it is left out",
    `--out          the file; its classes are in the order ${CLASSES.join(', ')}. For opengait a new folder`,
    '--data         what to train on, as `prepare` and `synth` write it',
    "--partition    who is trained on and who chooses checkpoints; the data set's partition.json where it is left out",
    '--config       how to train, where it is not as the run or model was',
    '--gpus         on how many GPUs OpenGait will run; 1 where it is left out',
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { format: text, out: text, 'class-order': text, data: text, partition: text, config: text, gpus: text },
    });
    const [path] = positionals(given, 'MODEL');
    const format = parseFormat(required(values.format, 'format', `one of ${FORMATS.join(', ')}`));
    const out = required(values.out, 'out', format === 'opengait' ? 'name the folder to write' : 'name the file to write');
    const { 'class-order': order, data, partition, config, gpus } = values;
    if (format !== 'opengait') {
      refuse({ data, partition, config, gpus }, 'only a job for OpenGait needs it');
      return exportWeights(path, format, out, order);
    }
    refuse({ 'class-order': order }, 'a job starts from a model that says its own order; import the checkpoint first');
    const root = required(data, 'data', 'name the folder of the data set');
    await exportJob(path, out, {
      root,
      partition: partition ?? null,
      config: config ?? null,
      gpus: wholeNumber(gpus ?? '1', 'gpus', 1, MOST_GPUS),
    });
  },
};

async function exportWeights(path: string, format: ExportFormat, out: string, order: string | undefined): Promise<void> {
  const model = await openModel(path, order === undefined ? {} : { classOrder: parseClassOrder(order) });
  if (model.assumed) console.error(model.assumed);
  const bytes = exportModel(model, format);
  await writeAtomically(out, bytes);
  console.log(`${(bytes.length / 1e6).toFixed(1)} MB written to ${out}.`);
}

async function exportJob(
  path: string,
  out: string,
  { root, partition, config, gpus }: { root: string; partition: string | null; config: string | null; gpus: number },
): Promise<void> {
  const source = await openJobSource(path, config);
  const data = await withProgress('clips read', (report) => openTrainingData(root, partition, source.config, report));
  for (const warning of data.warnings) console.error(warning);
  await withProgress('clips written', (report) => writeJob(out, source, data, { gpus, report }));
  const judging =
    data.validation.length > 0 ? `${data.validation.length} to choose checkpoints by` : 'none to choose checkpoints by';
  console.log(
    `A job for OpenGait in ${out}: ${data.train.length} clips to train on and ${judging}. ${JOB.readme} says how to run it.`,
  );
}

async function withProgress<T>(unit: string, work: (report: (done: number, of: number) => void) => Promise<T>): Promise<T> {
  let line: ProgressLine | undefined;
  try {
    return await work((done, of) => {
      line ??= new ProgressLine(of, unit);
      line.done(done);
    });
  } finally {
    line?.end();
  }
}

function refuse(options: Readonly<Record<string, string | undefined>>, why: string): void {
  const [name] = Object.keys(options).filter((key) => options[key] !== undefined);
  if (name !== undefined) throw new Error(`Leave --${name} out: ${why}.`);
}

function parseFormat(name: string): ExportFormat | 'opengait' {
  const format = FORMATS.find((known) => known === name);
  if (!format) throw new Error(`There is no format "${name}"; there are ${FORMATS.join(', ')}.`);
  return format;
}
