/**
 * `npm test`: everything that can be checked, one stage after the other, each under its heading. A stage that fails doesn't stop
 * the next one, except that nothing built means nothing to try in a browser. The last line counts them all.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countPlaywright, countVitest, type Counts } from './counts.ts';

const top = fileURLToPath(new URL('..', import.meta.url));
const results = fileURLToPath(new URL('./results', import.meta.url));

interface Stage {
  title: string;
  /** npm script and what is added to it. */
  script: string[];
  /** The report that a runner of tests leaves; a stage without one counts as one test. */
  report?: { file: string; count: (report: unknown) => Counts };
  /** Without the build there is nothing to test. */
  needsBuild?: boolean;
}

/** Those in one row run side by side: one of them alone keeps one core busy. */
const STAGES: Stage[][] = [
  [
    { title: 'Lint', script: ['lint'] },
    { title: 'Types', script: ['types'] },
    { title: 'Format', script: ['format:check'] },
  ],
  [vitest('Unit tests', 'unit')],
  [vitest('Reference results on cpu, wasm and webgpu', 'reference')],
  [{ title: 'Build', script: ['build'] }],
  [{ ...vitest('What was built', 'build'), needsBuild: true }],
  [playwright('End to end in Chromium', 'together')],
  [playwright('End to end in Chromium, with every core to itself', 'alone')],
];

function vitest(title: string, project: string): Stage {
  const file = `${project}.json`;
  const reporters = ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, file)}`];
  return { title, script: [`test:${project}`, ...reporters], report: { file, count: countVitest } };
}

function playwright(title: string, project: string): Stage {
  const report = { file: 'e2e.json', count: countPlaywright };
  return { title, script: ['playwright', '--', `--project=${project}`], report, needsBuild: true };
}

rmSync(results, { recursive: true, force: true });
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
for (const row of STAGES) {
  await Promise.all(
    row.map(async (stage) => {
      const counts = await run(stage, row.length > 1);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      if (counts.failed > 0) failed.push(stage.title);
    }),
  );
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** `beside`: others run at the same time, so what this one says is shown when it has ended. */
async function run({ title, script, report, needsBuild }: Stage, beside: boolean): Promise<Counts> {
  const heading = `\n━━ ${title} ━━\n`;
  if (!beside) console.log(heading);
  if (needsBuild && failed.includes('Build')) {
    console.log('Not run: the build failed.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { status, said } = await npmRun(script, beside);
  if (beside) console.log(`${heading}\n${said}`);
  if (!report) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const counts = readCounts(report);
  // A runner can fail with no test failing: a crash, say, or no test found.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** The exit code, and where it is held back what was said. */
function npmRun(script: string[], hold: boolean): Promise<{ status: number | null; said: string }> {
  const output = hold ? 'pipe' : 'inherit';
  const child = spawn('npm', ['run', '--silent', ...script], {
    cwd: top,
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said }));
  });
}

function readCounts({ file, count }: NonNullable<Stage['report']>): Counts {
  try {
    return count(JSON.parse(readFileSync(join(results, file), 'utf8')));
  } catch {
    console.log('The test runner left no report.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
