/** A job can start from whatever holds weights; how it trains is what those came from, or a config that is named. */
import { mkdir, writeFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { writeSafetensors } from '../../../../src/formats/safetensors.ts';
import type { ModelManifest } from '../../../../src/nets/manifest.ts';
import { openJobSource } from '../../../../trainer/opengait/jobSource.ts';
import { saveCheckpoint } from '../../../../trainer/train/checkpoint.ts';
import { parseConfig } from '../../../../trainer/train/config.ts';
import { CHECKPOINT_FILE, retainedFile } from '../../../../trainer/train/runFiles.ts';
import { RUN_FILE, type RunRecord } from '../../../../trainer/train/runRecord.ts';
import { makeTinyModel, randomParameters, TINIEST } from '../../../tinyModel.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';

const at = temporaryFolder();
const config = parseConfig({ name: 'a run', network: TINIEST, iterations: 77 });
const [last, best] = [randomParameters(TINIEST, 1), randomParameters(TINIEST, 2)];

const record: RunRecord = {
  schema: 1,
  config,
  data: {
    root: 'somewhere',
    partition: 'partition',
    description: 'noise',
    simulated: true,
    recipe: null,
    trainClips: 1,
    trainPeople: 1,
    validation: [],
    validationFrom: 'none',
    trainDigest: '',
  },
  asymmetryRange: null,
  classWeights: null,
  warmStart: null,
  engine: 'none',
};

async function modelOf(name: string, origin: Partial<ModelManifest['origin']>): Promise<void> {
  const { manifest, files } = await makeTinyModel({ architecture: TINIEST });
  await mkdir(at(name));
  for (const [file, bytes] of files) await writeFile(at(name, file), bytes);
  await writeFile(at(name, 'model.json'), JSON.stringify({ ...manifest, origin: { ...manifest.origin, ...origin } }));
}

beforeAll(async () => {
  await mkdir(at('run'));
  await writeFile(at('run', RUN_FILE), JSON.stringify(record));
  const rest = { optimiserState: new Map(), iteration: 60, config: JSON.stringify(config), best: '{}', evaluated: 60 };
  await saveCheckpoint(at('run', CHECKPOINT_FILE), { ...rest, parameters: last });
  await saveCheckpoint(at('run', retainedFile('macro-f1')), { ...rest, parameters: best });
  await writeFile(at('other.json'), JSON.stringify({ name: 'another', network: TINIEST }));
  await writeFile(at('finetune.json'), JSON.stringify({ name: 'a finetune', network: TINIEST, warmStart: {} }));
  await writeFile(at('bare.safetensors'), writeSafetensors(best));
  await modelOf('trained', { kind: 'trained', config });
  await modelOf('outdated', { kind: 'trained', config: { recipe: 'best' } });
});

it.each([
  ['a run, its last weights', ['run'], last, 'a run'],
  ['a retained checkpoint of it', ['run', retainedFile('macro-f1')], best, 'a run'],
])('%s', async (_, path, parameters, name) => {
  const source = await openJobSource(at(...path), null);
  expect(source.config).toEqual({ ...config, name });
  expect(new Map([...source.parameters].sort())).toEqual(new Map([...parameters].sort()));
  expect(source.from).toContain('after 60 iterations');
});

it('a model that was trained here', async () => {
  expect((await openJobSource(at('trained'), null)).config).toEqual(config);
});

it('weights that come with no config, by the one that is named', async () => {
  const source = await openJobSource(at('bare.safetensors'), at('other.json'));
  expect(source.config.name).toBe('another');
  expect(new Map([...source.parameters].sort())).toEqual(new Map([...best].sort()));
});

it('a config alone, with fresh weights', async () => {
  const { from, config: own } = await openJobSource(at('other.json'), null);
  expect([from, own.name]).toEqual(['fresh weights, seed 1', 'another']);
});

it.each([
  ['weights that say nothing', 'bare.safetensors', null, /doesn't say what it was trained by; name a config with --config\./],
  ['a config of another make', 'outdated', null, /comes with a config that can't be read any more \(.*\); name a config/],
  [
    'a config that starts from others’ weights',
    'finetune.json',
    null,
    /export that checkpoint, with --config .*finetune\.json\./,
  ],
  ['two configs', 'other.json', 'other.json', /is a config already: leave --config out/],
  ['nothing', 'nowhere.safetensors', null, /nowhere\.safetensors can't be read: there is no such file/],
  ['nothing, whatever the config', 'nowhere.pt', 'other.json', /nowhere\.pt can't be read: there is no such file/],
])('refuses %s in a sentence', async (_, path, named, sentence) => {
  await expect(openJobSource(at(path), named === null ? null : at(named))).rejects.toThrow(sentence);
});
