/** What a page is answered from the version in use; what isn't part of it goes to the server, as without a service worker. */
import type { Versions } from './versions.ts';

/** The file that a request asks for, as it stands in the list; null for what is none of the app's business. */
export function fileAsked({ method, url }: { method: string; url: string }, base: string): string | null {
  if (method !== 'GET' || !url.startsWith(base)) return null;
  const path = decodeURIComponent(new URL(url).pathname.slice(new URL(base).pathname.length));
  return path === 'index.html' ? '' : path;
}

export async function answer(request: Request, file: string, versions: Versions): Promise<Response> {
  const { inUse } = await versions.ledger();
  const kept = inUse === null ? undefined : await versions.find(inUse, file);
  return kept ?? fetch(request);
}
