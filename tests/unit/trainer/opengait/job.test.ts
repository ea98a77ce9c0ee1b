/** Jobs for OpenGait, as far as they can be tested without it: its data, its checkpoint and its YAML, read by what OpenGait reads them with. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../../../src/formats/npy.ts';
import { readPickledArrays } from '../../../../src/formats/pickle.ts';
import { writeSafetensors } from '../../../../src/formats/safetensors.ts';
import { readWeightsFile } from '../../../../src/formats/weightsFile.ts';
import { fitAsymmetryRange, normaliseAsymmetry } from '../../../../src/gait/asymmetry.ts';
import { CLASSES } from '../../../../src/gait/labels.ts';
import type { Architecture } from '../../../../src/nets/architecture.ts';
import { asymmetryRangeOf } from '../../../../src/nets/import/asymmetryRange.ts';
import type { Parameters } from '../../../../src/nets/parameters.ts';
import { largestDifference } from '../../../../src/nets/selfTest.ts';
import { command } from '../../../../trainer/commands/export.ts';
import { readClipData } from '../../../../trainer/data/clipData.ts';
import { openDataset } from '../../../../trainer/data/dataset.ts';
import { readPartition, writePartition } from '../../../../trainer/data/partition.ts';
import { openModel } from '../../../../trainer/models/openModel.ts';
import { openJobSource } from '../../../../trainer/opengait/jobSource.ts';
import { readOpenGaitFile } from '../../../../trainer/opengait/readConfigFile.ts';
import { writeJob } from '../../../../trainer/opengait/writeJob.ts';
import { parseConfig, type ConfigInput } from '../../../../trainer/train/config.ts';
import { openTrainingData } from '../../../../trainer/train/trainingData.ts';
import { logitsOnCpu, randomNumbers, randomParameters, TINIEST } from '../../../tinyModel.ts';
import { poses, put, temporaryFolder, VIEW } from '../data/madeUpDataset.ts';
import { noPython, programText, pythonWith, runPython } from './python.ts';

const PLUMBLINE = fileURLToPath(new URL('../../../../trainer/plumbline.ts', import.meta.url));
const FRAMES = 3;
const at = temporaryFolder();
const random = randomNumbers(5);

/** Ids by split; each class comes in each. */
const SPLIT = {
  train: ['00', '01', '02', '03', '04', '05'],
  validation: ['06', '07', '08'],
  test: ['09', '10', '11'],
};
const IDS = [...SPLIT.train, ...SPLIT.validation, ...SPLIT.test];
const vectors = new Map(IDS.map((id) => [id, Float32Array.from({ length: 24 }, () => 10 * random())]));
const range = fitAsymmetryRange(SPLIT.train.map((id) => vectors.get(id)!));

const DRF: Architecture = { ...TINIEST, network: 'drf', attention: 'after-fcs' };
const SILHOUETTE: Architecture = { ...TINIEST, inChannels: 1 };

/** Training as short as can be. */
const TRAINING = {
  iterations: 45,
  evaluation: { every: 10 },
  schedule: { kind: 'cosine', peak: 1e-3, floor: 1e-7 },
  optimiser: { kind: 'adamw' },
} satisfies Partial<ConfigInput>;

beforeAll(async () => {
  for (const [index, id] of IDS.entries()) {
    const className = CLASSES[index % 3]!;
    const levels = (length: number) => Uint8Array.from({ length: FRAMES * length }, () => Math.floor(256 * random()));
    await put(at('maps'), id, className, '000_180.pkl', poses(FRAMES));
    await put(at('maps'), id, className, '0_map.pkl', { dtype: 'uint8', shape: [FRAMES, 2, 64, 64], data: levels(8192) });
    const repeated = Float32Array.from({ length: FRAMES * 24 }, (_, element) => vectors.get(id)![element % 24]!);
    await put(at('maps'), id, className, '1_pav.pkl', { dtype: 'float32', shape: [FRAMES, 8, 3], data: repeated });
    await put(at('silhouettes'), id, className, 's.pkl', { dtype: 'uint8', shape: [FRAMES, 64, 64], data: levels(4096) });
  }
  for (const data of ['maps', 'silhouettes']) {
    await writePartition(at(data, 'partition.json'), SPLIT);
    await writeFile(at(data, 'subjects.json'), JSON.stringify(Object.fromEntries(IDS.map((id) => [id, `person ${id}`]))));
    await writeFile(
      at(data, 'dataset.json'),
      JSON.stringify({ schema: 1, data: "a test's noise", simulated: true, recipe: null }),
    );
  }
  await job('sconet', TINIEST, 'maps', { split: 'noise', loss: { crossEntropy: { classWeights: 'inverse-frequency' } } });
  await job('drf', DRF, 'maps');
  await job('silhouette', SILHOUETTE, 'silhouettes', { input: { kind: 'silhouette' }, augmentation: { erase: 0.5 } });
});

