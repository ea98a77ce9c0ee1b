/** `export MODEL --format pt|onnx|safetensors --out FILE`: a model's weights for other programs. */
import { rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CLASSES } from '../../src/gait/labels.ts';
import { parseClassOrder } from '../../src/nets/import/presets.ts';
import { EXPORT_FORMATS, exportModel, type ExportFormat } from '../../src/nets/export/exportModel.ts';
import { openModel } from '../models/openModel.ts';
import { positionals, required, type Command } from './command.ts';

export const command: Command = {
  summary: "writes a model's weights for other programs",
  usage: 'MODEL --format pt|onnx|safetensors [--class-order a,b,c] --out FILE',
  help: [
    "MODEL          a model's folder, or a checkpoint (.pt, .safetensors)",
    "--format       pt: what OpenGait's torch.load and load_state_dict take",
    '               onnx: the whole network, batch norms folded, any number of clips and frames: maps [clips, channels, frames, 64, 44],',
    '               for a DRF asymmetry [clips, 8, 3] as well, to logits [clips, 3, parts]',
    '               safetensors: the parameters by name',
    "--class-order  the order of a bare checkpoint's classes; that of OpenGait's evaluator where it is left out",
    `--out          the file; its classes are in the order ${CLASSES.join(', ')}`,
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { format: text, out: text, 'class-order': text },
    });
    const [path] = positionals(given, 'MODEL');
    const format = parseFormat(required(values.format, 'format', `one of ${EXPORT_FORMATS.join(', ')}`));
    const out = required(values.out, 'out', 'name the file to write');
    const order = values['class-order'];
    const model = await openModel(path, order === undefined ? {} : { classOrder: parseClassOrder(order) });
    if (model.assumed) console.error(model.assumed);
    const bytes = exportModel(model, format);
    await writeFile(`${out}.part`, bytes);
    await rename(`${out}.part`, out);
    console.log(`${(bytes.length / 1e6).toFixed(1)} MB written to ${out}.`);
  },
};

function parseFormat(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (!format) throw new Error(`There is no format "${name}"; there are ${EXPORT_FORMATS.join(', ')}.`);
  return format;
}
