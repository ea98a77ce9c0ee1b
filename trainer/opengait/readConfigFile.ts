/** `--opengait-config FILE`: a config from OpenGait's YAML. */
import { readBytes } from '../files/arrayFile.ts';
import { messageOf } from '../files/errors.ts';
import { parseConfig, type TrainingConfig } from '../train/config.ts';
import { readOpenGaitConfig } from './readConfig.ts';

/** Throws in a sentence that names the file. */
export async function readOpenGaitFile(path: string): Promise<{ config: TrainingConfig; notes: string[] }> {
  const bytes = await readBytes(path);
  try {
    const { config, notes } = readOpenGaitConfig(new TextDecoder().decode(bytes));
    return { config: parseConfig(config), notes };
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}
