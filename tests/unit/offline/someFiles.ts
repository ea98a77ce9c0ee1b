/** A small app as a server has it, and its list as the build would write it. */
import { createHash } from 'node:crypto';
import type { OfflineFile } from '../../../src/offline/offlineFile.ts';

export const BASE = 'https://host.example/plumbline/';

export type Site = Record<string, string>;

export const FIRST: Site = { '': '<title>First</title>', 'app.js': 'first()', 'models/weights.bin': 'weights' };
export const SECOND: Site = { ...FIRST, '': '<title>Second</title>', 'app.js': 'second()' };

export function listOf(site: Site): OfflineFile[] {
  return Object.entries(site).map(([url, text]) => ({
    url,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
}

/** Serves a site and notes what was asked of it. */
export function serverOf(site: Site): { load: (url: string) => Promise<Response>; asked: string[] } {
  const asked: string[] = [];
  const load = async (url: string): Promise<Response> => {
    asked.push(url);
    const text = site[url];
    if (text === undefined) return new Response('', { status: 404 });
    const headers = { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Content-Encoding': 'br', 'Content-Length': '3' };
    return new Response(text, { headers });
  };
  return { load, asked };
}
