/** How the app presents itself where it is installed: from what the page already says of itself, in its head and in its colours. */
import type { ManifestOptions } from 'vite-plugin-pwa';

/**
 * @param page the text of `index.html`
 * @param tokens the text of `tokens.css`
 */
export function webManifest(page: string, tokens: string): Partial<ManifestOptions> {
  // An installed app has one colour here, whatever the theme: the light one. The page's own `theme-color` follows the theme.
  const paper = found(/--paper: light-dark\((#[0-9a-f]{6}),/, tokens);
  const name = found(/<title>([^<]+)<\/title>/, page);
  return {
    // No `id`: a relative one counts from the host's root, and two copies in two folders would be one app. Without it, `start_url` is it.
    name,
    short_name: name,
    description: found(/name="description"\s+content="([^"]+)"/, page),
    lang: found(/<html lang="([^"]+)"/, page),
    start_url: './',
    scope: './',
    display: 'standalone',
    theme_color: paper,
    background_color: paper,
    icons: [
      { src: 'icons/plumbline-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/plumbline-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icons/plumbline-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
    shortcuts: [
      {
        name: 'Screen with the camera',
        short_name: 'Camera',
        url: './#/session',
        icons: [{ src: 'icons/plumbline-192.png', sizes: '192x192' }],
      },
    ],
  };
}

function found(pattern: RegExp, text: string): string {
  const part = pattern.exec(text)?.[1];
  if (part === undefined) throw new Error(`The web app manifest takes a part from the page that isn't there: ${pattern.source}`);
  return part;
}
