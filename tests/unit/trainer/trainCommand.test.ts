/** From data to a packaged, calibrated, measured model by the command line, with a stop by SIGTERM on the way. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/nets/modelFiles.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { readSafetensors } from '../../../src/formats/safetensors.ts';
import { toFloat32 } from '../../../src/formats/ndarray.ts';
import { folderLoader } from '../../../trainer/models/folderLoader.ts';
import { logitsOnCpu } from '../../tinyModel.ts';
import { writeSimulatedSet } from './simulatedSet.ts';

const PLUMBLINE = fileURLToPath(new URL('../../../trainer/plumbline.ts', import.meta.url));
const CONFIG = {
  name: 'Tiny',
  split: 'partition',
  network: { network: 'drf', widths: [4, 4, 8, 8], embedding: 8 },
  sampler: { identities: 4, samples: 2 },
  frames: { count: 2 },
  schedule: { peak: 0.01, milestones: [] },
  iterations: 60,
  evaluation: { every: 20 },
};

let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  await writeSimulatedSet(at('data'), { splits: { train: 12, validation: 6, test: 6 }, clipsPerPerson: 1, frames: 4 });
  await writeFile(at('config.json'), JSON.stringify(CONFIG));
});
afterAll(() => rm(folder, { recursive: true }));

const command = (...args: string[]) => ['--import', 'tsx', PLUMBLINE, ...args];
const training = (...more: string[]) =>
  command(
    'train',
    at('config.json'),
    '--data',
    at('data'),
    '--out',
    at('run'),
    '--engine',
    'native',
    '--say-every',
    '5',
    ...more,
  );

function works(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(...args), { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe('train', () => {
  it('stops at SIGTERM where it can go on, and goes on with the same command', async () => {
    const stopped = await stopAfterFirstLine(training('--tensorboard'));
    expect(stopped.code).toBe(1);
    expect(stopped.complained).toMatch(/^Stopped after \d+ of 60 iterations; the same command goes on\.$/m);
    const done = Number(/after (\d+) of/.exec(stopped.complained)![1]);
    expect(done).toBeLessThan(60);
    expect((await readdir(at('run'))).filter((name) => name.endsWith('.part'))).toEqual([]);

    const { status, stdout } = spawnSync(process.execPath, training('--tensorboard'), { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain(`Going on after ${done} iterations.`);
    expect(stdout).toMatch(/ left/);
    const lines = (await readFile(at('run/log.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { iteration: number }).iteration)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
    expect(await readdir(at('run'))).toContain('best-macro-f1.safetensors');
  });

  it('says what is wrong before it starts', () => {
    const { status, stderr } = spawnSync(process.execPath, training('--partition', at('none.json')), { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/no partition file .*none\.json/);
  });
});

describe('package', () => {
  it('makes a model that passes its own self-test, and is calibrated and measured by the next two commands', async () => {
    const said = works('package', at('run'), '--by', 'accuracy', '--out', at('tiny-model'), '--engine', 'native');
    expect(said).toMatch(/^Tiny: weights after (20|40|60) iterations written to /);
    works('calibrate', at('tiny-model'), at('data'), '--engine', 'native');
    const figures = works('evaluate', at('tiny-model'), at('data'), '--split', 'test', '--into-card', '--engine', 'native');
    expect(figures).toMatch(/^accuracy +\d+\.\d\d %/);

    const { manifest, parameters } = await loadModel(folderLoader(at('tiny-model')));
    expect(manifest).toMatchObject({
      id: 'tiny-model',
      training: { data: 'simulated walks for tests', simulated: true, split: 'partition' },
      probability: { calibrated: true },
      metrics: { people: 6, clips: 6 },
    });
    expect(manifest.asymmetryRange).not.toBeNull();
    expect(manifest.origin).toMatchObject({ people: 12, clips: 12, config: { name: 'Tiny' } });
    expect((manifest.origin as { chosenBy: string }).chosenBy).toMatch(
      /^best accuracy, 0\.\d{3}, on 6 clips of the partition's validation people; never on the test set$/,
    );

    const golden = readSafetensors(await readFile(at('tiny-model/golden.safetensors'))).tensors;
    const maps = golden.get('maps')!.data as Uint8Array;
    const logits = await logitsOnCpu(manifest.architecture, parameters, maps, toFloat32(golden.get('asymmetry')!));
    expect(largestDifference(logits, toFloat32(golden.get('logits')!))).toBeLessThan(1e-4);

    const card = await readFile(at('tiny-model/README.md'), 'utf8');
    expect(card).toContain('Trained on simulation only');
    expect(card).toContain('checkpoint chosen by best accuracy');
    expect(card).toContain('Judged on the test people of partition.json');
    expect(card).not.toMatch(/diagnos/i);
  });

  it('says so where a figure has retained nothing', () => {
    const { status, stderr } = spawnSync(process.execPath, command('package', at('run'), '--by', 'auc', '--out', at('x')), {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/retained by "auc"; there are accuracy, macro-f1/);
  });
});

/** Runs until the first line of figures, then sends SIGTERM. */
function stopAfterFirstLine(args: string[]): Promise<{ code: number | null; complained: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args);
    let said = '';
    let complained = '';
    child.stdout.on('data', (text: Buffer) => {
      const before = said.includes(' of 60');
      said += text.toString();
      if (!before && said.includes(' of 60')) child.kill('SIGTERM');
    });
    child.stderr.on('data', (text: Buffer) => (complained += text.toString()));
    child.on('close', (code) => resolve({ code, complained }));
  });
}
