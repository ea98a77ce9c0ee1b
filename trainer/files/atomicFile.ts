/** Files that are there whole or not at all: checkpoints, datasets, reports. */
import { open, rename, rm } from 'node:fs/promises';
import { DataError, messageOf } from './errors.ts';

/** What the system says of a full disk, and of a user who may have no more of it. */
const FULL = ['ENOSPC', 'EDQUOT'];

/**
 * Writes beside the target, waits until it is on the disk, and renames. Where that fails the target is what it was before, and nothing
 * is left beside it. Throws {@link DataError} `disk-full` or `unwritable`, in a sentence.
 *
 * @param part the file in the making; one of its own where several processes may write the same target
 */
export async function writeAtomically(path: string, content: Uint8Array | string, part = `${path}.part`): Promise<void> {
  try {
    const file = await open(part, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && FULL.includes(code)) {
      const advice = 'nothing half-written is left. Make room and run it again.';
      throw new DataError('disk-full', `The disk is full, and ${path} could not be saved; ${advice}`, { cause: error });
    }
    throw new DataError('unwritable', `${path} can't be saved: ${messageOf(error)}.`, { cause: error });
  }
}
