/** `maps POSE --recipe NAME|FILE --out OUT.npy`: a walk's poses as the skeleton maps a network is fed with. */
import { parseArgs } from 'node:util';
import { MAP_CHANNELS, MAP_SIZE, renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { writeArrayFile } from '../files/arrayFile.ts';
import { readPoseFile } from '../files/poseFile.ts';
import { positionals, required, type Command } from './command.ts';
import { readRecipe, recipeNames } from './recipeArgument.ts';

export const command: Command = {
  summary: 'draws the skeleton maps of a walk',
  usage: 'POSE --recipe NAME|FILE --out OUT.npy',
  help: [
    'POSE      [frames, 17, 3] of x, y and confidence, .npy or pickled; a coordinate of 0 is one that was not seen',
    `--recipe  ${recipeNames()}, or a .json file`,
    '--out     uint8 [frames, 2, 64, 64], limbs first, before the columns are cut',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { recipe: { type: 'string' }, out: { type: 'string' } },
    });
    const [pose] = positionals(given, 'POSE');
    const recipe = await readRecipe(required(values.recipe, 'recipe', `name one of ${recipeNames()}, or a .json file`));
    const out = required(values.out, 'out', 'name the .npy file to write');
    const keypoints = await readPoseFile(pose);
    const maps = renderSkeletonMaps(keypoints, recipe);
    const frames = keypoints.length / POSE_LENGTH;
    await writeArrayFile(out, { dtype: 'uint8', shape: [frames, MAP_CHANNELS, MAP_SIZE, MAP_SIZE], data: maps });
    console.log(`${frames} maps of the recipe ${recipe.name} written to ${out}.`);
  },
};
