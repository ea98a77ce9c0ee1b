/** Where a model's files are: on the server that the page came from, or in this device's store. As data, so that it crosses to a worker. */
import { urlLoader, type FileLoader } from '../nets/modelFiles.ts';
import { browserStore } from './modelStore.ts';

export type ModelSource =
  /** Absolute URL of the model's folder, ending in a slash. */
  | { place: 'served'; url: string }
  /** By its id. */
  | { place: 'stored'; id: string };

/** Reads the model's files, from the page or from any worker. */
export function sourceLoader(source: ModelSource): FileLoader {
  return source.place === 'served' ? urlLoader(source.url) : browserStore().loader(source.id);
}
