/** What a command of the command line is. `commandLine.ts` finds it, answers `--help` from it and runs it. */
export interface Command {
  /** What it does, in a line. */
  summary: string;
  /** What follows its name, e.g. `POSE --recipe NAME --out OUT.npy`. */
  usage: string;
  /** Arguments and options, one a line, with what there is to choose from. */
  help: readonly string[];
  /** Throws an error whose message is a sentence. */
  run(args: string[]): Promise<void>;
}

/** An option that the command can't do without. Throws in a sentence. */
export function required(value: string | undefined, option: string, what: string): string {
  if (value === undefined) throw new Error(`--${option} is missing: ${what}.`);
  return value;
}

/** The arguments that aren't options, exactly as many as are named. Throws in a sentence. */
export function positionals<const Names extends readonly string[]>(
  given: readonly string[],
  ...names: Names
): { [Index in keyof Names]: string } {
  if (given.length !== names.length) {
    const wanted = names.length === 1 ? 'one argument is' : `${names.length} arguments are`;
    throw new Error(
      `${wanted} expected, ${names.join(' ')}, and ${given.length === 0 ? 'none is' : `${given.length} are`} given.`,
    );
  }
  return given as unknown as { [Index in keyof Names]: string };
}
