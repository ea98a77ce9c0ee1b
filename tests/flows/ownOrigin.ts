/**
 * Playwright's `test`, with one promise of the app watched in every case: nothing is asked of another origin, by the page or by
 * any of its workers. Requests are recorded, and sockets too; the case fails at its end when one went elsewhere.
 */
import { test as base, expect } from '@playwright/test';

export { expect };

export const test = base.extend<{ requests: string[] }>({
  /** Every address that was asked for, in order. */
  requests: [
    async ({ context, baseURL }, use) => {
      const requests: string[] = [];
      // The context hears of the workers' requests too, and of those that the content policy stopped.
      context.on('request', (request) => requests.push(request.url()));
      context.on('page', (page) => page.on('websocket', (socket) => requests.push(socket.url())));
      await use(requests);
      expect(requests.filter((address) => isForeign(address, baseURL))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Addresses without a host, a clip in memory for one, go nowhere. */
function isForeign(address: string, own = ''): boolean {
  const { protocol, origin } = new URL(address);
  return protocol !== 'blob:' && protocol !== 'data:' && origin !== new URL(own).origin;
}
