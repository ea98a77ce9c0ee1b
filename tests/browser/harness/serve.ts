/**
 * Builds the harness page as the app is built, and serves it with the app's own headers; models come from memory, so that a test can
 * bring its own.
 */
import { fileURLToPath } from 'node:url';
import { build, preview, type InlineConfig, type Plugin } from 'vite';
import { SERVED_HEADERS } from '../../../src/build/securityHeaders.ts';
import { serveFiles } from '../../../src/build/serveFiles.ts';
import { wasmThreads } from '../../../src/build/wasmThreads.ts';
import { freePort } from '../../freePort.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
/** One for each process: two that run side by side would each empty it under the other. */
const outDir = fileURLToPath(new URL(`../../results/harness/${process.pid}`, import.meta.url));
const publicDir = fileURLToPath(new URL('../../../public', import.meta.url));

export interface Harness {
  url: string;
  close(): Promise<void>;
}

export interface HarnessOptions {
  /** Files by their address below `models/`. */
  models: ReadonlyMap<string, Uint8Array>;
  /** Whether the page is cross-origin isolated, as the app is where its host allows. */
  isolated?: boolean;
}

/** Builds the page once; later calls serve what is there. */
let built: Promise<unknown> | null = null;

export async function serveHarness({ models, isolated = true }: HarnessOptions): Promise<Harness> {
  const common: InlineConfig = {
    root,
    publicDir,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [wasmThreads(), serveFiles(), modelsFromMemory(models)],
    worker: { format: 'es', plugins: () => [wasmThreads()] },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 4_000 },
  };
  await (built ??= build(common));
  const headers = Object.fromEntries(
    Object.entries(SERVED_HEADERS).filter(([name]) => isolated || !name.startsWith('Cross-Origin')),
  );
  const port = await freePort();
  const server = await preview({ ...common, preview: { port, strictPort: true, host: 'localhost', headers } });
  return {
    url: `http://localhost:${port}/`,
    close: () => server.close(),
  };
}

function modelsFromMemory(models: ReadonlyMap<string, Uint8Array>): Plugin {
  return {
    name: 'models-from-memory',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const bytes = models.get((request.url ?? '').replace(/^\/models\//, ''));
        if (!bytes) {
          next();
          return;
        }
        for (const [name, value] of Object.entries(server.config.preview.headers)) response.setHeader(name, value as string);
        response.setHeader('Content-Type', 'application/octet-stream');
        response.end(bytes);
      });
    },
  };
}
