/** Checkpoints of every kind become models, or are refused in a sentence; nothing is guessed and nothing is half loaded. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/formats/errors.ts';
import type { NdArray } from '../../../src/formats/ndarray.ts';
import { writeSafetensors } from '../../../src/formats/safetensors.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import { NetError } from '../../../src/nets/errors.ts';
import { importModel, type ImportAnswers } from '../../../src/nets/import/importModel.ts';
import { IMPORT_PRESETS, parseClassOrder } from '../../../src/nets/import/presets.ts';
import { recogniseCheckpoint } from '../../../src/nets/import/recognise.ts';
import { loadModel } from '../../../src/nets/modelFiles.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { randomParameters, TINIEST } from '../../tinyModel.ts';

const SKELETON: Architecture = { ...TINIEST, widths: [2, 2, 4, 6], embedding: 5 };
const SILHOUETTE: Architecture = { ...SKELETON, inChannels: 1 };
const AFTER: Architecture = { ...SKELETON, network: 'drf', attention: 'after-fcs' };
const BEFORE: Architecture = { ...AFTER, attention: 'before-fcs' };

const MAPS: ImportAnswers = {
  input: { kind: 'skeleton-map', recipe: SIGMA15_JOINT8_BODY_ONLY },
  classOrder: ['negative', 'neutral', 'positive'],
};

/** The tensors of a checkpoint as PyTorch writes them, with the counts that batch norms carry. */
function checkpoint(architecture: Architecture, rename = (name: string) => name): Map<string, NdArray> {
  const tensors = new Map<string, NdArray>();
  for (const [name, array] of randomParameters(architecture, 5)) {
    tensors.set(rename(name), array);
    if (!name.endsWith('.running_var')) continue;
    const count = { shape: [], dtype: 'int64', data: BigInt64Array.of(7n) } satisfies NdArray;
    tensors.set(rename(name.replace('running_var', 'num_batches_tracked')), count);
  }
  return tensors;
}

const authorsNames = (name: string) => name.replace(/^PGA\./, 'attention_layer.');

beforeAll(() => tf.setBackend('cpu'));

describe('recognising a checkpoint', () => {
  it.each([SKELETON, SILHOUETTE, AFTER, BEFORE])('tells the network from names and shapes: %o', (architecture) => {
    const { architecture: found, used, leftOver, keyRenames } = recogniseCheckpoint(checkpoint(architecture));
    expect(found).toEqual(architecture);
    expect(used.every(({ from, to }) => from === to)).toBe(true);
    expect(leftOver.every(({ name }) => name.endsWith('num_batches_tracked'))).toBe(true);
    expect(keyRenames).toEqual({});
  });

  it.each([AFTER, BEFORE])("knows the DRF authors' names, also behind a wrapper for several GPUs", (architecture) => {
    const {
      architecture: found,
      keyRenames,
      used,
    } = recogniseCheckpoint(checkpoint(architecture, (name) => `module.${authorsNames(name)}`));
    expect(found).toEqual(architecture);
    expect(keyRenames).toEqual({ 'module.': '', 'attention_layer.': 'PGA.' });
    expect(used).toContainEqual({ from: 'module.attention_layer.channel.weight', to: 'PGA.channel.weight' });
  });

  const tampered: [string, string, (tensors: Map<string, NdArray>) => void][] = [
    ['a parameter missing', 'weights-mismatch', (tensors) => tensors.delete('FCs.fc_bin')],
    ['a batch norm missing', 'weights-mismatch', (tensors) => tensors.delete('Backbone.forward_block.bn1.running_mean')],
    ['another shape', 'weights-mismatch', (tensors) => tensors.set('BNNecks.bn1d.bias', vector(7))],
    ['another number of classes', 'weights-mismatch', (tensors) => tensors.set('BNNecks.fc_bin', zeros([16, 5, 4]))],
    ['attention of another make', 'weights-mismatch', (tensors) => tensors.set('PGA.fusion.weight', vector(3))],
    ['half of the attention', 'weights-mismatch', (tensors) => tensors.delete('PGA.spatial.bias')],
    ['attention over other channels', 'weights-mismatch', (tensors) => tensors.set('PGA.channel.weight', zeros([9, 24]))],
    ['a parameter twice', 'weights-mismatch', (tensors) => tensors.set('attention_layer.spatial.bias', vector(1))],
    ['whole numbers for weights', 'weights-mismatch', (tensors) => tensors.set('BNNecks.bn1d.bias', integers(80))],
    ['a weight that is no number', 'weights-damaged', (tensors) => (tensors.get('FCs.fc_bin')!.data[3] = NaN)],
    ['an infinite weight', 'weights-damaged', (tensors) => (tensors.get('PGA.channel.bias')!.data[0] = Infinity)],
  ];
  it.each(tampered)('refuses one with %s, and says what it is', (_, code, tamper) => {
    const tensors = checkpoint(AFTER);
    tamper(tensors);
    expect(() => recogniseCheckpoint(tensors)).toThrow(expect.objectContaining({ name: 'NetError', code }));
  });
});