const parametersOf = new Map<string, Parameters>();
const path = (name: string) => at(`job-${name}`);

/** Writes a job of random weights. */
async function job(name: string, network: Architecture, data: string, config: Partial<ConfigInput> = {}): Promise<void> {
  const parameters = randomParameters(network, 3);
  parametersOf.set(name, parameters);
  await writeFile(at(`${name}.json`), JSON.stringify({ name: `a ${name}`, network, ...TRAINING, ...config }));
  await writeFile(at(`${name}.safetensors`), writeSafetensors(parameters));
  const source = await openJobSource(at(`${name}.safetensors`), at(`${name}.json`));
  const training = await openTrainingData(at(data), null, source.config, () => undefined);
  await writeJob(path(name), source, training, { gpus: 1, report: () => undefined });
}

describe('the data of a job', () => {
  it('is the clips that are trained on, and under TEST_SET those that choose; no test clip', async () => {
    const { ids } = await readPartition(join(path('sconet'), 'partition.json'));
    expect(ids).toEqual({ train: SPLIT.train, validation: [], test: SPLIT.validation });
    expect((await readdir(join(path('sconet'), 'data'))).sort()).toEqual([...SPLIT.train, ...SPLIT.validation]);
  });

  it('is nothing but what the network is fed with, under names that OpenGait sorts rightly', async () => {
    const files = async (name: string) => (await openDataset(join(path(name), 'data'))).clips.map((clip) => clip.files);
    expect(new Set((await files('sconet')).flat())).toEqual(new Set(['0_heatmap.pkl']));
    for (const names of await files('drf')) expect(names).toEqual(['0_heatmap.pkl', '1_pav.pkl']);
    expect(new Set((await files('silhouette')).flat())).toEqual(new Set([`${VIEW}.pkl`]));
  });

  it('takes no second room on the disk for the maps', async () => {
    const place = ['01', 'neutral', VIEW];
    const [ours, theirs] = await Promise.all([
      stat(at('maps', ...place, '0_map.pkl')),
      stat(join(path('sconet'), 'data', ...place, '0_heatmap.pkl')),
    ]);
    expect(theirs.ino).toBe(ours.ino);
  });

  it('has a DRF’s vectors normalised by the range of the clips that are trained on, and that range beside them', async () => {
    for (const clip of (await openDataset(join(path('drf'), 'data'))).clips) {
      const { asymmetry } = await readClipData(clip, 'skeleton-map');
      const expected = normaliseAsymmetry(vectors.get(clip.id)!, range);
      expect(largestDifference(asymmetry!, expected)).toBeLessThan(1e-6);
    }
    const file = readNpy(await readFile(join(path('drf'), 'asymmetry-range.npy')));
    expect(asymmetryRangeOf(file, 'range')).toEqual(range);
  });

  const numpy = pythonWith('numpy');
  it.skipIf(!numpy)(`is read by pickle and NumPy as OpenGait reads it${noPython(numpy, 'NumPy')}`, async () => {
    const read = runPython(numpy!, programText('dataset.py'), [path('drf')]);
    const found = Object.fromEntries(
      await Promise.all(
        [...SPLIT.train, ...SPLIT.validation].map(async (id) => {
          const clip = (await openDataset(at('maps'))).clips.find((each) => each.id === id)!;
          const [maps] = readPickledArrays(await readFile(join(clip.folder, '0_map.pkl')));
          const vector = normaliseAsymmetry(vectors.get(id)!, range);
          return [
            id,
            {
              class: CLASSES[clip.label],
              types: ['uint8', 'float32'],
              shapes: [
                [FRAMES, 2, 64, 64],
                [FRAMES, 8, 3],
              ],
              sums: [sum(maps!.data as Uint8Array), expect.closeTo(FRAMES * sum(vector), 5)],
            },
          ] as const;
        }),
      ),
    );
    const ids = [...SPLIT.train, ...SPLIT.validation];
    expect(read).toEqual({ partition: { TRAIN_SET: SPLIT.train, TEST_SET: SPLIT.validation }, ids, found });
  });
});

