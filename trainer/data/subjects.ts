/**
 * `subjects.json` beside a dataset's folders: which person each id belongs to. An id is a sequence, and a person may have several
 * (in Scoliosis1K 1,050 people have 1,493), so only this file can keep the people of two splits apart.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../files/atomicFile.ts';
import { readJsonFile } from '../files/jsonFile.ts';

export const SUBJECTS_FILE = 'subjects.json';

const subjectsSchema = v.record(v.string(), v.pipe(v.union([v.string(), v.number()]), v.transform(String)));

/** The person of each id; null where the dataset doesn't say. Throws {@link DataError} `unreadable`. */
export async function readSubjects(root: string): Promise<ReadonlyMap<string, string> | null> {
  const subjects = await readJsonFile(join(root, SUBJECTS_FILE), subjectsSchema);
  return subjects && new Map(Object.entries(subjects));
}

export function writeSubjects(root: string, subjects: ReadonlyMap<string, string>): Promise<void> {
  return writeAtomically(join(root, SUBJECTS_FILE), `${JSON.stringify(Object.fromEntries(subjects), null, 1)}\n`);
}
