/** All models that this page can run: the ones it was served with, and the ones imported on this device. */
import type { ModelManifest } from '../nets/manifest.ts';
import { loadManifest, loadModelIndex, urlLoader, type FileLoader } from '../nets/modelFiles.ts';
import { ScreeningError } from './errors.ts';
import { sourceLoader, type ModelSource } from './modelSource.ts';
import { browserStore, type ModelStore } from './modelStore.ts';

/** A model that was found, with what it says of itself. */
export interface LocatedModel {
  source: ModelSource;
  manifest: ModelManifest;
}

export interface ShelvedModel {
  id: string;
  source: ModelSource;
  /** null where it can't be read; then `error` says why. */
  manifest: ModelManifest | null;
  error: Error | null;
}

export interface ShelfEnvironment {
  store: Pick<ModelStore, 'list' | 'remove'>;
  loader: (source: ModelSource) => FileLoader;
  index: (models: string) => FileLoader;
}

export class ModelShelf {
  readonly #models: string;
  readonly #environment: ShelfEnvironment;

  /** @param base the app's folder: served models are below it, in `models` */
  constructor(base: string, environment: Partial<ShelfEnvironment> = {}) {
    this.#models = new URL('models/', base).href;
    this.#environment = { store: browserStore(), loader: sourceLoader, index: urlLoader, ...environment };
  }

  /** Every model, the served ones first and of these the default first. A model that can't be read is listed with the reason. */
  async list(): Promise<ShelvedModel[]> {
    const [served, stored] = await Promise.all([this.#served(), this.#environment.store.list()]);
    const ids = [
      ...served.map((id) => ({ id, source: this.#servedSource(id) })),
      ...stored.map((id) => ({ id, source: { place: 'stored', id } as const })),
    ];
    return Promise.all(
      ids.map(async ({ id, source }) => {
        try {
          return { id, source, manifest: (await this.#locate(source)).manifest, error: null };
        } catch (error) {
          return { id, source, manifest: null, error: error as Error };
        }
      }),
    );
  }

  /** The model of that id; null where there is none. Throws NetError `manifest-invalid` for one that can't be read. */
  async find(id: string): Promise<LocatedModel | null> {
    if ((await this.#served()).includes(id)) return this.#locate(this.#servedSource(id));
    if ((await this.#environment.store.list()).includes(id)) return this.#locate({ place: 'stored', id });
    return null;
  }

  /** The model that is used unless another one is chosen. */
  async standard(): Promise<LocatedModel> {
    return this.#locate(this.#servedSource((await this.#served())[0]!));
  }

  /** Takes an imported model off this device. */
  async remove(id: string): Promise<void> {
    if ((await this.#served()).includes(id)) {
      throw new ScreeningError('model-served', 'This model belongs to the page, and stays with it.');
    }
    await this.#environment.store.remove(id);
  }

  /** The ids of the served models; one at least. */
  #served(): Promise<string[]> {
    return loadModelIndex(this.#environment.index(this.#models));
  }

  #servedSource(id: string): ModelSource {
    return { place: 'served', url: new URL(`${id}/`, this.#models).href };
  }

  async #locate(source: ModelSource): Promise<LocatedModel> {
    return { source, manifest: await loadManifest(this.#environment.loader(source)) };
  }
}
