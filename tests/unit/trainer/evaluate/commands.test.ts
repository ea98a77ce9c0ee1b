/** The commands on a small data set and a model of random weights: judged, stopped, gone on with, in shards, calibrated, into the card. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseManifest } from '../../../../src/nets/manifest.ts';
import { command as calibrateCommand } from '../../../../trainer/commands/calibrate.ts';
import type { Command } from '../../../../trainer/commands/command.ts';
import { command as evaluateCommand } from '../../../../trainer/commands/evaluate.ts';
import { command as mergeCommand } from '../../../../trainer/commands/merge.ts';
import { WHOLE } from '../../../../trainer/data/shard.ts';
import { startEngine } from '../../../../trainer/engines/engine.ts';
import type { Evaluation } from '../../../../trainer/evaluate/evaluation.ts';
import { judgeClips } from '../../../../trainer/evaluate/judge.ts';
import { openJudgedSet } from '../../../../trainer/evaluate/judgedSet.ts';
import { judgeSplit } from '../../../../trainer/evaluate/judgeSplit.ts';
import { openModelToJudge } from '../../../../trainer/evaluate/modelToJudge.ts';
import { TINIEST } from '../../../tinyModel.ts';
import { temporaryFolder } from '../data/madeUpDataset.ts';
import { writeSimulatedSet } from '../simulatedSet.ts';
import { writeModelFolder } from './madeUp.ts';

const PLUMBLINE = fileURLToPath(new URL('../../../../trainer/plumbline.ts', import.meta.url));
const at = temporaryFolder();

beforeAll(async () => {
  await writeSimulatedSet(at('maps'), { splits: { train: 24, validation: 10, test: 10 }, frames: 2 });
  await writeModelFolder(at('model'));
});
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process and gives what it printed. */
async function run({ run: command }: Command, ...args: string[]): Promise<string> {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(`${text}\n`));
  try {
    await command(args);
  } finally {
    vi.restoreAllMocks();
  }
  return said.join('');
}

const evaluate = (...args: string[]) => run(evaluateCommand, ...args, '--engine', 'wasm');
const readReport = async (...path: string[]) => JSON.parse(await readFile(at(...path), 'utf8')) as Evaluation;

