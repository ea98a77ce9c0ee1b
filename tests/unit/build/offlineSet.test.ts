/** The list of what is kept for working offline, and the build that fails where a file isn't in it. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, type Plugin } from 'vite';
import { offline, type OfflineOptions } from '../../../src/build/offline.ts';
import { offlineSet } from '../../../src/build/offlineSet.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-offline-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('the list', () => {
  beforeEach(() => {
    write('index.html', '<title>A</title>');
    write('models/weights.bin', 'weights');
    write('offline.worker.js', 'self');
    write('screenshot.png', 'for the README');
  });

  it('holds each file with its size and digest, and the page by its folder', async () => {
    const chosen = ['index.html', 'models/weights.bin', 'screenshot.png'];
    expect(await offlineSet({ folder, chosen, needed: ['models/weights.bin'] })).toEqual([
      { url: '', bytes: 16, sha256: '7797bb3e9bd1113fbd666c844d2dcd72b60af036a099079841fd23e2dada2b3b' },
      { url: 'models/weights.bin', bytes: 7, sha256: '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c' },
    ]);
  });

  it('is refused where a file that was built is not chosen', async () => {
    await expect(offlineSet({ folder, chosen: ['index.html'], needed: [] })).rejects.toMatchObject({
      name: 'OfflineSetError',
      code: 'missing-offline',
      files: ['models/weights.bin'],
      message: expect.stringContaining('would not work offline: models/weights.bin is not in the offline set'),
    });
  });

  it('is refused where a file that the app asks for was not built at all', async () => {
    const chosen = ['index.html', 'models/weights.bin'];
    const needed = ['vision/a.wasm', 'tfjs/b.wasm'];
    await expect(offlineSet({ folder, chosen, needed })).rejects.toThrow(/tfjs\/b\.wasm, vision\/a\.wasm are not in/);
  });
});

describe('a build', () => {
  beforeEach(() => {
    write(
      'src/index.html',
      '<html><head><title>A</title><script type="module" src="./main.js"></script></head><body></body></html>',
    );
    write('src/main.js', 'document.title = "B"');
    write('public/models/weights.bin', 'w'.repeat(5_000));
  });

  function built(options: OfflineOptions, other: Plugin[] = []): Promise<unknown> {
    return build({
      root: join(folder, 'src'),
      publicDir: join(folder, 'public'),
      base: './',
      configFile: false,
      logLevel: 'silent',
      build: { outDir: join(folder, 'dist'), emptyOutDir: true },
      plugins: [offline(options), ...other],
    });
  }

  it('writes a service worker with the list in it, a manifest, and the page that names it', async () => {
    await built({ needed: async () => ['models/weights.bin'] });
    const worker = readFileSync(join(folder, 'dist/offline.worker.js'), 'utf8');
    expect(worker).toMatch(/models\/weights\.bin/);
    expect(worker).not.toContain('__WB_MANIFEST');
    expect(readFileSync(join(folder, 'dist/index.html'), 'utf8')).toContain(
      '<link rel="manifest" href="./manifest.webmanifest">',
    );
    const manifest = JSON.parse(readFileSync(join(folder, 'dist/manifest.webmanifest'), 'utf8')) as object;
    expect(manifest).toMatchObject({ name: 'Plumbline', start_url: './', scope: './', display: 'standalone', lang: 'en' });
  });

  it('fails where a file is too large to be kept, and names it', async () => {
    await expect(built({ needed: async () => [], largestBytes: 4_000 })).rejects.toThrow(
      /would not work offline: models\/weights\.bin is not/,
    );
  });

  it('that fails of something else says of what, and nothing of the list', async () => {
    const failing: Plugin = {
      name: 'failing',
      generateBundle: () => {
        throw new Error('The licence is missing.');
      },
    };
    await expect(built({ needed: async () => ['main.js'] }, [failing])).rejects.toThrow('The licence is missing.');
  });

  it('fails where a file that the app asks for is missing, and names it', async () => {
    await expect(built({ needed: async () => ['pose/lite.task'] })).rejects.toThrow(
      /would not work offline: pose\/lite\.task is not/,
    );
  });
});
