/** `tune RUN [--engine NAME]`: the second stage of a finished run, the head on whole walks; writes `tuned.safetensors` beside the checkpoint. */
import { join } from 'node:path';
import { CHECKPOINT_FILE, requireRecipe, TUNED_FILE } from '../train/run.ts';
import { loadCheckpoint, saveCheckpoint } from '../train/checkpoint.ts';
import { parseConfig } from '../train/config.ts';
import { tuneHead } from '../train/tuneHead.ts';
import { CLASSIFIER_RATE } from '../../src/gait/cadence.ts';
import { parseRunArguments } from './runArguments.ts';

export const command = {
  summary: 'RUN [--engine NAME]   trains the head of a finished run on whole walks, backbone frozen',

  async run(args: string[]): Promise<void> {
    const { folder, engine } = await parseRunArguments(args, 'tune');
    console.log(`${engine.name}: ${engine.description}`);
    const checkpoint = await loadCheckpoint(join(folder, CHECKPOINT_FILE));
    const config = parseConfig(JSON.parse(checkpoint.config));
    const { seed, people, frames, ...head } = config.head;
    const walks = { seed, people, maxFrames: frames, classShares: config.classShares, recipe: requireRecipe(config.recipe) };
    const { weightDecay, labelSmoothing, triplet } = config;
    const parameters = await tuneHead(
      config.architecture,
      checkpoint.parameters,
      { walks, ...head, weightDecay, labelSmoothing, triplet, seed },
      ({ stage, done, of, heldOutLoss }) => {
        if (heldOutLoss !== null)
          console.log(`${stage} ${done}/${of} cross-entropy on people kept out ${heldOutLoss.toFixed(3)}`);
        else if (done % 20 === 0) console.log(`${stage} ${done}/${of}`);
      },
    );
    await saveCheckpoint(join(folder, TUNED_FILE), { ...checkpoint, parameters, optimiserState: new Map() });
    console.log(`Done: ${people} walks of at most ${(frames / CLASSIFIER_RATE).toFixed(1)} s.`);
  },
};
