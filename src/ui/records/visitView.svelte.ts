/** One kept visit as it is looked at: read from the records, and read anew when something of it has changed. */
import type { Visit } from '../../records/records.ts';
import type { Records } from './records.svelte.ts';

export class VisitView {
  visit = $state.raw<Visit | null>(null);
  /** The other visits of the same code, the newest first. */
  others = $state.raw<readonly Visit[]>([]);
  problem = $state.raw<unknown>(null);
  readonly #records: Records;
  readonly #id: string;

  constructor(records: Records, id: string) {
    this.#records = records;
    this.#id = id;
  }

  async look(): Promise<void> {
    await this.#attempt(() => Promise.resolve());
  }

  async setFollowUp(followUp: Visit['followUp']): Promise<void> {
    await this.#attempt(async () => (await this.#records.store()).update(this.#id, { followUp }));
  }

  async setNotes(notes: string): Promise<void> {
    await this.#attempt(async () => (await this.#records.store()).update(this.#id, { notes }));
  }

  /** Takes the place of what was kept: a walk was computed again without some of its frames. */
  async replace(visit: Visit): Promise<void> {
    await this.#attempt(() => this.#records.save(visit));
  }

  /** Whether it is gone. */
  async delete(): Promise<boolean> {
    this.problem = null;
    try {
      await (await this.#records.store()).delete([this.#id]);
      return true;
    } catch (error) {
      this.problem = error;
      return false;
    }
  }

  async recording(walk: string): Promise<Blob | null> {
    return (await this.#records.store()).recording(this.#id, walk);
  }

  /** Does it, and reads the visit again. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
      const store = await this.#records.store();
      const visit = await store.read(this.#id);
      const { found } = await store.ofParticipant(visit.participant.code);
      this.visit = visit;
      this.others = found.filter(({ id }) => id !== this.#id);
    } catch (error) {
      this.problem = error;
    }
  }
}
