/**
 * The folder of a prepared dataset: it belongs to one recipe and one dataset of poses, which `dataset.json` in it names, so that training and
 * packaging know what its maps are and nothing else is mixed in.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { ABOUT_FILE, readAbout, writeAbout, type DatasetAbout } from './about.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import type { Dataset } from './dataset.ts';
import { DataError, messageOf } from '../files/errors.ts';
import { PARTITION_FILE } from './partition.ts';
import { SUBJECTS_FILE } from './subjects.ts';

/** What lies beside a dataset's folders and holds for the maps as it does for the poses. */
const COPIED = [PARTITION_FILE, SUBJECTS_FILE, 'severities.json'];

/**
 * Takes a new or empty folder, or finds that it has been taken for the same data and recipe. Throws {@link DataError}. The entries are read
 * first: another shard makes its first folder after it has said what the dataset is.
 */
export async function claimFolder(folder: string, source: Dataset, recipe: MapRecipe): Promise<void> {
  refuseNested(source.root, folder);
  const about = aboutPrepared(source, recipe);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new DataError('unwritable', `The folder ${folder} can't be made: ${messageOf(error)}.`, { cause: error });
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const earlier = await readAbout(folder);
  if (!earlier) {
    if (entries.some((entry) => entry.isDirectory() && !entry.name.startsWith('.'))) {
      throw new DataError('other-recipe', `${folder} holds folders and no ${ABOUT_FILE}: name a new folder for the maps.`);
    }
    return writeAbout(folder, about, partOf(join(folder, ABOUT_FILE)));
  }
  if (!isDeepStrictEqual(earlier.recipe, recipe)) {
    const other = earlier.recipe?.name === recipe.name ? 'another recipe of that name' : `the recipe ${earlier.recipe?.name}`;
    const what = earlier.recipe ? `maps by ${other}` : 'clips that were not prepared';
    throw new DataError(
      'other-recipe',
      `${folder} holds ${what}, where maps by the recipe ${recipe.name} are to be added: name a new folder for them.`,
    );
  }
  if (earlier.data !== about.data || earlier.simulated !== about.simulated) {
    throw new DataError(
      'other-recipe',
      `${folder} holds maps of ${earlier.data}, not of ${about.data}: name a new folder for them.`,
    );
  }
}

/**
 * Copies the files beside a dataset's folders, with `partition` in the place of its own where one is given. What is the same already is left
 * alone.
 */
export async function copyAlong(source: string, target: string, partition: string | null): Promise<void> {
  for (const name of COPIED) {
    const from = name === PARTITION_FILE && partition !== null ? partition : join(source, name);
    const content = await contentOf(from);
    const path = join(target, name);
    if (content === null || content === (await contentOf(path))) continue;
    await writeAtomically(path, content, partOf(path));
  }
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError('unreadable', `${path} can't be read: ${messageOf(error)}.`, { cause: error });
  }
}

/** Other shards may be writing the same file at this moment. */
function partOf(path: string): string {
  return `${path}.${randomUUID()}.part`;
}

function refuseNested(source: string, target: string): void {
  const lies = (inner: string, outer: string): boolean => {
    const way = relative(outer, inner);
    return way.split(sep)[0] !== '..' && !isAbsolute(way);
  };
  if (lies(source, target) || lies(target, source)) {
    throw new DataError(
      'layout',
      `${target} and the poses in ${source} lie in one another: name a folder of its own for the maps.`,
    );
  }
}

function aboutPrepared({ root, about }: Dataset, recipe: MapRecipe): DatasetAbout {
  return { schema: 1, data: about?.data ?? basename(root), simulated: about?.simulated ?? false, recipe };
}
