/** `import CHECKPOINT --out DIR`: a checkpoint becomes a model with a manifest in which nothing is a guess. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asymmetryRangeOf } from '../../src/nets/import/asymmetryRange.ts';
import { importModel, type ImportAnswers, type ImportReport } from '../../src/nets/import/importModel.ts';
import { IMPORT_PRESETS, parseClassOrder } from '../../src/nets/import/presets.ts';
import { CARD_FILE, MANIFEST_FILE } from '../../src/nets/manifest.ts';
import { readArrayFile, readBytes } from '../files/arrayFile.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { modelCard } from '../package/card.ts';
import { positionals, required, type Command } from './command.ts';
import { readRecipe, recipeNames } from './recipeArgument.ts';
import { startNamedEngine } from './engineArgument.ts';

export const command: Command = {
  summary: 'makes a model of a checkpoint',
  usage:
    'CHECKPOINT --out DIR [--preset NAME] [--recipe NAME|FILE] [--class-order a,b,c] [--pav-range FILE] [--trained-on TEXT] [--split TEXT]',
  help: [
    "CHECKPOINT     OpenGait's .pt, a bare state dict, or .safetensors",
    "--out          the model's folder, also its id",
    ...IMPORT_PRESETS.map(({ name, about }) => `--preset       ${name}: ${about}`),
    `--recipe       what a network on skeleton maps was trained on: ${recipeNames()}, or a .json file`,
    '--class-order  the order of its logits, e.g. negative,neutral,positive',
    "--pav-range    a DRF's range of the asymmetry vector over its training walks: [2, 8, 3], least and greatest, .npy or pickled",
    '--trained-on   what it was trained on, to be said next to every result',
    '--split        the split it was trained on, e.g. 118',
  ],

  async run(args) {
    const text = { type: 'string' } as const;
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: text,
        preset: text,
        recipe: text,
        'class-order': text,
        'pav-range': text,
        'trained-on': text,
        split: text,
      },
    });
    const [checkpoint] = positionals(given, 'CHECKPOINT');
    const out = required(values.out, 'out', "name the model's folder");
    const answers: ImportAnswers = {};
    if (values.preset !== undefined) answers.preset = values.preset;
    if (values.recipe !== undefined) answers.input = { kind: 'skeleton-map', recipe: await readRecipe(values.recipe) };
    if (values['class-order'] !== undefined) answers.classOrder = parseClassOrder(values['class-order']);
    if (values['pav-range'] !== undefined)
      answers.asymmetryRange = asymmetryRangeOf(await readArrayFile(values['pav-range']), values['pav-range']);
    if (values['trained-on'] !== undefined) answers.trainedOn = values['trained-on'];
    if (values.split !== undefined) answers.split = values.split;
    if (existsSync(join(out, MANIFEST_FILE)))
      throw new Error(`${out} holds a model already: name another folder, or remove that one.`);
    const bytes = await readBytes(checkpoint);
    await startNamedEngine('wasm');
    const { manifest, files, report } = await importModel({
      bytes,
      file: basename(checkpoint),
      id: basename(resolve(out)),
      answers,
      today: new Date().toISOString().slice(0, 10),
    });
    await mkdir(out, { recursive: true });
    await writeAtomically(join(out, CARD_FILE), modelCard(manifest));
    for (const [name, content] of files) await writeAtomically(join(out, name), content);
    console.log(reportText(report));
    console.log(`\nWritten to ${out}: ${[...files.keys()].join(', ')} and its card. ${MANIFEST_FILE} says all of this.`);
  },
};

function reportText({ recognised, answered, used, leftOver }: ImportReport): string {
  const sections: [string, string[]][] = [
    ['Recognised', recognised],
    ['What the file does not say', answered.map(({ question, answer, by }) => `${question}: ${answer} (said by ${by})`)],
    [`Used, ${used.length} tensors`, used.map(({ from, to }) => (from === to ? from : `${from} → ${to}`))],
    [`Left over, ${leftOver.length} tensors`, leftOver.map(({ name, why }) => `${name}: ${why}`)],
  ];
  return sections.map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n')).join('\n\n');
}
