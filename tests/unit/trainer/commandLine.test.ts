/**
 * The command line: files in, files out, an exit code, and one sentence where something is wrong. Most of it runs in the test's own
 * process; what a process of its own adds is tested from outside.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFloat32, type NdArray } from '../../../src/formats/ndarray.ts';
import { readNpy, writeNpy } from '../../../src/formats/npy.ts';
import { writeSafetensors } from '../../../src/formats/safetensors.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { parseManifest } from '../../../src/nets/manifest.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { fixturePath } from '../../fixtures.ts';
import { randomParameters, TINIEST } from '../../tinyModel.ts';
import { runHere, type Ran } from './commandLineHere.ts';

const PLUMBLINE = fileURLToPath(new URL('../../../trainer/plumbline.ts', import.meta.url));
const CHECKPOINT = fixturePath('sconet-tiny-skeleton/ScoNet-00100.pt')!;
const INPUT = fixturePath('sconet-tiny-skeleton/input_ncshw.npy')!;
const POSE = fixturePath('skeleton-map/walk_clean/pose.npy')!;

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
});
afterAll(() => rm(folder, { recursive: true }));

function runOutside(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', PLUMBLINE, ...args], { encoding: 'utf8' });
  return { code: status, said: stdout, complained: stderr };
}

/** Runs a command that has to work. */
async function works(...args: string[]): Promise<string> {
  return saidBy(await runHere(...args));
}

/** What a command said that had to work. */
function saidBy({ code, said, complained }: Ran): string {
  expect(complained).toBe('');
  expect(code).toBe(0);
  return said;
}

async function read(name: string): Promise<NdArray> {
  return readNpy(await readFile(at(name)));
}

async function write(name: string, array: NdArray): Promise<string> {
  await writeFile(at(name), writeNpy(array));
  return at(name);
}

