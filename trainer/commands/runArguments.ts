/** What the commands that work on a training run have in common: its folder, and the engine to work on. */
import { parseArgs } from 'node:util';
import { ENGINES, startBestEngine, startEngine, type Engine } from '../engines/engine.ts';

export interface RunArguments {
  folder: string;
  /** Where the command writes, where it writes anywhere but in the run's folder. */
  out: string | undefined;
  engine: Engine;
}

/** Parses `FOLDER [--out DIR] [--engine NAME]` and starts the engine. Throws in a sentence. */
export async function parseRunArguments(args: string[], command: string): Promise<RunArguments> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, engine: { type: 'string' } },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new Error(`${command} needs one path; see --help.`);
  return { folder, out: values.out, engine: await startNamedEngine(values.engine) };
}

/** The engine of that name, or the best this machine has. */
export function startNamedEngine(name: string | undefined): Promise<Engine> {
  if (name === undefined) return startBestEngine();
  const known = ENGINES.find((engine) => engine === name);
  if (!known) throw new Error(`There is no engine "${name}"; there are ${ENGINES.join(', ')}.`);
  return startEngine(known);
}
