/** A folder of the browser's private file system as far as the store of models uses it, in memory. */
import type { WriteFile } from '../../../src/screening/modelStore.ts';

export class MemoryFolder {
  readonly kind = 'directory';
  readonly folders = new Map<string, MemoryFolder>();
  readonly files = new Map<string, Uint8Array>();

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<MemoryFolder> {
    const folder = this.folders.get(name) ?? (create ? new MemoryFolder() : null);
    if (!folder) throw new DOMException(`There is no folder ${name}.`, 'NotFoundError');
    this.folders.set(name, folder);
    return folder;
  }

  async getFileHandle(name: string): Promise<{ kind: 'file'; getFile(): Promise<File> }> {
    const bytes = this.files.get(name);
    if (!bytes) throw new DOMException(`There is no file ${name}.`, 'NotFoundError');
    return { kind: 'file', getFile: async () => new File([bytes.slice()], name) };
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.folders.delete(name) && !this.files.delete(name)) throw new DOMException(`There is no ${name}.`, 'NotFoundError');
  }

  async *entries(): AsyncGenerator<[string, MemoryFolder | { kind: 'file' }]> {
    yield* this.folders;
    for (const name of this.files.keys()) yield [name, { kind: 'file' }];
  }
}

/** As the import worker writes; with room for so many bytes. */
export function memoryWriter(room = Infinity): WriteFile {
  let left = room;
  return async (folder, name, bytes) => {
    const { files } = folder as unknown as MemoryFolder;
    left -= bytes.length;
    files.set(name, left < 0 ? bytes.subarray(0, 1) : bytes.slice());
    if (left < 0) throw new DOMException('No room.', 'QuotaExceededError');
  };
}
