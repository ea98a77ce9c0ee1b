/**
 * A dataset in OpenGait's layout: `<root>/<id>/<class>/<view>/*.pkl`. An id is a sequence, not a person; every .pkl of a view folder is
 * one modality of the same frames, in the order of their names. Here only the folders are looked at, no file is opened.
 */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CLASSES, type ClassName } from '../../src/gait/labels.ts';
import { readAbout, type DatasetAbout } from './about.ts';
import { DataError } from '../files/errors.ts';
import { readSubjects } from './subjects.ts';

export interface ClipEntry {
  id: string;
  /** Index into {@link CLASSES}. */
  label: number;
  view: string;
  /** Absolute. */
  folder: string;
  /** Names of the .pkl files, sorted. */
  files: string[];
  /** The person, where the dataset says who it is. */
  subject: string | null;
}

/** Who the clip is of; a clip is a person of its own where nobody says. */
export function personOf({ subject, id }: Pick<ClipEntry, 'subject' | 'id'>): string {
  return subject ?? id;
}

export interface Dataset {
  /** Absolute. */
  root: string;
  /** Sorted by id, then class, then view. */
  clips: ClipEntry[];
  /** Whether the person behind every clip is known. */
  subjectsKnown: boolean;
  about: DatasetAbout | null;
}

/** A folder that is not as it should be. */
export interface FolderProblem {
  id: string;
  error: DataError;
}

/** Throws {@link DataError} in a sentence for the first folder that is not as it should be; {@link scanDataset} finds them all. */
export async function openDataset(root: string): Promise<Dataset> {
  const { dataset, problems } = await scanDataset(root);
  const [first, ...others] = problems;
  if (!first) return dataset;
  const more = others.length > 0 ? ` (And ${others.length} more; the command check lists them.)` : '';
  throw new DataError(first.error.code, `${first.error.message}${more}`);
}

/**
 * The clips whose folders are sound, and what is wrong with the others. Throws {@link DataError} where there is no such folder, no clip in
 * it, or a JSON file beside the clips that can't be used.
 */
export async function scanDataset(root: string): Promise<{ dataset: Dataset; problems: FolderProblem[] }> {
  const top = resolve(root);
  const problems: FolderProblem[] = [];
  const ids = await foldersIn(top);
  const subjects = await readSubjects(top);
  const clips = (
    await Promise.all(ids.map((id) => scanId(top, id, subjects?.get(id) ?? null, (error) => problems.push({ id, error }))))
  ).flat();
  if (clips.length === 0 && problems.length === 0) {
    throw new DataError(
      'empty',
      `${top} holds no clip: a dataset is folders of the form <id>/<class>/<view> with .pkl files in them.`,
    );
  }
  problems.sort((a, b) => (a.error.message < b.error.message ? -1 : 1));
  const dataset = {
    root: top,
    clips,
    subjectsKnown: clips.every(({ subject }) => subject !== null),
    about: await readAbout(top),
  };
  return { dataset, problems };
}

async function scanId(
  root: string,
  id: string,
  subject: string | null,
  report: (error: DataError) => void,
): Promise<ClipEntry[]> {
  const folder = join(root, id);
  const names = await foldersIn(folder);
  if (names.length === 0) report(new DataError('empty', `${folder} has no class folder in it.`));
  const known = names.filter((name): name is ClassName => CLASSES.includes(name as ClassName));
  for (const name of names.filter((other) => !known.includes(other as ClassName))) {
    const choices = `the classes are ${CLASSES.join(', ')}`;
    report(new DataError('layout', `${join(folder, name)} is the folder of a class that nobody knows; ${choices}.`));
  }
  if (known.length > 1) {
    report(new DataError('layout', `${folder} has more than one class, ${known.join(' and ')}, and a sequence has one.`));
    return [];
  }
  const [className] = known;
  return className === undefined
    ? []
    : scanViews(join(folder, className), { id, label: CLASSES.indexOf(className), subject }, report);
}

async function scanViews(
  folder: string,
  clip: Pick<ClipEntry, 'id' | 'label' | 'subject'>,
  report: (error: DataError) => void,
): Promise<ClipEntry[]> {
  const views = await foldersIn(folder);
  if (views.length === 0) report(new DataError('empty', `${folder} has no view folder in it.`));
  const clips = await Promise.all(
    views.map(async (view) => {
      const inside = join(folder, view);
      const files = (await entriesOf(inside)).map(({ name }) => name).filter((name) => name.endsWith('.pkl'));
      return { ...clip, view, folder: inside, files: files.sort() };
    }),
  );
  for (const { folder: inside } of clips.filter(({ files }) => files.length === 0)) {
    report(new DataError('empty', `${inside} has no .pkl file in it.`));
  }
  return clips.filter(({ files }) => files.length > 0);
}

/** Names of the folders in a folder, sorted; hidden ones are nobody's data. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is no folder' : (code ?? String(error));
    throw new DataError('unreadable', `${folder} can't be read: ${why}.`, { cause: error });
  }
}

/** The first few of a list, and how many more there are. */
export function listed(names: readonly string[], most = 5): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
