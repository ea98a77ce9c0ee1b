/**
 * What of a session is still to be kept. A visit that can't be kept just now, because the records are locked or there is no room, stays here
 * until it can, however many people come after; only closing the page loses it, and the page warns before that.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Visit } from '../../records/visit.ts';
import type { Records } from '../records/records.svelte.ts';

interface Unkept {
  visit: Visit;
  /** By the ids of their walks. */
  recordings: ReadonlyMap<string, Blob>;
}

export class Keeper {
  /** By the visits' ids, in the order in which they came. */
  readonly unkept = new SvelteMap<string, Unkept>();
  busy = $state(false);
  /** Why the last try failed. */
  problem = $state.raw<unknown>(null);
  readonly #records: Pick<Records, 'save'>;
  #last: Promise<void> = Promise.resolve();

  constructor(records: Pick<Records, 'save'>) {
    this.#records = records;
  }

  /** Keeps a visit, in the place of a former state of it, and with it whatever is still to be kept. Never rejects. */
  keep(visit: Visit, recordings: ReadonlyMap<string, Blob>): Promise<void> {
    this.unkept.set(visit.id, { visit, recordings });
    return this.again();
  }

  /** Tries once more, one try after the other. Never rejects. */
  again(): Promise<void> {
    this.#last = this.#last.then(() => this.#keepAll());
    return this.#last;
  }

  /** One that can't be kept stands in the way of none of the others. */
  async #keepAll(): Promise<void> {
    this.busy = true;
    let problem: unknown = null;
    for (const unkept of [...this.unkept.values()]) {
      try {
        await this.#records.save(unkept.visit, unkept.recordings);
        // A newer state of it may have come meanwhile: that one stays.
        if (this.unkept.get(unkept.visit.id) === unkept) this.unkept.delete(unkept.visit.id);
      } catch (error) {
        problem ??= error;
      }
    }
    this.problem = problem;
    this.busy = false;
  }
}
