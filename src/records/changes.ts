/** Tells every tab, this one too, that something of the records has changed, so that lists are read again. What changed stays unsaid. */
import type { RecordEnvironment } from './environment.ts';

export type Change = 'visits' | 'settings' | 'lock';

const CHANGES: readonly unknown[] = ['visits', 'settings', 'lock'] satisfies Change[];

export class Changes {
  readonly #channel: ReturnType<RecordEnvironment['channel']>;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(channel: ReturnType<RecordEnvironment['channel']>) {
    this.#channel = channel;
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isChange(data)) this.#pass(data);
    };
  }

  /** Returns what ends the listening. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    this.#channel.postMessage(change);
    this.#pass(change);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel.close();
  }

  #pass(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** A tab with another version may say what this one doesn't know. */
function isChange(data: unknown): data is Change {
  return CHANGES.includes(data);
}
