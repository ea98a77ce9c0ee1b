/** `--recipe NAME|FILE`: a preset by its name, or a recipe of one's own as JSON. */
import * as v from 'valibot';
import { mapRecipeSchema, type MapRecipe } from '../../src/gait/recipe.ts';
import { findRecipe, RECIPES } from '../../src/gait/recipes.ts';
import { readBytes } from '../files/arrayFile.ts';

/** Throws in a sentence that names the field that is wrong, or the presets there are. */
export async function readRecipe(nameOrFile: string): Promise<MapRecipe> {
  const preset = findRecipe(nameOrFile);
  if (preset) return preset;
  if (!nameOrFile.endsWith('.json')) {
    throw new Error(
      `There is no map recipe "${nameOrFile}"; there are ${recipeNames()}, or a recipe of your own in a .json file.`,
    );
  }
  const result = v.safeParse(mapRecipeSchema, parseJson(await readBytes(nameOrFile), nameOrFile));
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`${nameOrFile} is no map recipe: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
}

export function recipeNames(): string {
  return Object.keys(RECIPES).join(', ');
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
}
