/** A file that only ever grows. Every piece is handed to the system at once, so a process that is killed leaves all that it has said. */
import { open, type FileHandle } from 'node:fs/promises';
import { DataError, messageOf } from '../files/errors.ts';

export class AppendedFile {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /**
   * @param fresh refuses a file that is there already, with the system's error code EEXIST
   */
  static async open(path: string, fresh = false): Promise<AppendedFile> {
    return new AppendedFile(path, await open(path, fresh ? 'ax' : 'a'));
  }

  /** Throws {@link DataError} `unwritable` in a sentence. */
  async append(piece: Uint8Array | string): Promise<void> {
    try {
      await this.file.appendFile(piece);
    } catch (error) {
      const advice = 'make room, or see that it may be written, and run the same command again';
      throw new DataError('unwritable', `${this.path} can't be added to: ${messageOf(error)}; ${advice}.`, { cause: error });
    }
  }

  /** Waits until all of it is on the disk. */
  async close(): Promise<void> {
    await this.file.sync();
    await this.file.close();
  }
}