describe('plumbline', () => {
  it('lists its commands, explains each, and refuses others', async () => {
    const overview = await works();
    const names = ['maps', 'silhouettes', 'pav', 'import', 'infer', 'export', 'prepare', 'check', 'synth', 'simulation', 'train'];
    names.push('evaluate', 'merge', 'metrics', 'calibrate', 'package');
    for (const name of names) expect(overview).toContain(`  ${name} `);
    for (const name of names) expect(await works(name, '--help')).toMatch(new RegExp(`^Usage: npm run -s plumbline -- ${name} `));
    expect(await runHere('diagnose')).toMatchObject({
      code: 2,
      complained: expect.stringContaining('no command "diagnose"') as string,
    });
  });

  it('draws maps that equal the reference', async () => {
    await works('maps', POSE, '--recipe', 'sigma15_joint8-bodyonly', '--out', at('maps.npy'));
    const [maps, reference] = [await read('maps.npy'), await reference15()];
    expect(maps).toMatchObject({ dtype: 'uint8', shape: reference.shape });
    let off = 0;
    maps.data.forEach((level, index) => (off = Math.max(off, Math.abs(Number(level) - Number(reference.data[index])))));
    expect(off).toBeLessThanOrEqual(1);
  });

  it('reads a pickle of NumPy’s, and a list of frames, as it reads an array', async () => {
    const vectors: number[][] = [];
    for (const file of ['pose.npy', 'pose_numpy2_protocol5.pkl', 'pose_big_endian.pkl', 'list_of_arrays.pkl']) {
      await works('pav', fixturePath(`pickle/${file}`)!, '--out', at('vector.npy'));
      vectors.push([...toFloat32(await read('vector.npy'))]);
    }
    expect(vectors[0]!.some((value) => value > 0)).toBe(true);
    for (const vector of vectors.slice(1)) expect(vector).toEqual(vectors[0]);
  });

  it('measures the asymmetry vector, and normalises it by a model’s range', async () => {
    await works('pav', POSE, '--out', at('raw.npy'));
    const raw = await read('raw.npy');
    expect(raw).toMatchObject({ dtype: 'float32', shape: [8, 3] });
    const range = new Float32Array(48).fill(20, 24);
    await importDrf('drf', '--pav-range', await write('range.npy', { dtype: 'float32', shape: [2, 8, 3], data: range }));
    await works('pav', POSE, '--out', at('normal.npy'), '--manifest', at('drf'));
    const expected = toFloat32(raw).map((value) => Math.min(value / 20, 1));
    expect(largestDifference(toFloat32(await read('normal.npy')), expected)).toBeLessThan(1e-6);
  });

  it('gives the same logits from a checkpoint and from the model made of it: those of the reference', async () => {
    const said = await works(
      ...['import', CHECKPOINT, '--out', at('model')],
      ...['--recipe', 'sigma15_joint8-bodyonly', '--class-order', 'negative,neutral,positive', '--trained-on', 'nothing at all'],
    );
    expect(said).toContain('ScoNet-MT-ske: ResNet9 (8, 16, 32, 64)');
    expect(said).toContain('Backbone.forward_block.bn1.num_batches_tracked');
    const manifest = parseManifest(JSON.parse(await readFile(at('model/model.json'), 'utf8')));
    expect(manifest).toMatchObject({ id: 'model', training: { data: 'nothing at all' }, origin: { iterations: 100 } });
    expect(await readFile(at('model/README.md'), 'utf8')).toContain('nothing at all');
    await works('infer', at('model'), INPUT, '--backend', 'wasm', '--out', at('folder.npy'));
    const bare = await runHere('infer', CHECKPOINT, INPUT, '--backend', 'cpu', '--out', at('bare.npy'));
    expect(bare).toMatchObject({
      code: 0,
      complained: expect.stringContaining("doesn't say the order of its classes") as string,
    });
    const reference = readNpy(await readFile(fixturePath('sconet-tiny-skeleton/logits_ncp.npy')!));
    for (const name of ['folder.npy', 'bare.npy']) {
      const logits = await read(name);
      expect(logits).toMatchObject({ dtype: 'float32', shape: reference.shape });
      expect(largestDifference(toFloat32(logits), toFloat32(reference))).toBeLessThan(1e-4);
    }
  });

  it('classifies the maps that it has drawn, and a DRF with its vector', async () => {
    await importDrf('plain');
    await works('maps', POSE, '--recipe', 'upstream-aligned', '--out', at('walk.npy'));
    const pav = await write('pav.npy', { dtype: 'float32', shape: [8, 3], data: new Float32Array(24).fill(0.4) });
    await works('infer', at('plain'), at('walk.npy'), '--pav', pav, '--backend', 'cpu', '--out', at('walk-logits.npy'));
    const logits = await read('walk-logits.npy');
    expect(logits.shape).toEqual([1, 3, 16]);
    expect(toFloat32(logits).every((cosine) => Math.abs(cosine) <= 1 + 1e-6)).toBe(true);
  });

  it('exports what it can import again, and ONNX', async () => {
    await importDrf('source');
    for (const format of ['pt', 'safetensors', 'onnx'])
      await works('export', at('source'), '--format', format, '--out', at(`out.${format}`));
    const input = await write('input.npy', {
      dtype: 'uint8',
      shape: [3, 2, 64, 44],
      data: new Uint8Array(3 * 2 * 64 * 44).fill(90),
    });
    const pav = await write('pav.npy', { dtype: 'float32', shape: [8, 3], data: new Float32Array(24).fill(0.2) });
    const run = async (model: string) => {
      const { code } = await runHere('infer', model, input, '--pav', pav, '--backend', 'cpu', '--out', at('logits.npy'));
      expect(code).toBe(0);
      return toFloat32(await read('logits.npy'));
    };
    const expected = await run(at('source'));
    // The authors' order has become the evaluator's on the way.
    for (const format of ['pt', 'safetensors'])
      expect(largestDifference(await run(at(`out.${format}`)), expected)).toBeLessThan(1e-6);
  });

  it('aligns silhouettes', async () => {
    const masks = new Uint8Array(2 * 50 * 40);
    for (let row = 5; row < 45; row++) masks.fill(255, row * 40 + 10, row * 40 + 30);
    await works(
      'silhouettes',
      await write('masks.npy', { dtype: 'uint8', shape: [2, 50, 40], data: masks }),
      '--out',
      at('silhouettes.npy'),
    );
    // The second mask is empty and left out.
    expect(await read('silhouettes.npy')).toMatchObject({ dtype: 'uint8', shape: [1, 64, 64] });
  });

  const wrong: [string, (() => Promise<string[]>) | string[], RegExp][] = [
    ['an option that nobody knows', ['maps', POSE, '--recipie', 'x'], /recipie/],
    ['a missing option', ['maps', POSE, '--recipe', 'upstream-aligned'], /--out is missing/],
    ['a recipe that nobody knows', ['maps', POSE, '--recipe', 'best', '--out', 'x'], /no map recipe "best"/],
    ['no argument', ['pav', '--out', 'x'], /one argument is expected, POSE, and none is given/],
    ['a file that is not there', ['pav', 'nowhere.npy', '--out', 'x'], /nowhere\.npy can't be read: there is no such file/],
    ['poses of another shape', ['pav', INPUT, '--out', 'x'], /poses are \[frames, 17, 3\]/],
    [
      'a pickle that runs code',
      () => Promise.resolve(['pav', fixturePath('pickle/malicious_os_system.pkl')!, '--out', 'x']),
      /os|posix|system/,
    ],
    [
      'a checkpoint that leaves a question open',
      () => Promise.resolve(['import', CHECKPOINT, '--out', at('no')]),
      /doesn't say which map recipe/,
    ],
    ['a class order that is none', ['import', CHECKPOINT, '--out', 'x', '--class-order', 'a,b,c'], /no class order/],
    ['a file that is no checkpoint', ['infer', POSE, INPUT, '--out', 'x'], /not a PyTorch checkpoint/],
    ['input for another network', ['infer', CHECKPOINT, POSE, '--out', 'x'], /can be classified/],
    ['an engine that nobody has', ['infer', CHECKPOINT, INPUT, '--backend', 'abacus', '--out', 'x'], /no engine "abacus"/],
    [
      'a range whose least values are above its greatest',
      async () => {
        const range = await write('upside-down.npy', {
          dtype: 'float32',
          shape: [2, 8, 3],
          data: new Float32Array(48).fill(1, 0, 24),
        });
        return ['import', CHECKPOINT, '--out', at('no'), '--pav-range', range];
      },
      /least value above its greatest/,
    ],
    ['a vector for a ScoNet', ['infer', CHECKPOINT, INPUT, '--pav', POSE, '--out', 'x'], /no use for an asymmetry vector/],
    [
      'masks of 0 and 1',
      async () => [
        'silhouettes',
        await write('ones.npy', { dtype: 'uint8', shape: [1, 4, 4], data: new Uint8Array(16).fill(1) }),
        '--out',
        'x',
      ],
      /multiply them by 255/,
    ],
  ];
  it.each(wrong)('ends in one sentence on %s', async (_, args, sentence) => {
    const { code, said, complained } = await runHere(...(Array.isArray(args) ? args : await args()));
    expect(complained).toMatch(sentence);
    expect(complained).not.toMatch(/\n\s+at /);
    expect([code, said]).toEqual([1, '']);
  });
});

describe('plumbline from outside', () => {
  it('lists its commands', () => {
    expect(saidBy(runOutside())).toContain('  maps ');
  });

  it('is used wrongly where there is no such command', () => {
    expect(runOutside('diagnose')).toMatchObject({
      code: 2,
      said: '',
      complained: expect.stringContaining('no command "diagnose"') as string,
    });
  });

  it('says one sentence where something is wrong, and nothing else', () => {
    expect(runOutside('pav', 'nowhere.npy', '--out', 'x')).toEqual({
      code: 1,
      said: '',
      complained: "nowhere.npy can't be read: there is no such file.\n",
    });
  });

  // tfjs greets on stderr when it first computes in a process, and engines keep threads that would keep the process.
  it.each(['native', 'wasm'])('ends when it has computed with the engine %s, and has not complained', (engine) => {
    const order = ['--class-order', 'negative,neutral,positive'];
    const said = saidBy(runOutside('infer', CHECKPOINT, INPUT, ...order, '--backend', engine, '--out', at('outside.npy')));
    expect(said).toMatch(new RegExp(`^Logits of .* \\(${engine}\\)\\.\n$`));
  });
});

async function importDrf(name: string, ...more: string[]): Promise<void> {
  const architecture: Architecture = { ...TINIEST, network: 'drf', attention: 'after-fcs' };
  await writeFile(at(`${name}.safetensors`), writeSafetensors(randomParameters(architecture, 3)));
  await works('import', at(`${name}.safetensors`), '--out', at(name), '--preset', 'drf-authors-118', ...more);
}

/** The recipe's reference maps, shortened to what the small fixtures hold. */
async function reference15(): Promise<NdArray> {
  return readNpy(await readFile(fixturePath('skeleton-map/walk_clean/shared_sigma1.5_joint8_bodyonly.npy')!));
}
