/**
 * Everything that can be wrong with the files the trainer reads and writes, and with a dataset of them, each in a sentence that names the
 * file or folder.
 *
 * - `unreadable`: a file or folder can't be opened, is damaged, or is a pickle that asks for anything but arrays.
 * - `layout`: folders that are not `<id>/<class>/<view>`, a class nobody knows.
 * - `empty`: no clip, no file in a clip, or no frame in a file.
 * - `length`: files of one clip that differ in their number of frames.
 * - `modality`: an array that is no pose, map, vector or silhouette, or not the one that is asked for.
 * - `partition`: a partition that doesn't fit the dataset.
 * - `other-recipe`: a folder that holds something else than what is to be added.
 * - `disk-full`: nothing more can be saved.
 * - `unwritable`: a file can't be saved for another reason.
 */
export type DataErrorCode =
  'unreadable' | 'layout' | 'empty' | 'length' | 'modality' | 'partition' | 'other-recipe' | 'disk-full' | 'unwritable';

export class DataError extends Error {
  override readonly name = 'DataError';
  constructor(
    readonly code: DataErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is wrong, for a message of ours: of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
