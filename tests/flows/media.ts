/**
 * Real clips for the flows. They are large and not ours to pass on, so they are not part of the project: they lie in the folder
 * that PLUMBLINE_MEDIA names, or beside the project in `../shared/media/clips`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BESIDE = fileURLToPath(new URL('../../../shared/media/clips', import.meta.url));
const NAMED = process.env['PLUMBLINE_MEDIA'];
const FOLDERS = NAMED ? [NAMED, BESIDE] : [BESIDE];

/** The clip's path, or null where this machine hasn't got it. */
export function mediaPath(name: string): string | null {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Why a flow with these clips is skipped, for `test.skip(reason !== '', reason)`; empty where all are here. */
export function mediaAbsence(...names: string[]): string {
  const missing = names.filter((name) => mediaPath(name) === null);
  return missing.length > 0 ? `no clip ${missing.join(', ')}: name a folder that has it in PLUMBLINE_MEDIA` : '';
}
