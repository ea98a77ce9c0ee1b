/** What this browser has for working offline; null where something is missing, as over plain http. */
import type { OfflinePlace } from '../offline/offlineApp.ts';

/** @param base the page's address */
export function offlinePlace(base: string): OfflinePlace | null {
  if (!('serviceWorker' in navigator && 'caches' in globalThis && 'locks' in navigator)) return null;
  const { serviceWorker: container, locks } = navigator;
  return { container, caches, locks, base: new URL('.', base).href, reload: () => location.reload() };
}
