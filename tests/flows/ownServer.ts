/** A server of a flow's own, which can be stopped, for a copy of the built app, which can be replaced by a newer version. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { preview, type Plugin } from 'vite';
import { SERVED_HEADERS } from '../../src/build/securityHeaders.ts';
import { freePort } from '../freePort.ts';
import { expect, test as base } from './ownOrigin.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export class OwnServer {
  private constructor(
    readonly url: string,
    readonly folder: string,
    /** Files that the host hasn't got, though the list of the service worker names them. */
    readonly hidden: Set<string>,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<OwnServer> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-served-'));
    cpSync(dist, folder, { recursive: true });
    const port = await freePort();
    const hidden = new Set<string>();
    const withoutHidden: Plugin = {
      name: 'hidden-files',
      configurePreviewServer({ middlewares }) {
        middlewares.use((request, response, next) => {
          if (!hidden.has(request.url?.slice(1) ?? '')) return next();
          response.writeHead(404).end();
        });
      },
    };
    const server = await preview({
      root: here,
      base: './',
      appType: 'mpa',
      configFile: false,
      logLevel: 'warn',
      build: { outDir: folder },
      plugins: [withoutHidden],
      preview: { port, strictPort: true, host: 'localhost', headers: SERVED_HEADERS },
    });
    return new OwnServer(`http://localhost:${port}/`, folder, hidden, async () => {
      // Connections that the browser keeps open would keep the server up.
      if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
      await server.close();
    });
  }

  /**
   * Another build, as the host gets it: the page's script says another version. It keeps its name, which a real build would change, so that
   * two versions differ at the same address.
   */
  release(from: string, to: string): void {
    const assets = join(this.folder, 'assets');
    const scripts = readdirSync(assets).filter((name) => /^index-.*\.js$/.test(name));
    const script = scripts.find((name) => readFileSync(join(assets, name), 'utf8').includes(from));
    if (!script || from.length !== to.length) throw new Error(`No script says ${from}, or ${to} is not as long.`);
    const before = readFileSync(join(assets, script), 'utf8');
    const after = before.replaceAll(from, to);
    writeFileSync(join(assets, script), after);
    const worker = join(this.folder, 'offline.worker.js');
    const list = readFileSync(worker, 'utf8');
    if (!list.includes(digest(before))) throw new Error(`The service worker doesn't know ${script}.`);
    writeFileSync(worker, list.replace(digest(before), digest(after)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A flow with a server of its own, and with service workers. */
export const test = base.extend<{ server: OwnServer }>({
  server: async ({}, use) => {
    const server = await OwnServer.start();
    await use(server);
    await server.stop().catch(() => undefined);
    server.remove();
  },
  baseURL: async ({ server }, use) => use(server.url),
  serviceWorkers: 'allow',
});

/** The model's start, and then forty megabytes, on two busy cores. */
const PREPARED_MS = 300_000;

export function offlineLine(page: Page): Locator {
  return page.getByTestId('offline');
}

/** Waits until the app says that about working without a connection. */
export async function becomes(page: Page, state: string): Promise<void> {
  await expect(offlineLine(page)).toHaveAttribute('data-state', state, { timeout: PREPARED_MS });
}
