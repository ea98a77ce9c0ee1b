/** The models on this device as the page shows them: which there are, whose card is open, which is in use or about to be. */
import type { ShelvedModel } from '../screening/modelShelf.ts';
import type { Announcer } from './announcer.svelte.ts';
import type { Device } from './device.svelte.ts';
import { problemOf, type Sentence } from './problem.ts';
import { words } from './words.ts';

export class Models {
  /** null until they have been looked up. */
  shelved = $state.raw<ShelvedModel[] | null>(null);
  /** The id of the model whose card is shown; the one in use where nobody chose. */
  #chosen = $state<string | null>(null);
  /** The id of the model that is about to be used. */
  changingTo = $state<string | null>(null);
  /** What went wrong with the last thing that was asked. */
  problem = $state.raw<Sentence | null>(null);
  readonly #device: Device;
  readonly #announcer: Announcer;

  constructor(device: Device, announcer: Announcer) {
    this.#device = device;
    this.#announcer = announcer;
  }

  get shown(): ShelvedModel | null {
    const shelved = this.shelved ?? [];
    return this.#find(this.#chosen) ?? this.#find(this.#device.model) ?? shelved[0] ?? null;
  }

  get anyImported(): boolean {
    return (this.shelved ?? []).some(({ source }) => source.place === 'stored');
  }

  show(id: string): void {
    this.#chosen = id;
    this.problem = null;
  }

  /** Looks them up again; what an import that was cut off has left is cleared away with it. */
  async look(): Promise<void> {
    try {
      this.shelved = await this.#device.screener.shelf.list();
    } catch (error) {
      this.#fail(() => problemOf(error));
    }
  }

  async use(id: string): Promise<void> {
    this.problem = null;
    this.changingTo = id;
    try {
      await this.#device.use(id);
      this.#announcer.say(words.models.nowInUse(this.#nameOf(id)));
    } catch (error) {
      this.#fail(() => words.models.changeFailed(problemOf(error)));
    } finally {
      this.changingTo = null;
    }
  }

  /** Takes an imported model off this device; where it was in use, the first of the served ones takes its place. */
  async remove(id: string): Promise<void> {
    this.problem = null;
    const name = this.#nameOf(id);
    try {
      const standard = this.shelved?.[0]?.id;
      if (this.#device.model === id && standard !== undefined) await this.#device.use(standard);
      await this.#device.screener.shelf.remove(id);
      this.#chosen = null;
      await this.look();
      this.#announcer.say(words.models.removed(name));
    } catch (error) {
      this.#fail(() => problemOf(error));
    }
  }

  #find(id: string | null): ShelvedModel | undefined {
    return this.shelved?.find((model) => model.id === id);
  }

  #nameOf(id: string): string {
    return this.#find(id)?.manifest?.name ?? id;
  }

  #fail(problem: Sentence): void {
    this.problem = problem;
    this.#announcer.say(problem());
  }
}
