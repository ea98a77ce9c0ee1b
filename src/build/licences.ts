/**
 * Writes `licences.md` beside the page: every package whose code or files ship, with its licence. Vite's own option leaves out
 * what only the workers import, which is most of it.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Packages whose files are copied or assembled rather than imported: see `servedFiles.ts`. */
const COPIED = ['@mediapipe/tasks-vision', '@mediapipe/pose', '@tensorflow/tfjs-backend-wasm'];
const APACHE = fileURLToPath(new URL('../../LICENSE', import.meta.url));
const NODE_MODULES = join(dirname(APACHE), 'node_modules');

interface PackageFile {
  name: string;
  version: string;
  license?: string;
}

/** One plugin notes what is imported, in the page and in every worker; the other one writes the file. */
export function licences(): { note: () => Plugin; write: () => Plugin } {
  const folders = new Set(COPIED.map((name) => join(NODE_MODULES, name)));
  return {
    note: () => ({
      name: 'plumbline:note-packages',
      apply: 'build',
      moduleParsed({ id }) {
        const folder = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1];
        if (folder) folders.add(folder);
      },
    }),
    write: () => ({
      name: 'plumbline:licences',
      apply: 'build',
      generateBundle: {
        order: 'post',
        async handler() {
          const entries = await Promise.all([...folders].filter((folder) => existsSync(folder)).map(describe));
          const apache = `## The Apache License\n\n${await readFile(APACHE, 'utf8')}`;
          const source = ['# What Plumbline is made of', ...entries.sort(), apache].join('\n\n');
          this.emitFile({ type: 'asset', fileName: 'licences.md', source });
        },
      },
    }),
  };
}

async function describe(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFile;
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const title = `## ${name} ${version}\n\n${license ?? 'See the text'}. Its source is the npm package of that name and version.`;
  return file ? `${title}\n\n${await readFile(join(folder, file), 'utf8')}` : title;
}
