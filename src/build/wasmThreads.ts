/**
 * tfjs starts the threads of its wasm backend from text: it writes one of its own functions out with `toString()` into a blob and
 * starts a worker from another blob. Minified, that text refers to names which are not there, and the start hangs; and a strict
 * content policy allows no blob as a script. So the two scripts are served as files beside the wasm binaries, and tfjs is pointed
 * at them. The change is made in its source as it is bundled, and the build fails when that source is no longer as it was.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const BINARY = 'tfjs-backend-wasm-threaded-simd';
/** The module that each thread runs, and the script that loads it; names beside the binary. */
export const THREAD_MODULE = `${BINARY}.js`;
export const THREAD_WORKER = `${BINARY}.worker.js`;

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '..', 'wasm-out');

/** A classic script that defines `WasmBackendModuleThreadedSimd`. */
export function moduleScript(): Promise<string> {
  return readFile(join(folder, THREAD_MODULE), 'utf8');
}

/** The package keeps this one as a string in a module. Line ends inside its strings have to be written as escapes again. */
export function workerScript(): Promise<string> {
  const { wasmWorkerContents } = require(join(folder, THREAD_WORKER)) as { wasmWorkerContents: string };
  return Promise.resolve(wasmWorkerContents.replace(/\n/g, '\\n'));
}

/** Where the binary is, there are the scripts. */
const BESIDE_BINARY = (name: string) =>
  `new URL('${name}', new URL(getPathToWasmBinary(true, true, wasmPathPrefix ?? ''), self.location.href)).href`;

/** The two statements of tfjs 4.22.0 that make blobs. */
const CHANGES: readonly [RegExp, string][] = [
  [
    /const response = wasmWorkerContents\.replace\([^;]*;\s*const blob = new Blob\(\[response\][^;]*;\s*return URL\.createObjectURL\(blob\);/,
    `return ${BESIDE_BINARY(THREAD_WORKER)};`,
  ],
  [
    /factoryConfig\.mainScriptUrlOrBlob = new Blob\(\[`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)\][^;]*;/,
    `factoryConfig.mainScriptUrlOrBlob = ${BESIDE_BINARY(THREAD_MODULE)};`,
  ],
];

/** Points tfjs's wasm backend at the two scripts. */
export function wasmThreads(): Plugin {
  return {
    name: 'plumbline:wasm-threads',
    transform: {
      filter: { id: /tfjs-backend-wasm[\\/]dist[\\/]backend_wasm\.js/ },
      handler(source) {
        let code = source;
        for (const [statement, replacement] of CHANGES) {
          if (!statement.test(code))
            this.error(`tfjs-backend-wasm starts its threads in another way now: no ${statement.source}`);
          code = code.replace(statement, () => replacement);
        }
        return { code, map: null };
      },
    },
  };
}
