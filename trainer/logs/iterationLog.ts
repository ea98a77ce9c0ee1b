/**
 * JSON lines with ascending iterations. A stopped run goes on from its last checkpoint, which may be older than its last line: what came
 * later is dropped, so that a run that was stopped leaves the same lines as one that was not.
 */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeAtomically } from '../files/atomicFile.ts';
import { DataError, messageOf } from '../files/errors.ts';
import { AppendedFile } from './appendedFile.ts';

interface Line {
  iteration: number;
}

/** The lines of a file; the last one isn't counted where it was cut off, and a file that isn't there has none. Throws DataError. */
export async function readLines<Schema extends v.GenericSchema<unknown, Line>>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new DataError('unreadable', `${path} can't be read: ${messageOf(error)}.`, { cause: error });
  }
  const lines = content.split('\n').slice(0, -1);
  return lines.map((line, index) => parseLine(line, schema, `line ${index + 1} of ${path}`));
}

function parseLine<Schema extends v.GenericSchema>(line: string, schema: Schema, what: string): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new DataError('unreadable', `${what} is damaged: remove it, or the file, and go on.`, { cause: error });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new DataError('unreadable', `${what} can't be used: ${v.getDotPath(issue) ?? 'the line'}: ${issue.message}.`);
}

export class IterationLog<Schema extends v.GenericSchema<unknown, Line>> {
  #last: number;

  private constructor(
    private readonly schema: Schema,
    private file: AppendedFile,
    /** What was in it when it was opened, as far as it was kept. */
    readonly earlier: readonly v.InferOutput<Schema>[],
  ) {
    this.#last = earlier.at(-1)?.iteration ?? 0;
  }

  /** Opens a file to go on after so many iterations; it needn't be there yet. Throws DataError. */
  static async open<Schema extends v.GenericSchema<unknown, Line>>(
    path: string,
    schema: Schema,
    done: number,
  ): Promise<IterationLog<Schema>> {
    const kept = await keepLines(path, schema, done);
    return new IterationLog(schema, await AppendedFile.open(path), kept);
  }

  /** A line at an iteration that there is one of takes its place, and that of all later ones. Throws DataError. */
  async append(line: v.InferOutput<Schema>): Promise<void> {
    if (line.iteration <= this.#last) {
      const { path } = this.file;
      await this.file.close();
      await keepLines(path, this.schema, line.iteration - 1);
      this.file = await AppendedFile.open(path);
    }
    await this.file.append(`${JSON.stringify(line)}\n`);
    this.#last = line.iteration;
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** Drops the lines after so many iterations, and one that was cut off. */
async function keepLines<Schema extends v.GenericSchema<unknown, Line>>(
  path: string,
  schema: Schema,
  done: number,
): Promise<v.InferOutput<Schema>[]> {
  const kept = (await readLines(path, schema)).filter(({ iteration }) => iteration <= done);
  await writeAtomically(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return kept;
}
