/**
 * A worker without a thread: comlink over a MessageChannel, with a `terminate` that cuts it off as a real one does, and a way to
 * make it fail. What the browser adds (real threads, real termination) is tested in tests/browser.
 */
import { expose, type Endpoint } from 'comlink';
import type { WorkerLike } from '../../../src/screening/bridge.ts';

export class FakeWorker implements WorkerLike {
  terminated = false;
  readonly #page: MessagePort;
  readonly #inside: MessagePort;
  readonly #listeners = new Map<string, Set<(event: Event) => void>>();

  constructor(face: object) {
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    expose(face, port2 as unknown as Endpoint);
    this.#page.addEventListener('message', (event) => this.#emit('message', event));
    this.#page.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.terminated) this.#page.postMessage(message, transfer as never[]);
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener as (event: Event) => void));
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    this.#listeners.get(type)?.delete(listener as (event: Event) => void);
  }

  terminate(): void {
    this.terminated = true;
    this.#page.close();
    this.#inside.close();
  }

  /** As an uncaught exception in the worker. */
  crash(message: string): void {
    this.#emit('error', Object.assign(new Event('error'), { message }));
  }

  /** As a message that the page can't read. */
  garble(): void {
    this.#emit('messageerror', new Event('messageerror'));
  }

  #emit(type: string, event: Event): void {
    if (this.terminated) return;
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}
