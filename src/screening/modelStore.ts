/**
 * The models that were imported, on this device and nowhere else: a folder each in the browser's private file system (OPFS), with the
 * manifest as the last file written. A folder without one is what an import left that was cut off, and is cleared away. The page reads
 * and removes; the import worker writes; the network worker reads. What changes the store holds its lock, over all tabs.
 */
import { MANIFEST_FILE } from '../nets/manifest.ts';
import type { FileLoader } from '../nets/modelFiles.ts';
import { ScreeningError } from './errors.ts';

const FOLDER = 'models';
const LOCK = 'plumbline.models';

/** Writes one whole file. Throws `QuotaExceededError` where there is no room. */
export type WriteFile = (folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array) => Promise<void>;

/** A model on its way into the store. */
export interface NewModel {
  manifest: { id: string };
  files: ReadonlyMap<string, Uint8Array>;
}

export interface StorePlace {
  root(): Promise<FileSystemDirectoryHandle>;
  /** Runs the work while nobody else changes the store. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export class ModelStore {
  readonly #place: StorePlace;

  constructor(place: StorePlace) {
    this.#place = place;
  }

  /** The ids of all models. Empty where the browser keeps no files for this page: then there are none. */
  async list(): Promise<string[]> {
    let models: FileSystemDirectoryHandle;
    try {
      models = await this.#models();
    } catch {
      return [];
    }
    return this.#place.alone(() => sweep(models));
  }

  /** Reads the files of one model. */
  loader(id: string): FileLoader {
    return async (name, limit, onBytes) => {
      const folder = await (await this.#models()).getDirectoryHandle(id);
      const file = await (await folder.getFileHandle(name)).getFile();
      if (file.size > limit) throw new Error(`it is longer than ${limit} bytes`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      onBytes?.(bytes.length);
      return bytes;
    };
  }

  /**
   * Keeps a new model: all of it or nothing. `make` is told which ids are taken and gives the model, with its files in the order in which
   * they are written, the manifest last. Throws {@link ScreeningError} `storage-full` or `storage-refused`.
   */
  async save<Model extends NewModel>(make: (taken: readonly string[]) => Model, write: WriteFile): Promise<Model> {
    const models = await this.#models();
    return this.#place.alone(async () => {
      const model = make(await sweep(models));
      const { id } = model.manifest;
      try {
        const folder = await models.getDirectoryHandle(id, { create: true });
        for (const [name, bytes] of model.files) await write(folder, name, bytes);
      } catch (error) {
        await models.removeEntry(id, { recursive: true }).catch(() => undefined);
        throw error instanceof DOMException && error.name === 'QuotaExceededError' ? full(model.files, error) : error;
      }
      return model;
    });
  }

  async remove(id: string): Promise<void> {
    const models = await this.#models();
    await this.#place.alone(() => models.removeEntry(id, { recursive: true }));
  }

  async #models(): Promise<FileSystemDirectoryHandle> {
    try {
      return await (await this.#place.root()).getDirectoryHandle(FOLDER, { create: true });
    } catch (error) {
      throw new ScreeningError(
        'storage-refused',
        'This browser keeps no files for this page, so no model can be imported here: leave the private window, or open the page over https.',
        { cause: error },
      );
    }
  }
}

/** The store of this browser. */
export function browserStore(): ModelStore {
  return new ModelStore({
    root: () => navigator.storage.getDirectory(),
    alone: (work) => navigator.locks.request(LOCK, work),
  });
}

async function sweep(models: FileSystemDirectoryHandle): Promise<string[]> {
  const ids: string[] = [];
  for await (const [id, handle] of models.entries()) {
    if (handle.kind === 'directory' && (await hasManifest(handle as FileSystemDirectoryHandle))) ids.push(id);
    // A worker that was ended a moment ago may still hold a file; then it goes the next time.
    else await models.removeEntry(id, { recursive: true }).catch(() => undefined);
  }
  return ids.sort();
}

async function hasManifest(folder: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    const file = await (await folder.getFileHandle(MANIFEST_FILE)).getFile();
    return file.size > 0;
  } catch {
    return false;
  }
}

function full(files: ReadonlyMap<string, Uint8Array>, cause: Error): ScreeningError {
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const size = `${Math.ceil(bytes / 1e6)} MB`;
  return new ScreeningError(
    'storage-full',
    `There is no room for this model, which takes ${size}. Remove a model or free space on this device, then import it again. Everything saved before is still there.`,
    { cause },
  );
}
