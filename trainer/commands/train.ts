/** `train CONFIG --out DIR [--engine NAME]`: trains a network on simulated walks, or goes on where a stopped run left off. */
import { readFile } from 'node:fs/promises';
import { parseConfig } from '../train/config.ts';
import { train } from '../train/run.ts';
import type { Command } from './command.ts';
import { parseRunArguments } from './runArguments.ts';

/** Steps whose mean time gives the time left. */
const RECENT_STEPS = 20;

export const command: Command = {
  summary: 'trains a network on simulated walks, or goes on with a stopped run',
  usage: 'CONFIG --out DIR [--engine webgpu|native|wasm|cpu]',
  help: [
    'CONFIG    a .json file, as in trainer/configs',
    '--out     the folder of the run; what is there already is gone on with',
    '--engine  what computes; the best of this machine where it is left out',
  ],

  async run(args) {
    const { folder: configPath, out, engine } = await parseRunArguments(args, 'train');
    if (out === undefined) throw new Error('train needs a folder for the run: --out DIR.');
    const config = parseConfig(JSON.parse(await readFile(configPath, 'utf8')));
    console.log(`${engine.name}: ${engine.description}`);
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    const pace: number[] = [];
    const done = await train(out, config, stop.signal, (step) => {
      pace.push(step.seconds);
      const recent = pace.slice(-RECENT_STEPS);
      const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
      const left = ((config.iterations - step.iteration - 1) * mean) / 60;
      const figures = `loss ${step.loss.toFixed(3)} (ce ${step.crossEntropy.toFixed(3)}, triplet ${step.triplet.toFixed(3)})`;
      const progress = `${step.iteration + 1}/${config.iterations}`;
      const time = `${step.seconds.toFixed(1)} s, ${left.toFixed(0)} min left`;
      console.log(`${progress} ${figures} accuracy ${(100 * step.accuracy).toFixed(0)} % ${time}`);
    });
    console.log(done < config.iterations ? `Stopped after ${done} iterations; run again to go on.` : 'Done.');
  },
};
