/** `report RUN [--out FILE.html]`: a page about a training run, for people. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomically } from '../files/atomicFile.ts';
import { reportPage } from '../logs/report/page.ts';
import { readRun } from '../logs/report/runOnDisk.ts';
import { positionals, type Command } from './command.ts';

const STYLE = new URL('../logs/report/report.css', import.meta.url);

export const command: Command = {
  summary: 'writes an HTML page about a training run',
  usage: 'RUN [--out FILE.html]',
  help: [
    'RUN    the folder of a run, done or still going on',
    '--out  the page; report.html in RUN where it is left out. It holds all it needs: nothing is fetched when it is looked at',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } });
    const [folder] = positionals(given, 'RUN');
    const out = values.out ?? join(folder, 'report.html');
    const page = reportPage(await readRun(folder), await readFile(STYLE, 'utf8'));
    await writeAtomically(out, page);
    console.log(`${out} (${(Buffer.byteLength(page) / 1000).toFixed(0)} kB)`);
  },
};
