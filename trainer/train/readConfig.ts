/** Configs as files: small ones that say what differs, from the defaults or from another file that they extend. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseConfig, type TrainingConfig } from './config.ts';

/** More than anyone needs; a file that extends itself ends here. */
const DEEPEST = 8;

/** Reads a `.json` config with everything it extends. Throws in a sentence that names the file. */
export async function readConfig(path: string): Promise<TrainingConfig> {
  const value = await readLayers(path, 0);
  try {
    return parseConfig(value);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function readLayers(path: string, depth: number): Promise<unknown> {
  if (depth > DEEPEST) throw new Error(`${path} extends itself, or is ${DEEPEST} files deep.`);
  const value = parseJson(await readText(path), path);
  if (!isSection(value) || !('extends' in value)) return value;
  const { extends: base, ...own } = value;
  if (typeof base !== 'string') throw new Error(`${path}: "extends" has to be the path of a config.`);
  return merge(await readLayers(resolve(dirname(path), base), depth + 1), own);
}

/** Sections key by key; everything else, and a section that becomes another kind, as a whole. */
export function merge(under: unknown, over: unknown): unknown {
  if (!isSection(under) || !isSection(over)) return over;
  if ('kind' in over && over['kind'] !== under['kind']) return over;
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) merged[key] = key in under ? merge(under[key], value) : value;
  return merged;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`There is no config ${path}.`, { cause: error });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}