describe('the YAML of a job', () => {
  it.each([
    ['sconet', { loss: { crossEntropy: { classWeights: [1, 1, 1] } }, split: 'noise' }],
    ['drf', {}],
    ['silhouette', { input: { kind: 'silhouette' }, augmentation: { erase: 0.5 } }],
  ] as const)('%s: is read back as the config of the run that it stands for', async (name, more) => {
    const { config } = await readOpenGaitFile(join(path(name), 'config.yaml'));
    const network = { sconet: TINIEST, drf: DRF, silhouette: SILHOUETTE }[name];
    expect(config).toEqual(
      parseConfig({
        name: `a ${name}`,
        network,
        ...TRAINING,
        ...(more as Partial<ConfigInput>),
        warmStart: { optimiserState: false },
      }),
    );
  });
});

describe('the checkpoint of a job', () => {
  it.each(['sconet', 'silhouette', 'drf'])(
    '%s: holds the same weights, and gives the same logits when it is imported',
    async (name) => {
      const { architecture, parameters, iterations } = await openModel(join(path(name), 'initial.pt'));
      expect(iterations).toBe(0);
      expect(new Map([...parameters].sort())).toEqual(new Map([...parametersOf.get(name)!].sort()));
      const maps = Uint8Array.from({ length: 2 * architecture.inChannels * 64 * 44 }, () => Math.floor(256 * random()));
      const vector = architecture.network === 'drf' ? Float32Array.from({ length: 24 }, random) : null;
      const logits = await logitsOnCpu(architecture, parameters, maps, vector);
      expect(logits).toEqual(await logitsOnCpu(architecture, parametersOf.get(name)!, maps, vector));
    },
  );

  it('has a DRF’s attention under the names of the public re-implementation', async () => {
    const { tensors } = readWeightsFile(await readFile(join(path('drf'), 'initial.pt')));
    const attention = [...tensors].filter(([name]) => name.startsWith('PGA.')).map(([name, { shape }]) => [name, shape]);
    expect(attention).toEqual([
      ['PGA.channel_attention.weight', [DRF.embedding, 24]],
      ['PGA.channel_attention.bias', [DRF.embedding]],
      ['PGA.spatial_attention.weight', [1, 3, 1]],
      ['PGA.spatial_attention.bias', [1]],
    ]);
  });

  const torch = pythonWith('torch', 'numpy');
  it.skipIf(!torch).each([
    ['sconet', TINIEST],
    ['silhouette', SILHOUETTE],
    ['drf', DRF],
  ] as const)(
    `%s: loads strictly in PyTorch, and gives the same logits there${noPython(torch, 'PyTorch', 'NumPy')}`,
    async (name, architecture) => {
      const planes = architecture.inChannels * 2 * 64 * 44;
      const maps = Uint8Array.from({ length: planes }, () => Math.floor(256 * random()));
      const vector = Float32Array.from({ length: 24 }, random);
      await writeFile(at('maps.npy'), writeNpy({ dtype: 'uint8', shape: [1, architecture.inChannels, 2, 64, 44], data: maps }));
      await writeFile(at('vectors.npy'), writeNpy({ dtype: 'float32', shape: [1, 8, 3], data: vector }));
      const files = [join(path(name), 'initial.pt'), at('maps.npy'), at('vectors.npy')];
      const { shape, logits } = runPython(torch!, programText('network.py'), files) as { shape: number[]; logits: number[] };
      expect(shape).toEqual([1, 3, architecture.parts]);
      const ours = await logitsOnCpu(
        architecture,
        parametersOf.get(name)!,
        framesFirst(maps, architecture.inChannels),
        architecture.network === 'drf' ? vector : null,
      );
      expect(largestDifference(Float32Array.from(logits), ours)).toBeLessThan(1e-5);
    },
  );
});

