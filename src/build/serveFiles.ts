/** Serves the files of `servedFiles.ts` while developing, and writes them beside the page when building. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { withoutForeignAddresses } from './foreignAddresses.ts';
import { servedFiles, type ServedFile } from './servedFiles.ts';

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  wasm: 'application/wasm',
};

export function serveFiles(): Plugin {
  return {
    name: 'plumbline:served-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        answer(request, response).then((answered) => {
          if (!answered) next();
        }, next);
      });
    },
    async generateBundle() {
      for (const file of await servedFiles()) {
        this.emitFile({ type: 'asset', fileName: file.url, source: await shipped(file) });
      }
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = decodeURIComponent((request.url ?? '').replace(/[?#].*$/, '')).slice(1);
  const file = (await servedFiles()).find((candidate) => candidate.url === url);
  if (!file) return false;
  response.setHeader('Content-Type', TYPES[url.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
  response.end(await shipped(file));
  return true;
}

/** The scripts of packages name addresses in comments and messages: see `foreignAddresses.ts`. */
async function shipped({ url, read }: ServedFile): Promise<Uint8Array | string> {
  const content = await read();
  if (!url.endsWith('.js')) return content;
  return withoutForeignAddresses(typeof content === 'string' ? content : new TextDecoder().decode(content));
}
