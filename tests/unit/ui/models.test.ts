import { expect, test } from 'vitest';
import { writeNpy } from '../../../src/formats/npy.ts';
import { makeTinyModel, TINIEST } from '../../tinyModel.ts';
import { fileSize, tiny } from '../../../src/ui/format.ts';
import { whatItIs, whereFrom } from '../../../src/ui/models/cardFacts.ts';
import { readRangeFile } from '../../../src/ui/models/import/rangeFile.ts';
import { paintChannel } from '../../../src/ui/replay/paintMap.ts';

const rangeFile = (shape: number[], values: Float32Array, name = 'range.npy') =>
  new File([writeNpy({ dtype: 'float32', shape, data: values }) as Uint8Array<ArrayBuffer>], name);

test('a range of the asymmetry vector is read from least and greatest values', async () => {
  const values = Float32Array.from({ length: 48 }, (_, index) => index);
  const { min, max } = await readRangeFile(rangeFile([2, 8, 3], values));
  expect([...min]).toEqual([...values.subarray(0, 24)]);
  expect([...max]).toEqual([...values.subarray(24)]);
});

test.each([
  ['another shape', rangeFile([8, 6], new Float32Array(48)), /shape \[8, 6\], and \[2, 8, 3\] is expected/],
  [
    'the two exchanged',
    rangeFile(
      [2, 8, 3],
      Float32Array.from({ length: 48 }, (_, i) => -i),
    ),
    /least value above its greatest/,
  ],
  ['no numbers', rangeFile([2, 8, 3], new Float32Array(48).fill(NaN)), /what is no number/],
  ['no file of NumPy', new File(['hello'], 'range.npy'), /NPY/],
])('a range file with %s ends in a sentence', async (_, file, sentence) => {
  await expect(readRangeFile(file)).rejects.toMatchObject({ name: 'FormatError', message: expect.stringMatching(sentence) });
});

test('a card says what its manifest says', async () => {
  const { manifest } = await makeTinyModel({ architecture: { ...TINIEST, network: 'drf', attention: 'after-fcs' } });
  const values = (facts: { name: string; value: string }[]) => Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  expect(values(whatItIs({ ...manifest, asymmetryRange: null }))).toMatchObject({
    Network: 'DRF: ResNet9 (4, 8, 16, 32), 16 parts, embeddings of 16',
    Attention: 'PGA after the part FCs',
    'Asymmetry range': expect.stringMatching(/^Not known/),
    Input: 'Skeleton maps, recipe sigma15_joint8-bodyonly',
    'Classes of the weights': manifest.classOrder.join(', '),
    'SHA-256 of the weights': manifest.weights.sha256,
  });
  const imported = {
    ...manifest,
    origin: {
      kind: 'imported',
      file: 'DRF.pt',
      sha256: 'b'.repeat(64),
      imported: '2026-01-31',
      iterations: null,
      preset: 'drf-authors-118',
      keyRenames: { 'attention_layer.': 'PGA.', 'module.': '' },
    },
  } as const;
  expect(values(whereFrom(imported))).toEqual({
    'Trained on': manifest.training.data,
    Checkpoint: 'DRF.pt',
    'SHA-256 of the checkpoint': 'b'.repeat(64),
    Imported: '2026-01-31',
    'Answered by the preset': 'drf-authors-118',
    'Names changed': 'attention_layer. → PGA., module. left off',
  });
});

test('figures are as long as they can carry', () => {
  expect([999, 61_000, 14_065_424].map(fileSize)).toEqual(['1\u00a0kB', '61\u00a0kB', '14.1\u00a0MB']);
  expect([0, 2.4e-7, 0.001].map(tiny)).toEqual(['0', '2 × 10⁻⁷', '10⁻³']);
});

test('a network that sees outlines has one picture a frame, one that sees skeleton maps has two', () => {
  const pixels = 64 * 44;
  const maps = Uint8Array.from({ length: 4 * pixels }, (_, index) => 10 * (1 + Math.floor(index / pixels)));
  const painted = (picture: Parameters<typeof paintChannel>[2]): number => {
    let ink = -1;
    const context = {
      createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
      putImageData: ({ data }: ImageData) => (ink = data[3]!),
    };
    paintChannel({ getContext: () => context } as unknown as HTMLCanvasElement, maps, picture);
    return ink;
  };
  expect([0, 1, 2, 3].map((map) => painted({ map, channel: 0, channels: 1 }))).toEqual([10, 20, 30, 40]);
  expect([0, 1].map((channel) => painted({ map: 1, channel, channels: 2 }))).toEqual([30, 40]);
  expect(painted({ map: null, channel: 0, channels: 1 })).toBe(0);
});