describe('the README of a job', () => {
  it('says what is in it, what OpenGait lacks, and that the test clips are not', async () => {
    const text = await readFile(join(path('drf'), 'README.md'), 'utf8');
    expect(text).toContain(
      '6 clips (2 negative, 2 neutral, 2 positive) to train on (TRAIN_SET), 3 clips (1 negative, 1 neutral, 1 positive)',
    );
    expect(text).toContain('OpenGait has no DRF');
    expect(text).toContain("a test's noise, made up by a program");
    expect(text).toContain('--cfgs job-drf/config.yaml --phase train');
    expect(text).toContain('output/Plumbline/DRF/job-drf/checkpoints');
    expect(text).toContain('Those are not in this job');
    const plain = await readFile(join(path('silhouette'), 'README.md'), 'utf8');
    expect(plain).not.toContain('What OpenGait as published lacks');
  });

  it('brings the result back with the very command that it gives', async () => {
    const text = await readFile(join(path('sconet'), 'README.md'), 'utf8');
    const given = /npm run -s plumbline -- (import [\s\S]*?)\nnpm run/.exec(text)?.[1]?.replaceAll('\\\n', ' ');
    // The last whole multiple of the interval: OpenGait saves at no other time.
    expect(given).toContain('job-sconet-00040.pt');
    const command = given!.replace('job-sconet-00040.pt', join(path('sconet'), 'initial.pt')).replace('models/', at('models/'));
    await mkdir(at('models'));
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" --import tsx "${PLUMBLINE}" ${command}`], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const { manifest, parameters } = await openModel(at('models', 'job-sconet'));
    expect(manifest).toMatchObject({
      classOrder: ['negative', 'neutral', 'positive'],
      input: { kind: 'skeleton-map', recipe: { name: 'sigma15_joint8-bodyonly' } },
      training: { data: "a test's noise", split: 'noise' },
    });
    expect(new Map([...parameters].sort())).toEqual(new Map([...parametersOf.get('sconet')!].sort()));
  });
});

function plumbline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', PLUMBLINE, ...args], { encoding: 'utf8' });
  return { code: status, said: stdout, complained: stderr };
}

describe('export --format opengait', () => {
  it('writes a job from a config, with fresh weights', async () => {
    const out = at('fresh');
    const ran = plumbline('export', at('sconet.json'), '--format', 'opengait', '--data', at('maps'), '--gpus', '2', '--out', out);
    expect(ran).toMatchObject({ code: 0, complained: '' });
    expect(ran.said).toContain('6 clips to train on and 3 to choose checkpoints by');
    expect((await readdir(out)).sort()).toEqual(['README.md', 'config.yaml', 'data', 'initial.pt', 'partition.json']);
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain(
      'CUDA_VISIBLE_DEVICES=0,1 python -m torch.distributed.launch --nproc_per_node=2',
    );
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain('fresh weights, seed 1');
  });

  const wrong: [string, () => string[], RegExp][] = [
    ['no data', () => [at('sconet.json'), '--out', at('no')], /--data is missing/],
    [
      'weights that say nothing of their training',
      () => [at('sconet.safetensors'), '--data', at('maps'), '--out', at('no')],
      /doesn't say what it was trained by; name a config with --config/,
    ],
    [
      'a folder that holds something',
      () => [at('sconet.json'), '--data', at('maps'), '--out', path('sconet')],
      /holds something already/,
    ],
    [
      'a name that is no path',
      () => [at('sconet.json'), '--data', at('maps'), '--out', at('a job')],
      /"a job" is no name for a job/,
    ],
    [
      'GPUs that a batch can’t be shared out among',
      () => [at('sconet.json'), '--data', at('maps'), '--gpus', '3', '--out', at('no')],
      /among 3 GPUs evenly/,
    ],
    [
      'half a GPU',
      () => [at('sconet.json'), '--data', at('maps'), '--gpus', '0.5', '--out', at('no')],
      /--gpus 0\.5 can't be used/,
    ],
    [
      'silhouettes for a network on maps',
      () => [at('sconet.json'), '--data', at('silhouettes'), '--out', at('no')],
      /has no skeleton maps/,
    ],
    [
      'a config for another network',
      () => [at('drf.safetensors'), '--config', at('silhouette.json'), '--data', at('silhouettes'), '--out', at('no')],
      /another network, or another input/,
    ],
  ];
  it.each(wrong)('ends in one sentence on %s', async (_, args, sentence) => {
    const refused = command.run([...args(), '--format', 'opengait']);
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toThrow(/^[^\n]+\.$/);
  });

  it('has options of the one kind refused by the other', async () => {
    const weights = command.run([at('sconet.safetensors'), '--format', 'onnx', '--gpus', '2', '--out', at('no')]);
    await expect(weights).rejects.toThrow('Leave --gpus out: only a job for OpenGait needs it.');
    const ordered = command.run([at('sconet.json'), '--format', 'opengait', '--class-order', 'a', '--out', at('no')]);
    await expect(ordered).rejects.toThrow('Leave --class-order out');
  });
});

/** [channels, frames, pixels] → [frames, channels, pixels]. */
function framesFirst(maps: Uint8Array, channels: number): Uint8Array {
  const pixels = 64 * 44;
  const frames = maps.length / (channels * pixels);
  const result = new Uint8Array(maps.length);
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (channel * frames + frame) * pixels;
      result.set(maps.subarray(from, from + pixels), (frame * channels + channel) * pixels);
    }
  }
  return result;
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}
