import fc from 'fast-check';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunLog } from '../../../../trainer/logs/runLog.ts';
import { crc32c } from '../../../../trainer/logs/tensorboard/crc32c.ts';
import { pictureEvent, restartEvent, scalarsEvent, versionEvent } from '../../../../trainer/logs/tensorboard/events.ts';
import { tfRecord } from '../../../../trainer/logs/tensorboard/tfRecord.ts';
import { readFixture } from '../../../fixtures.ts';
import { evaluationFigures, newFolder, OPTIONS, stepFigures, takeSteps, writeRun } from './demoRun.ts';
import { readEvents, readRecords, type ReadEvent } from './eventFileReader.ts';
import { readGreyPng } from './pngReader.ts';

/** Those of each file, in the order in which TensorBoard reads the files. */
async function eventsIn(folder: string): Promise<ReadEvent[][]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('events.out.tfevents.')).sort();
  return Promise.all(names.map(async (name) => readEvents(await readFile(join(folder, name)))));
}

/** What TensorBoard shows of a tag: a restart takes back what was said of its step and of later ones. */
function curve(files: ReadEvent[][], tag: string): [step: number, value: number][] {
  let points: [number, number][] = [];
  for (const { step, restart, scalars } of files.flat()) {
    if (restart) points = points.filter(([earlier]) => earlier < step);
    const value = scalars[tag];
    if (value !== undefined) points.push([step, value]);
  }
  return points;
}

describe('an event file', () => {
  it("is the very bytes of TensorBoard's own library", async () => {
    const moment = { time: 1795633865.75, step: 51 };
    const events = [
      versionEvent(moment.time),
      restartEvent(moment),
      scalarsEvent(moment, { 'loss/total': 1.25, 'learning-rate': 0.1 }),
      pictureEvent({ ...moment, step: 20000 }, 'maps/first batch', {
        png: Buffer.from('not a PNG, and no matter'),
        width: 539,
        height: 129,
      }),
    ];
    const file = Buffer.concat(events.map(tfRecord));
    expect(file.equals(await readFixture('logs/tensorboard.tfevents'))).toBe(true);
  });

  it('has a checksum that is known', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('holds every scalar of a run, under names that group', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, { ...OPTIONS, tensorboard: true });
    await log.step({ ...stepFigures(7), gradientNorm: 3 });
    await log.evaluation(evaluationFigures(8));
    await log.close();
    const [[version, step, evaluation, ...more] = []] = await eventsIn(folder);
    expect(more).toEqual([]);
    expect(version).toMatchObject({ version: 'brain.Event:2', step: 0 });
    expect(Math.abs(version!.time - Date.now() / 1000)).toBeLessThan(60);
    expect([step!.step, evaluation!.step]).toEqual([8, 8]);
    const rounded = Object.entries(step!.scalars).map(([tag, value]) => [tag, Number(value.toPrecision(6))]);
    expect(Object.fromEntries(rounded)).toEqual({
      'loss/total': 0.222222,
      'loss/cross-entropy': 0.111111,
      'loss/triplet': 0.111111,
      'accuracy/train': 0.14,
      'learning-rate': 0.1,
      'gradient-norm': 3,
      'speed/seconds-a-step': 0.5,
      'speed/share-waiting-for-data': 0.1,
    });
    expect(evaluation!.scalars).toEqual({
      'evaluation/accuracy': 0.5,
      'evaluation/macro-f1': 0.125,
      'evaluation/macro-precision': 0.25,
      'evaluation/macro-recall': 0.75,
    });
  });

  it('names no machine', async () => {
    const folder = await newFolder();
    await writeRun(folder, { tensorboard: true }, 1);
    expect((await readdir(folder)).filter((name) => /^events\.out\.tfevents\.\d{10}\.plumbline$/.test(name))).toHaveLength(1);
  });

  it('holds pictures of maps', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, { ...OPTIONS, tensorboard: true });
    await log.maps(3, 'first batch', new Uint8Array(2 * 64 * 44).fill(7), 1);
    await log.close();
    const event = (await eventsIn(folder))[0]!.at(-1)!;
    const { width, height, png } = event.pictures['maps/first batch']!;
    expect(event.step).toBe(3);
    expect(readGreyPng(png)).toMatchObject({ width, height });
    expect([width, height]).toEqual([89, 64]);
  });

  it('of a run that went on takes back what the earlier one said too early', async () => {
    const [whole, broken] = [await newFolder(), await newFolder()];
    await writeRun(whole, { tensorboard: true });
    await writeRun(broken, { tensorboard: true }, 34);
    await writeRun(broken, { tensorboard: true, resumedAt: 25 });
    const files = await eventsIn(broken);
    // Even within the same second, each start has a file of its own, and the later one a later name.
    expect(files.map((events) => events.filter(({ restart }) => restart).map(({ step }) => step))).toEqual([[], [26]]);
    for (const tag of ['loss/total', 'evaluation/macro-f1']) {
      expect(curve(files, tag)).toEqual(curve(await eventsIn(whole), tag));
    }
  });

  it('that is cut off anywhere keeps all events before that', async () => {
    const folder = await newFolder();
    const log = await RunLog.open(folder, { ...OPTIONS, tensorboard: true });
    await takeSteps(log, 0, 3);
    const name = (await readdir(folder)).find((file) => file.startsWith('events'))!;
    const file = await readFile(join(folder, name));
    expect(readRecords(file)).toHaveLength(4);
    const ends = readRecords(file).map((record) => record.byteOffset - file.byteOffset + record.length + 4);
    for (let length = 0; length <= file.length; length++) {
      expect(readRecords(file.subarray(0, length))).toHaveLength(ends.filter((end) => end <= length).length);
    }
    await log.close();
  });

  it('frames any record', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (records) => {
        const read = readRecords(Buffer.concat(records.map(tfRecord)));
        expect(read.map((record) => [...record])).toEqual(records.map((record) => [...record]));
      }),
    );
  });
});
