/** Storage that fails at a given write, as a disk does that is full or a page that is closed. */
import { IDBObjectStore } from 'fake-indexeddb';
import { vi } from 'vitest';

/** The nth write from now on, and all after it, throw what a browser throws. Returns what ends that. */
export function failAtWrite(nth: number, name = 'QuotaExceededError'): () => void {
  const real = Reflect.get(IDBObjectStore.prototype, 'put');
  let count = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    count += 1;
    if (count >= nth) throw new DOMException('It fails.', name);
    return real.apply(this, args);
  });
  return () => spy.mockRestore();
}

/** As most browsers do it: the writes seem to succeed, and the whole transaction is ended for want of room when they are carried out. */
export function failAtTheEnd(): () => void {
  const real = Reflect.get(IDBObjectStore.prototype, 'put');
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    const asked = real.apply(this, args);
    const { transaction } = this as unknown as { transaction: { _abort(name: string): void } };
    asked.addEventListener('success', () => transaction._abort('QuotaExceededError'));
    return asked;
  });
  return () => spy.mockRestore();
}
