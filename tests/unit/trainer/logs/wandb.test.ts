import fc from 'fast-check';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunLog } from '../../../../trainer/logs/runLog.ts';
import { exitRecord, headerRecord, historyRecord, runRecord, summaryRecord } from '../../../../trainer/logs/wandb/records.ts';
import { TransactionLog } from '../../../../trainer/logs/wandb/transactionLog.ts';
import { readFixture } from '../../../fixtures.ts';
import { newFolder, OPTIONS, stepFigures, takeSteps, writeRun } from './demoRun.ts';
import { readLog, readRun } from './wandbReader.ts';

async function runFile(folder: string): Promise<string> {
  const runs = await readdir(join(folder, 'wandb'));
  expect(runs).toHaveLength(1);
  const id = /^offline-run-\d{8}_\d{6}-([a-z0-9]{8})$/.exec(runs[0]!)?.[1];
  return join(folder, 'wandb', runs[0]!, `run-${id}.wandb`);
}

describe("the reader of these tests, on W&B's own file", () => {
  it('reads it whole', async () => {
    const run = readRun(await readFixture('logs/wandb.wandb'));
    expect(run).toMatchObject({ id: 'abcd1234', project: 'plumbline', name: 'by W&B', runtime: 0 });
    expect(run.config['long']).toBe('x'.repeat(33_000));
    expect(run.history.map(({ step, values }) => [step, values['loss/total']])).toEqual([[1, 1], [2, 1 / 2], [3, 1 / 3]]); // prettier-ignore
  });
});

describe('the records of a run', () => {
  it("are the very bytes of W&B's own library", async () => {
    const expected = JSON.parse(new TextDecoder().decode(await readFixture('logs/wandb-records.json'))) as Record<string, string>;
    const config = { optimiser: { kind: 'sgd', momentum: 0.9 }, iterations: 20_000 };
    const run = { id: 'abcd1234', project: 'plumbline', name: "A café's run", config, started: 1795633865.75 };
    const values = { 'loss/total': 1.25, _step: 51 };
    const records = {
      header: headerRecord(1),
      run: runRecord(2, run),
      summary: summaryRecord(3, values),
      history: historyRecord(4, 51, values),
      exit: exitRecord(5, 40.2),
    };
    const encoded = Object.entries(records).map(([name, record]) => [name, Buffer.from(record).toString('base64')]);
    expect(Object.fromEntries(encoded)).toEqual(expected);
  });
});

describe('the log of records', () => {
  it('frames any of them, across blocks too', () => {
    // Lengths around those at which a fragment's head, or nothing, is left of a block of 32768.
    const length = fc.oneof(fc.nat(200), fc.integer({ min: 32_700, max: 32_800 }), fc.integer({ min: 65_400, max: 66_000 }));
    fc.assert(
      fc.property(fc.array(length, { maxLength: 6 }), (lengths) => {
        const records = lengths.map((size, index) => new Uint8Array(size).fill(index + 1));
        const log = new TransactionLog();
        const file = Buffer.concat([log.begin(), ...records.map((record) => log.record(record))]);
        const read = readLog(file);
        expect(read.map((record) => record.length)).toEqual(lengths);
        read.forEach((record, index) => expect(record.every((byte) => byte === index + 1)).toBe(true));
      }),
      { numRuns: 60 },
    );
  });

  it.each([6, 7, 8])('leaves %i bytes of a block as W&B does', (left) => {
    const log = new TransactionLog();
    const file = Buffer.concat([
      log.begin(),
      log.record(new Uint8Array(32_768 - 7 - 7 - left)),
      log.record(Uint8Array.of(1, 2, 3)),
    ]);
    expect(readLog(file).map((record) => record.length)).toEqual([32_768 - 14 - left, 3]);
    expect(file.length).toBe(32_768 + { 6: 7 + 3, 7: 7 + 3, 8: 7 + 2 }[left]!);
  });
});

describe('an offline run', () => {
  it('holds the config, a row for each step with the evaluation it led to, and an end', async () => {
    const folder = await newFolder();
    await writeRun(folder, { wandb: true });
    const path = await runFile(folder);
    const run = readRun(await readFile(path));
    expect(path).toContain(`-${run.id}/run-${run.id}.wandb`);
    expect(run).toMatchObject({ project: 'plumbline', name: 'A run', config: OPTIONS.config, runtime: 20 });
    expect(run.numbers).toEqual(run.numbers.map((_, index) => index + 1));
    expect(run.kinds.slice(0, 4)).toEqual([21, 17, 3, 2]);
    expect(run.kinds.at(-1)).toBe(18);
    expect(run.history.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(run.history[8]!.values).not.toHaveProperty('evaluation/accuracy');
    const { _timestamp: time, ...values } = run.history[9]!.values;
    expect(Math.abs(time! - Date.now() / 1000)).toBeLessThan(60);
    expect(values).toEqual({
      'loss/total': stepFigures(9).loss,
      'loss/cross-entropy': stepFigures(9).crossEntropy,
      'loss/triplet': stepFigures(9).triplet,
      'accuracy/train': stepFigures(9).accuracy,
      'learning-rate': 0.1,
      'speed/seconds-a-step': 0.5,
      'speed/share-waiting-for-data': 0.1,
      'evaluation/accuracy': 0.5,
      'evaluation/macro-f1': 10 / 64,
      'evaluation/macro-precision': 0.25,
      'evaluation/macro-recall': 0.75,
      _step: 10,
      _runtime: 5,
    });
    expect(run.summary).toMatchObject({ _step: 40, 'evaluation/macro-f1': 40 / 64, 'loss/total': stepFigures(39).loss });
  });

  it('that went on is one run, with the curve of one that was not stopped', async () => {
    const [whole, broken] = [await newFolder(), await newFolder()];
    await writeRun(whole, { wandb: true });
    await writeRun(broken, { wandb: true }, 34);
    const before = await runFile(broken);
    // W&B's mark that it has been sent.
    await writeFile(`${before}.synced`, '');
    await writeRun(broken, { wandb: true, resumedAt: 30 });
    expect(await runFile(broken)).toBe(before);
    expect(await readdir(join(before, '..'))).toEqual([before.split('/').at(-1)]);
    const [expected, actual] = [readRun(await readFile(await runFile(whole))), readRun(await readFile(before))];
    const rows = ({ history }: typeof actual) => history.map(({ step, values }) => ({ step, ...values, _timestamp: null }));
    expect(rows(actual)).toEqual(rows(expected));
    expect(actual.kinds.filter((kind) => kind === 18)).toHaveLength(1);
    expect(actual.runtime).toBe(20);
  });

  it('that was killed is one record short at most, and has no end', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, { ...OPTIONS, wandb: true });
    await takeSteps(log, 0, 5);
    const file = await readFile(await runFile(folder));
    const run = readRun(file);
    // The fifth waits for an evaluation.
    expect(run.history.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(run.runtime).toBeNull();
    expect(readRun(file.subarray(0, file.length - 1)).history.map(({ step }) => step)).toEqual([1, 2, 3]);
    await log.close();
  });

  it('is only written where it is asked for', async () => {
    const folder = await newFolder();
    await writeRun(folder, {}, 1);
    expect((await readdir(folder)).sort()).toEqual(['evaluations.jsonl', 'log.jsonl']);
  });
});
