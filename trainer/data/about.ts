/** `dataset.json` beside a dataset's folders: what the data is and, where maps were drawn from poses, by which recipe. */
import { join } from 'node:path';
import * as v from 'valibot';
import { mapRecipeSchema } from '../../src/gait/recipe.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { readJsonFile } from '../files/jsonFile.ts';

export const ABOUT_FILE = 'dataset.json';

const aboutSchema = v.strictObject({
  schema: v.literal(1),
  /** Said of a model that was trained on it, e.g. "simulated walks, seed 7". */
  data: v.pipe(v.string(), v.minLength(1)),
  /** Are its people made up? */
  simulated: v.boolean(),
  /** What its skeleton maps were drawn by; null where it holds none that we drew. */
  recipe: v.nullable(mapRecipeSchema),
});

export type DatasetAbout = v.InferOutput<typeof aboutSchema>;

/** What the dataset says of itself; null where it says nothing. Throws {@link DataError} `unreadable`. */
export function readAbout(root: string): Promise<DatasetAbout | null> {
  return readJsonFile(join(root, ABOUT_FILE), aboutSchema);
}

export function writeAbout(root: string, about: DatasetAbout, part?: string): Promise<void> {
  return writeAtomically(join(root, ABOUT_FILE), aboutText(about), part);
}

/** As it stands in the file. */
export function aboutText(about: DatasetAbout): string {
  return `${JSON.stringify(about, null, 2)}\n`;
}
