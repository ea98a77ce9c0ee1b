/** A device with its storage, and the tabs on it: what the records need of a browser, in memory. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDatabase, putRow } from '../../../src/records/database.ts';
import type { RecordEnvironment } from '../../../src/records/environment.ts';
import type { RowKey } from '../../../src/records/layout.ts';
import { RecordStore } from '../../../src/records/recordStore.ts';

type Channel = ReturnType<RecordEnvironment['channel']>;

export class Device {
  readonly factory = new IDBFactory();
  /** What the clock shows. */
  now = new Date('2026-03-02T12:00:00Z');
  readonly #channels = new Set<Channel>();
  #last: Promise<unknown> = Promise.resolve();

  environment(other: Partial<RecordEnvironment> = {}): RecordEnvironment {
    return {
      indexedDB: () => this.factory,
      alone: (work) => this.#alone(work),
      channel: () => this.#channel(),
      storage: undefined,
      now: () => this.now,
      // A passphrase is derived slowly on purpose.
      iterations: 2,
      ...other,
    };
  }

  /** Another tab with the records. */
  open(other: Partial<RecordEnvironment> = {}): Promise<RecordStore> {
    return RecordStore.open(this.environment(other));
  }

  /** Puts a row in the database past the store. */
  async put(store: string, key: RowKey, row: unknown): Promise<void> {
    const raw = await openDatabase(() => this.factory);
    await putRow(raw, store, key, row);
    raw.close();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #channel(): Channel {
    const channel: Channel = {
      onmessage: null,
      postMessage: (data: unknown) => {
        for (const other of this.#channels) {
          if (other !== channel) other.onmessage?.call(other as BroadcastChannel, new MessageEvent('message', { data }));
        }
      },
      close: () => this.#channels.delete(channel),
    };
    this.#channels.add(channel);
    return channel;
  }
}
