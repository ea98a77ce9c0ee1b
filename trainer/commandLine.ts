/** The command line without its process: words in, an exit code out. Each command is a file in `commands`. */
import type { Command } from './commands/command.ts';

const commands: Record<string, () => Promise<{ command: Command }>> = {
  maps: () => import('./commands/maps.ts'),
  silhouettes: () => import('./commands/silhouettes.ts'),
  pav: () => import('./commands/pav.ts'),
  import: () => import('./commands/import.ts'),
  infer: () => import('./commands/infer.ts'),
  export: () => import('./commands/export.ts'),
  prepare: () => import('./commands/prepare.ts'),
  check: () => import('./commands/check.ts'),
  train: () => import('./commands/train.ts'),
  report: () => import('./commands/report.ts'),
  synth: () => import('./commands/synth.ts'),
  simulation: () => import('./commands/simulation.ts'),
  evaluate: () => import('./commands/evaluate.ts'),
  merge: () => import('./commands/merge.ts'),
  metrics: () => import('./commands/metrics.ts'),
  calibrate: () => import('./commands/calibrate.ts'),
  package: () => import('./commands/package.ts'),
};

const WRONG_USE = 2;

/** Runs the command that is named first. Returns the exit code. */
export async function runCommandLine([name, ...args]: readonly string[]): Promise<number> {
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
    if (!asked) console.error(`There is no command "${name}".`);
    (asked ? console.log : console.error)(await overview());
    return asked ? 0 : WRONG_USE;
  }
  const { command } = await load();
  if (args.includes('--help') || args.includes('-h')) {
    const lines = command.help.map((line) => `  ${line}`);
    console.log(
      [`Usage: npm run -s plumbline -- ${name} ${command.usage}`, '', `${sentence(command.summary)}`, '', ...lines].join('\n'),
    );
    return 0;
  }
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function overview(): Promise<string> {
  const known = await Promise.all(Object.entries(commands).map(async ([key, get]) => [key, (await get()).command] as const));
  const lines = known.map(([key, { summary }]) => `  ${key.padEnd(12)} ${summary}`);
  return ['Usage: npm run -s plumbline -- <command> [options]; <command> --help says more', '', ...lines].join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
