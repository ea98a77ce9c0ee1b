/**
 * The passphrase on everything that is kept about people: visits with codes and keypoints, recordings, and what lists are made from. Settings
 * are about the site and stay readable. The key is held by this tab alone, until it is locked or closed. There is no way back without the
 * passphrase. What a browser wrote before the passphrase was set may lie on its disk until it tidies up.
 *
 * Putting everything under a passphrase, and taking it out, goes row by row, since recordings don't fit into memory together. Which way it
 * goes is kept, and rows say by themselves whether they are sealed; so one that was cut off leaves records that can be read with the
 * passphrase, and is finished when it is entered next.
 */
import type { IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { keysOf, putRow, rowAt, transact } from './database.ts';
import type { RecordEnvironment } from './environment.ts';
import { codeOf } from '../screening/errors.ts';
import { recordsLocked, RecordError } from './errors.ts';
import { PERSONAL_STORES, SITE, type PersonalStore, type RowKey } from './layout.ts';
import { newKey, unwrapKey, wrapAgain, wrappedKeySchema } from './passphrase.ts';
import { fromRow, isSealed, placeOf, toRow, type RowSeal } from './rows.ts';

const keptSchema = v.strictObject({ ...wrappedKeySchema.entries, stage: v.picklist(['sealing', 'sealed', 'unsealing']) });

type KeptKey = v.InferOutput<typeof keptSchema>;

export const KEPT_KEY = 'key';

/** `off`: there is no passphrase. */
export type LockState = 'off' | 'locked' | 'open';

export class RecordLock {
  readonly #database: IDBPDatabase;
  readonly #environment: Pick<RecordEnvironment, 'alone' | 'iterations'>;
  readonly #changed: () => void;
  #held: { id: string; key: CryptoKey } | null = null;

  constructor(database: IDBPDatabase, environment: Pick<RecordEnvironment, 'alone' | 'iterations'>, changed: () => void) {
    this.#database = database;
    this.#environment = environment;
    this.#changed = changed;
  }

  /** Another tab may have changed it since. */
  async state(): Promise<LockState> {
    const kept = await this.#kept();
    if (!kept) return 'off';
    return this.#held?.id === kept.id ? 'open' : 'locked';
  }

  /** What rows are sealed with; null where there is no passphrase. Throws {@link RecordError} `records-locked`. */
  async sealing(): Promise<RowSeal | null> {
    const kept = await this.#kept();
    if (!kept) return null;
    if (this.#held?.id !== kept.id) throw recordsLocked();
    return { key: this.#held.key, everywhere: kept.stage === 'sealed' };
  }

  /** Throws {@link RecordError} `wrong-passphrase`. Finishes what was cut off. */
  async unlock(passphrase: string): Promise<void> {
    await this.#environment.alone(() => this.#unlock(passphrase));
    this.#changed();
  }

  /** Forgets the key, in this tab. */
  lock(): void {
    this.#held = null;
    this.#changed();
  }

  /** Puts everything under a passphrase. Where one was set meanwhile, in another tab, that one stays: throws `records-locked`. */
  async turnOn(passphrase: string): Promise<void> {
    await this.#environment.alone(async () => {
      if (await this.#kept()) throw recordsLocked();
      const { wrapped, key } = await newKey(passphrase, this.#environment.iterations);
      const kept: KeptKey = { ...wrapped, stage: 'sealing' };
      await putRow(this.#database, SITE, KEPT_KEY, kept);
      this.#held = { id: wrapped.id, key };
      await this.#finish(kept, key);
    });
    this.#changed();
  }

  /** Takes everything out again. Throws {@link RecordError} `wrong-passphrase`. */
  async turnOff(passphrase: string): Promise<void> {
    await this.#environment.alone(async () => {
      await this.#unlock(passphrase);
      const kept = await this.#kept();
      if (!kept || !this.#held) return;
      const leaving: KeptKey = { ...kept, stage: 'unsealing' };
      await putRow(this.#database, SITE, KEPT_KEY, leaving);
      await this.#finish(leaving, this.#held.key);
    });
    this.#changed();
  }

  /** Only the key is wrapped anew. Throws {@link RecordError} `wrong-passphrase`; the former passphrase then goes on. */
  async change(former: string, next: string): Promise<void> {
    await this.#environment.alone(async () => {
      const kept = await this.#kept();
      if (!kept) return;
      const wrapped = await wrapAgain(kept, former, next, this.#environment.iterations);
      await putRow(this.#database, SITE, KEPT_KEY, { ...wrapped, stage: kept.stage });
    });
  }

  async #unlock(passphrase: string): Promise<void> {
    const kept = await this.#kept();
    if (!kept) return;
    const key = await unwrapKey(kept, passphrase);
    this.#held = { id: kept.id, key };
    await this.#finish(kept, key);
  }

  async #kept(): Promise<KeptKey | null> {
    const stored = await rowAt(this.#database, SITE, KEPT_KEY);
    if (stored === undefined) return null;
    const { success, output } = v.safeParse(keptSchema, stored);
    if (success) return output;
    throw new RecordError(
      'record-damaged',
      'What the records are locked with is damaged, and so they can’t be read any more. Delete all records, and import an exported file.',
    );
  }

  async #finish(kept: KeptKey, key: CryptoKey): Promise<void> {
    if (kept.stage === 'sealed') return;
    for (const store of PERSONAL_STORES) {
      for (const at of await keysOf(this.#database, store)) await this.#turn(store, at, key, kept.stage === 'sealing');
    }
    if (kept.stage === 'sealing') {
      await putRow(this.#database, SITE, KEPT_KEY, { ...kept, stage: 'sealed' } satisfies KeptKey);
    } else {
      await transact(this.#database, [SITE], 'readwrite', (transaction) => transaction.objectStore(SITE).delete(KEPT_KEY));
      this.#held = null;
    }
  }

  /** Seals a row, or unseals it, where it isn't yet. One that was damaged before stands in nobody's way. */
  async #turn(store: PersonalStore, at: RowKey, key: CryptoKey, sealing: boolean): Promise<void> {
    const row = await rowAt(this.#database, store, at);
    if (isSealed(row) === sealing) return;
    const place = placeOf(store, at);
    const seal: RowSeal = { key, everywhere: false };
    const content = await fromRow(row, place, seal).catch((error: unknown) => {
      if (codeOf(error) !== 'record-damaged') throw error;
      return null;
    });
    // What can't be unsealed now never will be. It is kept as damaged: a sealed row that is left would be taken for a locked one.
    if (content || !sealing)
      await putRow(this.#database, store, at, await toRow(content ?? NOTHING, place, sealing ? seal : null));
  }
}

const NOTHING = new Uint8Array();
