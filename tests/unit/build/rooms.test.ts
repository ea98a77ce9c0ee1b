/** The rule that keeps imports going one way. */
import { Linter } from 'eslint';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { importDirection } from '../../../src/build/rooms.js';

const top = fileURLToPath(new URL('../../..', import.meta.url));

function complaints(file: string, code: string): string[] {
  const linter = new Linter({ cwd: top });
  const config: Linter.Config = {
    files: ['**/*.js'],
    plugins: { own: { rules: { 'import-direction': importDirection } } },
    rules: { 'own/import-direction': 'error' },
  };
  return linter.verify(code, [config], { filename: join(top, file) }).map(({ message }) => message);
}

it.each([
  ['src/gait/cadence.js', "import { JOINTS } from './keypoint.ts';"],
  ['src/nets/sconet.js', "import * as tf from '@tensorflow/tfjs-core'; import '../formats/npy.ts';"],
  ['src/pose/bundle/taskBundle.js', "import { readFile } from 'node:fs/promises';"],
  ['src/ui/queue/list.js', "import '../../screening/screening.ts';"],
  ['trainer/train/losses.js', "import '../../src/nets/sconet.ts';"],
  ['tests/unit/gait/cadence.js', "import '../../../src/ui/words.ts';"],
])('%s may: %s', (file, code) => {
  expect(complaints(file, code)).toEqual([]);
});

it.each([
  ['src/gait/cadence.js', "import '../formats/npy.ts';", 'src/gait may not import src/formats'],
  ['src/gait/cadence.js', "import 'node:fs';", 'src/gait may not import node:fs'],
  ['src/formats/npy.js', "export * from '../nets/sconet.ts';", 'src/formats may not import src/nets'],
  ['src/nets/sconet.js', "const x = import('../screening/screen.ts');", 'src/nets may not import src/screening'],
  ['src/ui/App.js', "import * as tf from '@tensorflow/tfjs-core';", 'src/ui may not import @tensorflow/tfjs-core'],
  ['src/main.js', "import '@tensorflow/tfjs-core';", 'src may not import @tensorflow/tfjs-core'],
  ['src/pose/landmarks.js', "import './bundle/taskBundle.ts';", 'src/pose may not import src/pose/bundle'],
  ['trainer/plumbline.js', "import '../src/ui/words.ts';", 'trainer may not import src/ui'],
])('%s may not: %s', (file, code, message) => {
  expect(complaints(file, code)).toEqual([expect.stringContaining(message)]);
});
