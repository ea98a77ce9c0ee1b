/**
 * What `npm run build` wrote: everything that the page asks for is there, and nothing in it names another origin. The search here
 * is a plain one, on purpose unlike the one that takes addresses out while building.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Addresses that may be in there, each with the files it may be in and the reason. */
const ALLOWED: { address: RegExp; files: RegExp; why: string }[] = [
  {
    address: /^http:\/\/www\.w3\.org\/(1999\/xhtml|1999\/xlink|2000\/svg|1998\/Math\/MathML|XML\/1998\/namespace)$/,
    files: /\.(js|svg)$/,
    why: 'names of XML vocabularies, which createElementNS and SVG files need and nobody fetches',
  },
  {
    address: /^http:\/\/(terminology\.hl7\.org\/CodeSystem\/[\w-]+|unitsofmeasure\.org|loinc\.org)$/,
    files: /^assets\/.*\.js$/,
    why: 'names of the code systems that a FHIR bundle refers to, which nobody fetches',
  },
  {
    address:
      /^https?:\/\/(go\/lsc_proto3_utf8|goto\/weakfields|github\.com\/opencv\/opencv\/issues\/|www\.tensorflow\.org\/lite\/guide\/ops_)/,
    files: /^vision\/.*\.wasm$/,
    why: "sentences of errors inside MediaPipe's binary, which is served as its authors built it",
  },
];

/** Texts for people, with links to sources and licences. */
const DOCUMENTS = /\.md$/;

let files: string[];

beforeAll(() => {
  files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'));
});

describe('what the page fetches is there', () => {
  it.each([
    'index.html',
    'licences.md',
    'models/index.json',
    'pose/pose_landmarker_full.task',
    'pose/pose_landmarker_lite.task',
    'tfjs/tfjs-backend-wasm-simd.wasm',
    'tfjs/tfjs-backend-wasm-threaded-simd.js',
    'tfjs/tfjs-backend-wasm-threaded-simd.wasm',
    'tfjs/tfjs-backend-wasm-threaded-simd.worker.js',
    'tfjs/tfjs-backend-wasm.wasm',
    'vision/vision_wasm_module_internal.js',
    'vision/vision_wasm_module_internal.wasm',
  ])('%s', (file) => {
    expect(readFileSync(join(dist, file)).length).toBeGreaterThan(0);
  });

  it('every model with its manifest, weights, golden sample and card', () => {
    const ids = JSON.parse(text('models/index.json')) as unknown;
    expect(ids).toBeInstanceOf(Array);
    expect(ids).not.toHaveLength(0);
    for (const id of ids as string[]) {
      for (const file of ['model.json', 'weights.safetensors', 'golden.safetensors', 'README.md']) {
        expect(files).toContain(`models/${id}/${file}`);
      }
    }
  });
});

it('names no other origin', () => {
  const foreign = files
    .filter((file) => !DOCUMENTS.test(file))
    .flatMap((file) => addresses(file).map((address) => ({ file, address })))
    .filter(({ file, address }) => !ALLOWED.some((allowed) => allowed.files.test(file) && allowed.address.test(address)));
  expect(foreign).toEqual([]);
});

it('asks for nothing without a protocol either', () => {
  const page = text('index.html');
  expect(page).not.toMatch(/(src|href)="(\/\/|https?:)/);
  const styles = files.filter((file) => file.endsWith('.css')).map(text);
  for (const style of styles) expect(style).not.toMatch(/url\(\s*["']?(\/\/|https?:)|@import/);
});

describe('the page', () => {
  it('holds no script and no style of its own, as its policy demands', () => {
    const page = text('index.html');
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src /);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it('loads neither the networks nor the pose model nor the decoder: those belong to the workers', () => {
    const scripts = ownScripts();
    expect(scripts).not.toBe('');
    for (const sign of ['WEBGPU_ENGINE_COMPILE_ONLY', 'WASM_HAS_SIMD_SUPPORT', 'IS_BROWSER', 'ModuleFactory', 'VideoDecoder(']) {
      expect(scripts).not.toContain(sign);
    }
  });

  it('is small', () => {
    expect(ownScripts().length).toBeLessThan(300_000);
  });
});

/** Everything that looks like an address, in any file, text or not. */
function addresses(file: string): string[] {
  const content = readFileSync(join(dist, file), 'latin1');
  return [...content.matchAll(/(?:https?|wss?|ftp):\/\/\w[\w.~:/?#@!&+,;=%-]*/gi)].map(([address]) => address);
}

function text(file: string): string {
  return readFileSync(join(dist, file), 'utf8');
}

/** The scripts that run on the page before anything is asked of it: the entry, and what it imports at once. */
function ownScripts(): string {
  const entry = /<script[^>]* src="\.\/([^"]+)"/.exec(text('index.html'))?.[1];
  const seen = new Map<string, string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    const code = text(file);
    seen.set(file, code);
    for (const [, name] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) visit(`assets/${name}`);
  };
  if (entry) visit(entry);
  return [...seen.values()].join('\n');
}
