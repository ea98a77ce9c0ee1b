/** `settle RUN [--engine NAME]`: gives the neck of a finished run the statistics of whole walks; writes `settled.safetensors`. */
import { join } from 'node:path';
import { CHECKPOINT_FILE, requireRecipe, SETTLED_FILE } from '../train/run.ts';
import { loadCheckpoint, saveCheckpoint } from '../train/checkpoint.ts';
import { parseConfig } from '../train/config.ts';
import { settleNeck } from '../train/settleNeck.ts';
import type { Command } from './command.ts';
import { parseRunArguments } from './runArguments.ts';

const SAY_EVERY = 20;

export const command: Command = {
  summary: 'gives the neck of a finished run the statistics of whole walks',
  usage: 'RUN [--engine webgpu|native|wasm|cpu]',
  help: ['RUN  the folder of a run that is done'],

  async run(args) {
    const { folder, engine } = await parseRunArguments(args, 'settle');
    console.log(`${engine.name}: ${engine.description}`);
    const checkpoint = await loadCheckpoint(join(folder, CHECKPOINT_FILE));
    const { architecture, classShares, recipe, settle } = parseConfig(JSON.parse(checkpoint.config));
    const walks = { ...settle, classShares };
    const parameters = await settleNeck(architecture, checkpoint.parameters, walks, requireRecipe(recipe), (done) => {
      if (done % SAY_EVERY === 0) console.log(`${done}/${settle.people} walks`);
    });
    await saveCheckpoint(join(folder, SETTLED_FILE), { ...checkpoint, parameters, optimiserState: new Map() });
    console.log(`Done: the neck's statistics are those of ${settle.people} whole walks.`);
  },
};
