/** What the installed app says of itself is what the page says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { webManifest } from '../../../src/build/webManifest.ts';

const page = readFileSync(new URL('../../../src/index.html', import.meta.url), 'utf8');
const tokens = readFileSync(new URL('../../../src/ui/style/tokens.css', import.meta.url), 'utf8');

it('takes name, language, description and colours from the page, with addresses that fit any folder', () => {
  const manifest = webManifest(page, tokens);
  expect(manifest).toMatchObject({
    name: 'Plumbline',
    lang: 'en',
    description: expect.stringContaining('scoliosis'),
    background_color: '#faf9f6',
    theme_color: '#faf9f6',
    shortcuts: [{ url: './#/session' }],
  });
  // The light colour in the page's head is the same.
  expect(page).toContain(`content="${manifest.theme_color}" media="(prefers-color-scheme: light)"`);
  expect(JSON.stringify(manifest)).not.toMatch(/"(\/|https?:)/);
});

it.each(manifestIcons())('has the icon %s, in the size it names', (src, sizes) => {
  const png = readFileSync(new URL(`../../../public/${src}`, import.meta.url));
  expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
});

it('says which part of the page it misses', () => {
  expect(() => webManifest(page, ':root { --ground: white; }')).toThrow(/a part from the page that isn't there: --paper/);
});

function manifestIcons(): [string, string][] {
  const icons = webManifest(page, tokens).icons ?? [];
  return icons.filter(({ type }) => type === 'image/png').map(({ src, sizes }) => [src, sizes ?? '']);
}
