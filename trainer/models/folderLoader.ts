/** A model's files from a folder on disk. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileLoader } from '../../src/nets/modelFiles.ts';

export function folderLoader(folder: string): FileLoader {
  return async (file, limit, onBytes) => {
    const path = join(folder, file);
    const { size } = await stat(path);
    if (size > limit) throw new Error(`it is longer than ${limit} bytes`);
    const bytes = new Uint8Array(await readFile(path));
    onBytes?.(bytes.length);
    return bytes;
  };
}
