/** The engine that a command computes on: `--engine NAME`. */
import { ENGINES, startBestEngine, startEngine, type Engine } from '../engines/engine.ts';

/** The engine of that name, or the best this machine has. */
export function startNamedEngine(name: string | undefined): Promise<Engine> {
  if (name === undefined) return startBestEngine();
  const known = ENGINES.find((engine) => engine === name);
  if (!known) throw new Error(`There is no engine "${name}"; there are ${ENGINES.join(', ')}.`);
  return startEngine(known);
}
