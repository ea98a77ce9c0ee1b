import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppendedFile } from '../../../../trainer/logs/appendedFile.ts';
import { RunLog } from '../../../../trainer/logs/runLog.ts';
import { evaluationFigures, newFolder, OPTIONS, stepFigures, takeSteps, writeRun } from './demoRun.ts';
import { readGreyPng } from './pngReader.ts';

async function linesOf(folder: string, file: string): Promise<Record<string, unknown>[]> {
  const content = await readFile(join(folder, file), 'utf8');
  return content.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
}

/** All but when it was. */
async function curveOf(folder: string): Promise<unknown[]> {
  const lines = [...(await linesOf(folder, 'log.jsonl')), ...(await linesOf(folder, 'evaluations.jsonl'))];
  return lines.map((line) => ({ ...line, time: null }));
}

describe('the JSON lines', () => {
  it('say all there is of each step and each evaluation, at the number of steps done by then', async () => {
    const folder = await newFolder();
    const before = Date.now() / 1000;
    await writeRun(folder);
    const steps = await linesOf(folder, 'log.jsonl');
    expect(steps).toHaveLength(40);
    const { iteration, time, ...figures } = steps[7]!;
    expect(iteration).toBe(8);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now() / 1000);
    const { iteration: number, ...told } = stepFigures(7);
    expect({ number, ...figures }).toEqual({ number: 7, ...told });
    const evaluations = await linesOf(folder, 'evaluations.jsonl');
    expect(evaluations.map((line) => line['iteration'])).toEqual([10, 20, 30, 40]);
    expect(evaluations[1]).toMatchObject(evaluationFigures(20));
  });

  it('are there as soon as they are told, whatever becomes of the process', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, OPTIONS);
    await log.step(stepFigures(0));
    expect(await linesOf(folder, 'log.jsonl')).toHaveLength(1);
    await log.close();
  });

  it.each([
    ['in the middle, after its last checkpoint', 34, 25],
    ['at a checkpoint', 30, 30],
    ['before its first checkpoint', 5, 0],
  ])('of a run that is stopped %s are those of one that is not', async (_, stopped, resumedAt) => {
    const [whole, broken] = [await newFolder(), await newFolder()];
    await writeRun(whole);
    await writeRun(broken, {}, stopped);
    await writeRun(broken, { resumedAt });
    expect(await curveOf(broken)).toEqual(await curveOf(whole));
  });

  it('lose only the one that was cut off', async () => {
    const folder = await newFolder();
    await writeRun(folder, {}, 12);
    await appendFile(join(folder, 'log.jsonl'), '{"iteration":13,"ti');
    await writeRun(folder, { resumedAt: 12 });
    const whole = await newFolder();
    await writeRun(whole);
    expect(await curveOf(folder)).toEqual(await curveOf(whole));
  });

  it('hold an evaluation that is made again once', async () => {
    const folder = await newFolder();
    await writeRun(folder, {}, 20);
    const log = await RunLog.open(folder, { ...OPTIONS, resumedAt: 20 });
    await log.evaluation({ ...evaluationFigures(20), accuracy: 0.625 });
    await takeSteps(log, 20, 30);
    await log.close();
    const evaluations = await linesOf(folder, 'evaluations.jsonl');
    expect(evaluations.map((line) => [line['iteration'], line['accuracy']])).toEqual([[10, 0.5], [20, 0.625], [30, 0.5]]); // prettier-ignore
  });

  it('that are damaged are named', async () => {
    const folder = await newFolder();
    await writeRun(folder, {}, 3);
    const path = join(folder, 'log.jsonl');
    const [first, , third] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${first}\n{"iteration":2,\n${third}\n`);
    await expect(RunLog.open(folder, { ...OPTIONS, resumedAt: 3 })).rejects.toThrow(`line 2 of ${path} is damaged`);
    await writeFile(path, `${first}\n{"iteration":2}\n${third}\n`);
    await expect(RunLog.open(folder, { ...OPTIONS, resumedAt: 3 })).rejects.toThrow(/^line 2 of .* can't be used: time: /);
  });
});

describe('a full disk', () => {
  const full = '/dev/full';
  it.skipIf(!existsSync(full))(`is said in a sentence${existsSync(full) ? '' : ` (skipped: no ${full} here)`}`, async () => {
    const file = await AppendedFile.open(full);
    await expect(file.append('a line\n')).rejects.toThrow(/^\/dev\/full can't be added to: ENOSPC.*; make room, .*\.$/);
  });
});

describe('the terminal', () => {
  async function said(options: Partial<typeof OPTIONS>, from: number, to: number): Promise<string[]> {
    const lines: string[] = [];
    const log = await RunLog.open(await newFolder(), { ...OPTIONS, ...options, say: (line) => lines.push(line) });
    for (let iteration = from; iteration < to; iteration++) await log.step(stepFigures(iteration));
    await log.close();
    return lines;
  }

  it('hears the means of each interval, and of what is left over at the end', async () => {
    const lines = await said({ interval: 16 }, 0, 40);
    expect(lines.map((line) => line.split(' · ')[0])).toEqual(['16 of 40', '32 of 40', '40 of 40']);
    const triplets = Array.from({ length: 8 }, (_, index) => 1 / (34 + index));
    const mean = triplets.reduce((sum, value) => sum + value, 0) / 8;
    expect(lines[2]).toBe(
      `40 of 40 · loss ${(2 * mean).toFixed(3)} (ce ${mean.toFixed(3)}, triplet ${mean.toFixed(3)}) · accuracy 71 % · lr 1.0e-2 · ` +
        '0.50 s a step, 10 % waiting for data',
    );
  });

  it('hears how long it will take, from the first line on and in words', async () => {
    expect((await said({ interval: 1, iterations: 20_000 }, 0, 1))[0]).toMatch(/^1 of 20,000 · .* · 2\.8 h left$/);
    expect((await said({ interval: 1, iterations: 1_000_000 }, 0, 1))[0]).toMatch(/ · 5\.8 days left$/);
    expect((await said({ interval: 1, iterations: 500 }, 0, 1))[0]).toMatch(/ · 4 min left$/);
  });

  it('hears each evaluation', async () => {
    const lines: string[] = [];
    const log = await RunLog.open(await newFolder(), { ...OPTIONS, say: (line) => lines.push(line) });
    await log.evaluation({ ...evaluationFigures(32), iteration: 1200, clips: 1300 });
    await log.close();
    expect(lines).toEqual(['1,200 · 1,300 validation clips: accuracy 50.0 %; macro precision 25.0, recall 75.0, F1 50.0 %']);
  });
});

describe('pictures of maps', () => {
  /** Frames whose every pixel tells which it is of. */
  function frames(count: number, channels: number): Uint8Array {
    return Uint8Array.from({ length: count * channels * 64 * 44 }, (_, index) => Math.floor(index / (64 * 44)) * 8 + (index % 5));
  }

  it('hold each map, frames side by side and channels below each other', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, OPTIONS);
    await log.maps(20, 'first batch', frames(14, 2), 2);
    await log.close();
    const png = await readFile(join(folder, 'maps', '00000020 first batch.png'));
    const { width, height, pixels } = readGreyPng(png);
    // Twelve in a row, and the other two below.
    expect([width, height]).toEqual([12 * 45 - 1, 4 * 65 - 1]);
    const mapAt = (row: number, column: number) => pixels.slice(row * 65, row * 65 + 64).flatMap((line) => line.slice(column * 45, column * 45 + 44)); // prettier-ignore
    const expected = (map: number) => [...frames(14, 2).subarray(map * 64 * 44, (map + 1) * 64 * 44)];
    expect(mapAt(0, 0)).toEqual(expected(0));
    expect(mapAt(1, 0)).toEqual(expected(1));
    expect(mapAt(0, 11)).toEqual(expected(22));
    expect(mapAt(3, 1)).toEqual(expected(27));
    expect(pixels[64]!.every((level) => level === 96)).toBe(true);
  });

  it('that a stopped run took too early are removed', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, OPTIONS);
    for (const iteration of [0, 20, 21]) await log.maps(iteration, 'one', frames(1, 1), 1);
    await log.close();
    await (await RunLog.open(folder, { ...OPTIONS, resumedAt: 20 })).close();
    expect((await readdir(join(folder, 'maps'))).sort()).toEqual(['00000000 one.png', '00000020 one.png']);
  });

  it('are refused where they are not whole', async () => {
    const log = await RunLog.open(await newFolder(), OPTIONS);
    await expect(log.maps(0, 'some', new Uint8Array(100), 1)).rejects.toThrow(
      '100 grey levels are not maps of 1 channels, 64 by 44.',
    );
    await log.close();
  });
});