describe('importing', () => {
  it.each([
    ['ScoNet on maps', SKELETON, MAPS],
    ['ScoNet on silhouettes', SILHOUETTE, { classOrder: MAPS.classOrder }],
    ['DRF', AFTER, { ...MAPS, asymmetryRange: { min: new Float32Array(24), max: new Float32Array(24).fill(2) } }],
    ['DRF whose range nobody knows', BEFORE, MAPS],
  ] as [string, Architecture, ImportAnswers][])(
    'makes a model that loads and gives its own golden logits: %s',
    async (_, architecture, answers) => {
      const { manifest, files, report } = await run(architecture, answers);
      const { golden, parameters } = await loadModel((file) => Promise.resolve(files.get(file)!));
      expect(largestDifference(await logits(architecture, parameters, golden), golden.logits)).toBeLessThan(1e-6);
      expect(manifest).toMatchObject({
        architecture,
        metrics: null,
        origin: { kind: 'imported', file: 'Some Model.pt', preset: null },
      });
      expect(manifest.id).toMatch(/^some-model-[0-9a-f]{8}$/);
      expect(manifest.asymmetryRange === null).toBe(answers.asymmetryRange === undefined);
      expect([...files.keys()].at(-1)).toBe('model.json');
      expect(report.used).toHaveLength(parameters.size);
    },
  );

  it('puts the classes of another order into ours', async () => {
    const order = parseClassOrder('negative,positive,neutral');
    const [ours, theirs] = await Promise.all(
      [MAPS, { ...MAPS, classOrder: order }].map(async (answers) => {
        const { files } = await run(SKELETON, answers);
        return (await loadModel((file) => Promise.resolve(files.get(file)!))).golden.logits;
      }),
    );
    const row = (values: Float32Array, index: number) => values.slice(index * 16, (index + 1) * 16);
    expect(row(theirs!, 0)).toEqual(row(ours!, 0));
    expect(row(theirs!, 1)).toEqual(row(ours!, 2));
    expect(row(theirs!, 2)).toEqual(row(ours!, 1));
  });

  it("takes the DRF authors' preset, and says whose answers they are", async () => {
    const { manifest, report } = await run(AFTER, { preset: 'drf-authors-118' });
    expect(manifest).toMatchObject({
      classOrder: ['negative', 'positive', 'neutral'],
      input: { kind: 'skeleton-map', recipe: { name: 'upstream-aligned' } },
      training: { split: '118', simulated: false },
      origin: { preset: 'drf-authors-118' },
    });
    expect(report.answered.find(({ question }) => question.startsWith('Order'))).toMatchObject({
      answer: 'negative, positive, neutral',
      by: 'the preset drf-authors-118',
    });
  });

  const open: [string, Architecture, ImportAnswers, RegExp][] = [
    ['nothing is said of maps', SKELETON, {}, /which map recipe .* nor in which order/],
    ['the recipe is missing', SKELETON, { classOrder: MAPS.classOrder! }, /which map recipe/],
    ['the order is missing', SILHOUETTE, {}, /in which order/],
    ['the preset is unknown', SKELETON, { preset: 'best' }, /no preset "best"; there are drf-authors-118/],
    ['the preset is for another network', SKELETON, { preset: 'drf-authors-118' }, /can't be true of this checkpoint/],
    ['a recipe is given for silhouettes', SILHOUETTE, MAPS, /takes silhouettes/],
    [
      'a range is given to a ScoNet',
      SKELETON,
      { ...MAPS, asymmetryRange: { min: new Float32Array(24), max: new Float32Array(24) } },
      /no use/,
    ],
  ];
  it.each(open)('is refused where %s', async (_, architecture, answers, message) => {
    await expect(run(architecture, answers)).rejects.toMatchObject({
      code: 'import-incomplete',
      message: expect.stringMatching(message) as string,
    });
  });

  it('has presets whose recipes exist', () => {
    for (const { input } of IMPORT_PRESETS)
      if (input.kind === 'skeleton-map') expect(input.recipe.joints.length).toBeGreaterThan(0);
  });

  it('ends in a model or a typed error, whatever bytes are changed', async () => {
    const sound = writeSafetensors(checkpoint(AFTER));
    const headerEnd = 8 + Number(new DataView(sound.buffer).getBigUint64(0, true));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(headerEnd + 64), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(sound.length), { freq: 5 }),
        async (changes, length) => {
          const bytes = sound.slice(0, length ?? sound.length);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            await importModel({ bytes, file: 'x', answers: MAPS, today: '2026-01-01' });
          } catch (error) {
            expect(error instanceof FormatError || error instanceof NetError).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

function run(architecture: Architecture, answers: ImportAnswers): ReturnType<typeof importModel> {
  const bytes = writeSafetensors(checkpoint(architecture, authorsNames));
  return importModel({ bytes, file: 'Some Model.pt', answers, today: '2026-01-01' });
}

async function logits(
  architecture: Architecture,
  parameters: Map<string, NdArray>,
  golden: { maps: Uint8Array; asymmetry: Float32Array | null },
): Promise<Float32Array> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const walk = classifier.begin();
  walk.push(golden.maps);
  const result = await walk.finish(golden.asymmetry);
  classifier.dispose();
  return result;
}

function zeros(shape: number[]): NdArray {
  return { shape, dtype: 'float32', data: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
}

const vector = (length: number): NdArray => zeros([length]);
const integers = (length: number): NdArray => ({ shape: [length], dtype: 'int32', data: new Int32Array(length) });
