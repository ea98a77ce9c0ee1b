/** What a job for OpenGait starts from: weights, and the config that they are trained by. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadManifest } from '../../src/nets/modelFiles.ts';
import { MANIFEST_FILE } from '../../src/nets/manifest.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { messageOf } from '../files/errors.ts';
import { folderLoader } from '../models/folderLoader.ts';
import { loadCheckpoint } from '../train/checkpoint.ts';
import { parseConfig, type TrainingConfig } from '../train/config.ts';
import { initialParameters } from '../train/initialise.ts';
import { readConfig } from '../train/readConfig.ts';
import { readRunRecord, RUN_FILE } from '../train/runRecord.ts';
import { startingPoint } from '../train/warmStart.ts';

export interface JobSource {
  config: TrainingConfig;
  parameters: Parameters;
  /** What the weights are of, in a few words. */
  from: string;
}

/**
 * @param path a run, one of its checkpoints, a model, a foreign checkpoint; or a config, for fresh weights
 * @param configPath another config than the one that the weights come with
 * Throws in a sentence.
 */
export async function openJobSource(path: string, configPath: string | null): Promise<JobSource> {
  if (path.endsWith('.json')) return freshSource(path, configPath);
  const config = configPath === null ? await ownConfig(path) : await readConfig(configPath);
  const { parameters, from } = await startingPoint({ ...config, warmStart: { optimiserState: false } }, path);
  return { config, parameters, from: from ?? path };
}

async function freshSource(path: string, configPath: string | null): Promise<JobSource> {
  if (configPath !== null)
    throw new Error(`${path} is a config already: leave --config out, or name what the weights come from.`);
  const config = await readConfig(path);
  if (config.warmStart !== null) {
    throw new Error(`${path} starts from a checkpoint (warmStart): export that checkpoint, with --config ${path}.`);
  }
  return { config, parameters: initialParameters(config.network, config.seed), from: `fresh weights, seed ${config.seed}` };
}

async function ownConfig(path: string): Promise<TrainingConfig> {
  const unknown = (why: string) => new Error(`${path} ${why}; name a config with --config.`);
  if (existsSync(join(path, RUN_FILE))) return (await readRunRecord(path)).config;
  if (existsSync(join(path, MANIFEST_FILE))) {
    const { origin } = await loadManifest(folderLoader(path));
    if (origin.kind !== 'trained') throw unknown("is an imported model, and doesn't say what it was trained by");
    return parsed(origin.config, unknown);
  }
  if (!existsSync(path)) throw new Error(`${path} can't be read: there is no such file.`);
  if (!path.endsWith('.safetensors')) throw unknown("doesn't say what it was trained by");
  const { config } = await loadCheckpoint(path);
  if (config === '') throw unknown("doesn't say what it was trained by");
  return parsed(JSON.parse(config), unknown);
}

function parsed(config: unknown, unknown: (why: string) => Error): TrainingConfig {
  try {
    return parseConfig(config);
  } catch (error) {
    throw Object.assign(unknown(`comes with a config that can't be read any more (${messageOf(error)})`), { cause: error });
  }
}
