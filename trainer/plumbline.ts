/** The command line: `npm run -s plumbline -- <command>`. Each command is a file in `commands`. */
import { parseArgs } from 'node:util';

interface Command {
  summary: string;
  run(args: string[]): Promise<void>;
}

const commands: Record<string, () => Promise<{ command: Command }>> = {
  train: () => import('./commands/train.ts'),
  settle: () => import('./commands/settle.ts'),
  package: () => import('./commands/package.ts'),
};

const { positionals } = parseArgs({ args: process.argv.slice(2, 3), allowPositionals: true, strict: false });
const name = positionals[0];
const load = name === undefined ? undefined : commands[name];

if (!load) {
  const known = await Promise.all(Object.entries(commands).map(async ([key, get]) => [key, (await get()).command] as const));
  const lines = known.map(([key, { summary }]) => `  ${key.padEnd(10)} ${summary}`);
  console.log(['Usage: npm run -s plumbline -- <command> [options]', '', ...lines].join('\n'));
  process.exitCode = name === undefined ? 0 : 2;
} else {
  try {
    await (await load()).command.run(process.argv.slice(3));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
  // Engines keep native threads and devices open.
  process.exit();
}
