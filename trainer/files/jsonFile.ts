/** The small JSON files beside a dataset's folders, read against a schema. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { DataError, messageOf } from './errors.ts';

/** The file's content, or null where there is no such file. Throws {@link DataError} `unreadable`, naming the field that is wrong. */
export async function readJsonFile<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError('unreadable', `${path} can't be read: ${messageOf(error)}.`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError('unreadable', `${path} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new DataError('unreadable', `${path} can't be used: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
}