describe('evaluate', () => {
  it('judges every clip of the split and keeps all of it', async () => {
    const said = await evaluate(at('model'), at('maps'), '--split', 'test', '--out', at('whole'), '--csv', at('figures.csv'));
    expect((await readdir(at('whole'))).sort()).toEqual([
      'predictions.csv',
      'predictions.jsonl',
      'report.csv',
      'report.json',
      'report.txt',
    ]);
    expect(await readFile(at('whole/report.txt'), 'utf8')).toBe(said);
    expect(await readFile(at('figures.csv'), 'utf8')).toBe(await readFile(at('whole/report.csv'), 'utf8'));
    const report = await readReport('whole/report.json');
    const model = await openModelToJudge(at('model'), null);
    const { clips } = await openJudgedSet(at('maps'), null, 'test');
    const judged = await judgeClips(model.network, clips, () => undefined);
    expect(report.predictions.map(({ id, logits }) => ({ id, logits }))).toEqual(
      judged.map(({ id, logits }) => ({ id, logits })),
    );
    expect(report).toMatchObject({ clips: 10, people: 5, source: { split: 'test', model: { sha256: model.sha256 } } });
    expect(report.baselines.posture).toHaveProperty('figures');
    expect(said).toContain(`SHA-256 ${model.sha256}`);
  });

  it('goes on where it was stopped, to the same report', async () => {
    const model = await openModelToJudge(at('model'), null);
    const set = await openJudgedSet(at('maps'), null, 'test');
    const { description } = await startEngine('wasm');
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 4;
      },
    } as unknown as AbortSignal;
    const options = { shard: WHOLE, out: at('stopped'), engine: `wasm: ${description}`, signal };
    await expect(judgeSplit(model, set, options)).rejects.toThrow(
      /^Stopped after 4 of 10 clips; the same command goes on from here\.$/,
    );
    await expect(judgeSplit(model, set, { ...options, out: null, signal: AbortSignal.abort() })).rejects.toThrow(
      /nothing of it is kept without --out/,
    );
    expect((await readFile(at('stopped/predictions.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(1 + 4);
    await evaluate(at('model'), at('maps'), '--split', 'test', '--out', at('stopped'));
    expect(await readReport('stopped/report.json')).toEqual(await readReport('whole/report.json'));
    // Nothing is left to judge: the report alone is made again.
    const before = await readFile(at('stopped/predictions.jsonl'));
    await evaluate(at('model'), at('maps'), '--split', 'test', '--out', at('stopped'));
    expect(await readFile(at('stopped/predictions.jsonl'))).toEqual(before);
  });

  it('in shards, merged, gives the same report; and says what to do where the model has gone', async () => {
    for (const shard of ['1/3', '3/3'])
      await evaluate(at('model'), at('maps'), '--split', 'test', '--shard', shard, '--out', at('shards'));
    await expect(run(mergeCommand, at('shards'))).rejects.toThrow(/no predictions of the shards 2\/3/);
    const said = await evaluate(at('model'), at('maps'), '--split', 'test', '--shard', '2/3', '--out', at('shards'));
    expect(said).toMatch(/^Shard 2\/3: 3 clips are judged\./);
    await run(mergeCommand, at('shards'));
    expect(await readReport('shards/report.json')).toEqual(await readReport('whole/report.json'));

    await writeModelFolder(at('other'), TINIEST, 8);
    await rm(at('shards/report.json'));
    const head = (await readFile(at('shards/predictions-1-of-3.jsonl'), 'utf8')).replaceAll(at('model'), at('other'));
    await writeFile(at('shards/predictions-1-of-3.jsonl'), head);
    await expect(run(mergeCommand, at('shards'))).rejects.toThrow(
      /other weights than those that were judged.*evaluate MODEL DATA --split test --out/,
    );
  });

  it('puts the figures on the test split into the card, beside posture where the data knows it', async () => {
    await writeModelFolder(at('carded'));
    await evaluate(at('carded'), at('maps'), '--split', 'test', '--into-card');
    const manifest = parseManifest(JSON.parse(await readFile(at('carded/model.json'), 'utf8')));
    const { figures, perClass, baselines } = await readReport('whole/report.json');
    expect(manifest.metrics).toMatchObject({
      set: 'the test people of partition.json, simulated walks for tests',
      people: 5,
      clips: 10,
      model: { confusion: figures.confusion, macroRecall: figures.macroRecall },
      sensitivity: perClass[2]!.sensitivity,
      pavBaseline: (baselines.posture as { figures: object }).figures,
    });
    expect(manifest.limits.filter((limit) => limit.startsWith('Not shown to be better than posture alone'))).toHaveLength(1);
    const card = await readFile(at('carded/README.md'), 'utf8');
    expect(card).toContain('the test people of partition.json');
    expect(card).toContain('Not shown to be better than posture alone');

    await writeSimulatedSet(at('poseless'), { splits: { train: 12, validation: 0, test: 4 }, frames: 1, asymmetry: false });
    await evaluate(at('carded'), at('poseless'), '--split', 'test', '--into-card');
    const alone = parseManifest(JSON.parse(await readFile(at('carded/model.json'), 'utf8')));
    expect(alone.metrics!.pavBaseline).toBeNull();
    expect(alone.limits.filter((limit) => /posture alone/.test(limit))).toEqual([
      'Not compared with posture alone: the data had no asymmetry vectors.',
    ]);
    expect(await readFile(at('carded/README.md'), 'utf8')).not.toContain('logistic regression');
  });
});

describe('calibrate', () => {
  it('writes scale and operating points into manifest and card, and nothing else', async () => {
    await writeModelFolder(at('fitted'));
    const before = parseManifest(JSON.parse(await readFile(at('fitted/model.json'), 'utf8')));
    const said = await run(
      calibrateCommand,
      ...[at('fitted'), at('maps'), '--specificity', '0.2', '--specificity', '1', '--engine', 'wasm', '--out', at('validation')],
    );
    const { probability, ...after } = parseManifest(JSON.parse(await readFile(at('fitted/model.json'), 'utf8')));
    const { probability: former, ...others } = before;
    expect(after).toEqual(others);
    expect(probability.calibrated).toBe(true);
    expect(probability.scale).not.toBe(former.scale);
    for (const { asked, specificity, on } of probability.operatingPoints ?? []) {
      expect(specificity.value).toBeGreaterThanOrEqual(asked);
      expect(on).toMatch(/^10 clips of 5 people, validation split of partition/);
    }
    expect(said).toMatch(/Scale of the softmax 16\.00 → /);
    expect(said.match(/Specificity of at least|No threshold reaches/g)).toHaveLength(2);
    const card = await readFile(at('fitted/README.md'), 'utf8');
    expect(card).toContain('fitted on validation people');
    expect(card).toContain('| at least 20 % |');
    expect(await readdir(at('validation'))).toEqual(['predictions.jsonl']);
    expect((await readdir(at('fitted'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('bad input', () => {
  const fine = () => [at('model'), at('maps')];
  const wrong: [string, Command, () => string[], RegExp][] = [
    [
      'a split that nobody knows',
      evaluateCommand,
      () => [...fine(), '--split', 'dev'],
      /no split "dev"; there are train, validation, test/,
    ],
    ['no split', evaluateCommand, fine, /--split is missing/],
    [
      'a shard that is none',
      evaluateCommand,
      () => [...fine(), '--split', 'test', '--shard', '3/2', '--out', at('x')],
      /"3\/2" is no shard/,
    ],
    ['shards that meet nowhere', evaluateCommand, () => [...fine(), '--split', 'test', '--shard', '1/2'], /--out is missing/],
    [
      'validation for the card',
      evaluateCommand,
      () => [...fine(), '--split', 'validation', '--into-card'],
      /goes with --split test/,
    ],
    [
      'no data set',
      evaluateCommand,
      () => [at('model'), at('nowhere'), '--split', 'test'],
      /nowhere can't be read: there is no such folder/,
    ],
    [
      'no model',
      evaluateCommand,
      () => [at('nowhere'), at('maps'), '--split', 'test'],
      /nowhere can't be read: there is no such file/,
    ],
    [
      'predictions of another split',
      evaluateCommand,
      () => [...fine(), '--split', 'validation', '--out', at('whole')],
      /holds predictions of the test split/,
    ],
    ['the test split for calibrating', calibrateCommand, () => [...fine(), '--split', 'test'], /calibrate on validation/],
    ['a specificity that is none', calibrateCommand, () => [...fine(), '--specificity', '93'], /--specificity is 93/],
    [
      'an engine that nobody has',
      evaluateCommand,
      () => [...fine(), '--split', 'test', '--engine', 'abacus'],
      /no engine "abacus"/,
    ],
  ];
  it.each(wrong)('ends in one sentence on %s', async (_, command, args, sentence) => {
    const error: unknown = await run(command, ...args()).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toMatch(/^[^\n]+[.)]$/);
  });

  it('leaves the command line with an exit code and nothing but the sentence', () => {
    const args = ['metrics', '--logits', join(at(), 'nowhere.npy'), '--truth', at('whole/report.json')];
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', PLUMBLINE, ...args], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/^\S+nowhere\.npy can't be read: there is no such file\.\n$/),
    ]);
  });
});
