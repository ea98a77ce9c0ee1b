/**
 * The files that the page fetches and that are not in `public`: they come out of npm packages, out of `models`, or are put
 * together here. One list, for the development server and for the build.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { poseBundle } from '../pose/bundle/poseBundle.ts';
import { moduleScript, THREAD_MODULE, THREAD_WORKER, workerScript } from './wasmThreads.ts';

export interface ServedFile {
  /** Relative to the page, with forward slashes. */
  url: string;
  read: () => Promise<Uint8Array | string>;
}

const MODELS = fileURLToPath(new URL('../../models', import.meta.url));
const VISION = ['vision_wasm_module_internal.js', 'vision_wasm_module_internal.wasm'];
const TFJS = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

const { resolve } = createRequire(import.meta.url);

/** All of them, freshly looked up: a model may have been added since the server started. */
export async function servedFiles(): Promise<ServedFile[]> {
  const vision = join(dirname(resolve('@mediapipe/tasks-vision')), 'wasm');
  const tfjs = dirname(resolve('@tensorflow/tfjs-backend-wasm'));
  return [
    ...VISION.map((name) => copy(`vision/${name}`, join(vision, name))),
    ...TFJS.map((name) => copy(`tfjs/${name}`, join(tfjs, name))),
    { url: `tfjs/${THREAD_MODULE}`, read: moduleScript },
    { url: `tfjs/${THREAD_WORKER}`, read: workerScript },
    { url: 'pose/pose_landmarker_lite.task', read: () => poseBundle('lite') },
    { url: 'pose/pose_landmarker_full.task', read: () => poseBundle('full') },
    ...(await modelFiles()),
  ];
}

/** Everything under `models`, and at least its index: the page can't do without a model. */
async function modelFiles(): Promise<ServedFile[]> {
  const entries = await readdir(MODELS, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => copy(`models/${relative(MODELS, path).split(sep).join('/')}`, path));
  if (!files.some(({ url }) => url === 'models/index.json')) throw new Error('models/index.json is missing: no model to serve.');
  return files;
}

function copy(url: string, path: string): ServedFile {
  return { url, read: () => readFile(path) };
}
