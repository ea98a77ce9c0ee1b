/** Setting, changing and taking off the passphrase on the records; each may take a while, since every record is written anew. */
import type { RecordStore } from '../../records/records.ts';
import type { Records } from '../records/records.svelte.ts';

/** Letters. The key is derived slowly, which makes guessing dear and doesn't make up for a short one. */
const SHORTEST = 12;

export class PassphraseForm {
  current = $state('');
  next = $state('');
  again = $state('');
  busy = $state<'on' | 'off' | 'change' | null>(null);
  problem = $state.raw<unknown>(null);
  /** It was changed just now. */
  changed = $state(false);
  readonly #records: Records;

  /** What keeps a new one from being taken; null where nothing does. */
  readonly complaint = $derived.by((): 'short' | 'differs' | null => {
    if (this.next.length < SHORTEST) return 'short';
    return this.next === this.again ? null : 'differs';
  });

  constructor(records: Records) {
    this.#records = records;
  }

  turnOn(): Promise<void> {
    return this.#run('on', (lock) => lock.turnOn(this.next));
  }

  turnOff(): Promise<void> {
    return this.#run('off', (lock) => lock.turnOff(this.current));
  }

  async change(): Promise<void> {
    await this.#run('change', (lock) => lock.change(this.current, this.next));
    this.changed = this.problem === null;
  }

  async #run(what: 'on' | 'off' | 'change', work: (lock: RecordStore['lock']) => Promise<void>): Promise<void> {
    this.busy = what;
    this.problem = null;
    this.changed = false;
    try {
      await work((await this.#records.store()).lock);
      this.current = '';
      this.next = '';
      this.again = '';
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = null;
    }
  }
}
