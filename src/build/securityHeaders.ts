/**
 * What the page and its workers may do, in every place it is served from: as headers by our own servers, and as a `<meta>` in the
 * built page for hosts that send none. Nothing may be fetched from, or sent to, another origin.
 */

/** Each directive with what it is for. wasm needs its own permission; the rest of the page runs no text as code. */
const DIRECTIVES: Record<string, string> = {
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  // The clip that a person dropped, played back.
  'media-src': "'self' blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

function policy(changes: Record<string, string> = {}): string {
  const directives = { ...DIRECTIVES, ...changes };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** For `<meta http-equiv="Content-Security-Policy">`. */
export const PAGE_POLICY = policy();

/** Cross-origin isolation: wasm computes on several threads only with it. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const COMMON = { ...ISOLATION, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };

/** Headers of `vite preview`, and a model for any other host. Framing can only be refused in a header. */
export const SERVED_HEADERS: Record<string, string> = {
  ...COMMON,
  'Content-Security-Policy': policy({ 'frame-ancestors': "'none'" }),
};

/** Headers of the development server, which puts styles into the page as it changes them and tells it so over a socket. */
export const DEVELOPMENT_HEADERS: Record<string, string> = {
  ...COMMON,
  'Content-Security-Policy': policy({ 'style-src': "'self' 'unsafe-inline'", 'connect-src': "'self' ws:" }),
};
