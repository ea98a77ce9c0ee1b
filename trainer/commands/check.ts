/** `check DATA [--partition P]`: what a dataset holds, and what is wrong with it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomically } from '../files/atomicFile.ts';
import { checkDataset } from '../data/checkDataset.ts';
import { reportText } from '../data/checkReport.ts';
import { PARTITION_FILE, readPartition } from '../data/partition.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { positionals, type Command } from './command.ts';

export const command: Command = {
  summary: 'reports on a dataset and finds what is wrong with it',
  usage: 'DATA [--partition P] [--json FILE]',
  help: [
    'DATA         a folder in the layout <id>/<class>/<view>/*.pkl, with poses, skeleton maps, asymmetry vectors or silhouettes',
    `--partition  the splits to look at; ${PARTITION_FILE} in DATA where it is left out and there is one`,
    '--json       a file for the same report, for programs',
    'The exit code is 1 where something has to be put right before anything is trained or judged.',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { partition: { type: 'string' }, json: { type: 'string' } },
    });
    const [root] = positionals(given, 'DATA');
    const beside = join(root, PARTITION_FILE);
    const path = values.partition ?? (existsSync(beside) ? beside : null);
    const partition = path === null ? null : await readPartition(path);
    let line: ProgressLine | undefined;
    const report = await checkDataset(root, partition, (done, total) => {
      line ??= new ProgressLine(total, 'clips');
      line.done(done);
    });
    line?.end();
    console.log(reportText(report));
    if (values.json !== undefined) await writeAtomically(values.json, `${JSON.stringify(report, null, 2)}\n`);
    const errors = report.findings.filter(({ grade }) => grade === 'error').length;
    if (errors > 0) throw new Error(`${errors === 1 ? 'One thing has' : `${errors} things have`} to be put right.`);
  },
};
