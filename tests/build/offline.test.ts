/** What the service worker keeps: every file that was built, as it was built. Read out of its script by plain means. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const NOT_KEPT = ['offline.worker.js', 'screenshot.png'];

let worker: string;

beforeAll(() => {
  worker = readFileSync(join(dist, 'offline.worker.js'), 'utf8');
});

it('every file with its digest', () => {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !NOT_KEPT.includes(file));
  expect(files.length).toBeGreaterThan(30);
  const without = files.filter((file) => {
    const content = readFileSync(join(dist, file));
    const url = file === 'index.html' ? '' : file;
    const digest = createHash('sha256').update(content).digest('hex');
    return !(worker.includes(`"${url}"`) && worker.includes(`"bytes":${content.length},`) && worker.includes(digest));
  });
  expect(without).toEqual([]);
});

it('it is one script that loads no other, and takes over from nobody by itself', () => {
  expect(worker).not.toMatch(/importScripts|clients\.claim|\bimport\s*[({"'`]/);
  expect(worker.match(/skipWaiting/g)).toHaveLength(1);
});
