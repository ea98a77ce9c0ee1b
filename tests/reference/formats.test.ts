/**
 * The readers against files of the original software: checkpoints as OpenGait saves them (PyTorch 1.13), pose data sets, arrays.
 * The digests were computed by PyTorch 2.13 and NumPy 2.4 on the same files.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { encodeElements } from '../../src/formats/elements.ts';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { readNpy, writeNpy } from '../../src/formats/npy.ts';
import { readPickledArrays } from '../../src/formats/pickle.ts';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.ts';
import { readTorchCheckpoint } from '../../src/formats/torch.ts';
import { absence, fixturePath, readFixture } from '../fixtures.ts';

/** SHA-256 over the names and little-endian bytes of all tensors, in the file's order. */
function digest(parameters: ReadonlyMap<string, NdArray>): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of parameters) hash.update(name).update(encodeElements(data));
  return hash.digest('hex');
}

const CHECKPOINTS: [file: string, tensors: number, floats: number, iteration: number, digest: string][] = [
  ['sconet-tiny-skeleton/ScoNet-00100.pt', 79, 114_352, 100, '9012dbef26234af896c22ac5a7c85c6a27f76df30502a66e222655f9f2486a6b'],
  [
    'sconet-tiny-silhouette/ScoNet-00100.pt',
    79,
    114_280,
    100,
    'd82299fcf93d86a3f03d54134550b4ca03d0b23192bc7d95f22b90ee46438545',
  ],
  ['drf-tiny-postFC/DRF-00100.pt', 83, 115_156, 100, '35d786a948bdecbcdb0ce4052d5c320d2d73854006f1c3a1a5494dfc0bc8d237'],
  ['drf-tiny-postFC/DRF_author_names.pt', 83, 115_156, 100, '065bfbcbe8516f1e077a7f56261c64d70ca195e71ba147af85e8db860dc09f44'],
  ['drf-tiny-preFC/DRF-00100.pt', 83, 115_956, 100, 'e5981e78a043587f7495127ad02eba8c1b808a4b634474553ce4ecbb85050842'],
  ['drf-tiny-preFC/DRF_author_names.pt', 83, 115_956, 100, 'd3cd9de10f243c9da1d6541ec5bf49ddc4e3b20870cb3657113e14b896273902'],
  [
    'sconet-full-skeleton/ScoNet_skeleton_random-27000.pt',
    ...([79, 7_029_120, 27_000, '03541797b42523970c184ba4cccc47011b90ee01ef61f0f5ca83b16e1cac80b9'] as const),
  ],
];

describe('checkpoints', () => {
  for (const [file, tensors, floats, iteration, expected] of CHECKPOINTS) {
    it.skipIf(absence(file))(`${file} holds what PyTorch reads${absence(file)}`, async () => {
      const checkpoint = readTorchCheckpoint(await readFixture(file));
      const { parameters } = checkpoint;
      const counted = [...parameters.values()]
        .filter(({ dtype }) => dtype === 'float32')
        .reduce((sum, { data }) => sum + data.length, 0);
      expect([parameters.size, counted, checkpoint.iteration]).toEqual([tensors, floats, iteration]);
      expect(digest(parameters)).toBe(expected);
    });
  }

  const tiny = 'sconet-tiny-skeleton/ScoNet-00100.pt';
  it.skipIf(absence(tiny))(`survive the way through safetensors bit by bit${absence(tiny)}`, async () => {
    const { parameters } = readTorchCheckpoint(await readFixture(tiny));
    const { tensors } = readSafetensors(writeSafetensors(parameters));
    const again = new Map([...parameters.keys()].map((name) => [name, tensors.get(name)!]));
    expect(digest(again)).toBe(digest(parameters));
  });
});

describe('arrays', () => {
  const folder = 'skeleton-map/walk_clean';
  it.skipIf(absence(folder))(`written again, every .npy of ${folder} is the same file${absence(folder)}`, async () => {
    const names = (await readdir(fixturePath(folder)!)).filter((name) => name.endsWith('.npy'));
    expect(names).toContain('pose.npy');
    for (const name of names) {
      const bytes = await readFixture(`${folder}/${name}`);
      expect([name, Buffer.from(writeNpy(readNpy(bytes))).equals(bytes)]).toEqual([name, true]);
    }
  });
});

describe('the pose data set in OpenGait layout', () => {
  const dataset = 'dataset-pose-pkl';
  it.skipIf(absence(dataset))(`holds what NumPy reads: 18 clips, protocols 2, 4 and 5${absence(dataset)}`, async () => {
    const names = (await readdir(fixturePath(dataset)!, { recursive: true })).filter((name) => name.endsWith('.pkl')).sort();
    expect(names).toHaveLength(18);
    const hash = createHash('sha256');
    for (const name of names) {
      for (const { shape, dtype, data } of readPickledArrays(await readFixture(`${dataset}/${name}`))) {
        expect(shape.slice(1)).toEqual([17, 3]);
        hash.update(`((${shape.join(', ')}), '${dtype}')`).update(encodeElements(data));
      }
    }
    expect(hash.digest('hex')).toBe('95025b8a771029320372a12ff1674d9a41a8467a8f463d6fb581a63103715d49');
  });
});
