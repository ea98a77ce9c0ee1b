/** Datasets of simulated people: what is planned, what is written, and how a stopped run goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASSES } from '../../../src/gait/labels.ts';
import { parseSynthArguments } from '../../../trainer/commands/synth.ts';
import { readClipData, readClipPoses } from '../../../trainer/data/clipData.ts';
import { openDataset } from '../../../trainer/data/dataset.ts';
import { checkSplits, readPartition } from '../../../trainer/data/partition.ts';
import { planDataset, parseRatio, splitSizes, type SynthRequest } from '../../../trainer/simulate/dataset/plan.ts';
import { writeSimulatedDataset, type WrittenDataset } from '../../../trainer/simulate/dataset/write.ts';
import { drawClip, simulatePerson } from '../../../trainer/simulate/population.ts';
import { simulateSilhouettes } from '../../../trainer/simulate/silhouette/clip.ts';
import { cutColumns } from '../../../src/gait/skeletonMap.ts';

const REQUEST: SynthRequest = {
  people: 10,
  seed: 13,
  clips: 2,
  ratio: '1:1:2',
  heldOutRatio: '1:1:2',
  split: '60/20/20',
  modality: 'pose',
};

let folder = '';
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Wish {
  threads?: number;
  signal?: AbortSignal;
  report?: (drawn: number, missing: number) => void;
}

function write(root: string, request: SynthRequest, wish: Wish = {}): Promise<WrittenDataset> {
  return writeSimulatedDataset(root, request, {
    threads: wish.threads ?? 2,
    signal: wish.signal ?? new AbortController().signal,
    report: wish.report ?? (() => undefined),
  });
}

/** Every file of a folder and its content. */
async function contents(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      paths.sort().map(async (path) => [path.slice(root.length), (await readFile(path)).toString('base64')] as const),
    ),
  );
}

describe('a planned dataset', () => {
  it('gives each clip of each person one id, and each person to one split', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 400 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('60/20/20', '80/0/20', '40/20/40', '0/0/100'),
        (people, clips, split) => {
          const plan = planDataset({ ...REQUEST, people, clips, split });
          expect(plan.map(({ id }) => id)).toEqual(
            Array.from({ length: people * clips }, (_, index) => String(index).padStart(5, '0')),
          );
          expect(new Set(plan.map(({ personIndex, clipIndex }) => `${personIndex} ${clipIndex}`)).size).toBe(plan.length);
          const splitsOf = new Map<number, Set<string>>();
          for (const clip of plan) splitsOf.set(clip.personIndex, (splitsOf.get(clip.personIndex) ?? new Set()).add(clip.split));
          expect([...splitsOf.values()].every((splits) => splits.size === 1)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds the ratio in every split, or another one outside the training split', () => {
    const counts = (request: SynthRequest, split: string) => {
      const labels = planDataset(request)
        .filter((clip) => clip.split === split)
        .map((clip) => simulatePerson(request.seed, clip.personIndex, clip.shares).label);
      return CLASSES.map((_, label) => labels.filter((other) => other === label).length);
    };
    const near = (found: number[], expected: number[]) =>
      found.forEach((count, label) => expect(Math.abs(count - expected[label]!)).toBeLessThanOrEqual(3));
    const practical = { ...REQUEST, people: 1000, clips: 1, ratio: '1:1:8', heldOutRatio: '1:1:8' };
    near(counts(practical, 'train'), [480, 60, 60]);
    near(counts(practical, 'validation'), [160, 20, 20]);
    near(counts(practical, 'test'), [160, 20, 20]);
    const leftOver = { ...practical, heldOutRatio: '419:126:204' };
    near(counts(leftOver, 'train'), [480, 60, 60]);
    near(counts(leftOver, 'test'), [54, 34, 112]);
  });

  it('reads a ratio as positive:neutral:negative and a split in per cent, and refuses others in a sentence', () => {
    expect(parseRatio('1:2:8')).toEqual({ positive: 1, neutral: 2, negative: 8 });
    for (const text of ['1:1', '0:0:0', '1:1:x', '1:1:-2', '1:1:1.5', ''])
      expect(() => parseRatio(text)).toThrow(/no class ratio/);
    expect(splitSizes(10, '60/20/20')).toEqual({ train: 6, validation: 2, test: 2 });
    expect(splitSizes(7, '80/0/20')).toEqual({ train: 6, validation: 0, test: 1 });
    for (const text of ['60/20', '60/20/30', '60/20/20/0']) expect(() => splitSizes(10, text)).toThrow(/no split/);
    expect(() => splitSizes(2, '60/20/20')).toThrow('2 people split 60/20/20 leave nobody for test');
  });
});

describe('a written dataset', () => {
  it('is read like any other: the walks of the generator, their people, and a partition without a fault', async () => {
    const seen: number[] = [];
    const written = await write(at('poses'), REQUEST, { report: (drawn) => seen.push(drawn) });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(written).toMatchObject({ done: 20, total: 20, drawn: 20 });

    const dataset = await openDataset(at('poses'));
    expect(dataset.clips).toHaveLength(20);
    expect(dataset.about).toMatchObject({
      simulated: true,
      data: expect.stringMatching(/10 people, 2 clips each.*seed 13/) as string,
    });
    const shares = { negative: 2, neutral: 1, positive: 1 };
    let frames = 0;
    for (const [index, clip] of dataset.clips.entries()) {
      const drawn = drawClip(13, Math.floor(index / 2), index % 2, shares);
      expect([clip.label, clip.subject, clip.files]).toEqual([drawn.label, drawn.personId, ['000_180.pkl']]);
      expect(await readClipPoses(clip)).toEqual(drawn.sequence.keypoints);
      frames += drawn.sequence.times.length;
    }
    expect(written.frames).toBe(frames);

    const partition = await readPartition(at('poses', 'partition.json'));
    expect(Object.values(partition.ids).map((ids) => ids.length)).toEqual([12, 4, 4]);
    expect(checkSplits(dataset, partition).filter(({ grade }) => grade === 'error')).toEqual([]);
  });

  it('says of each id its class and the curve behind it', async () => {
    const severities = JSON.parse(await readFile(at('poses', 'severities.json'), 'utf8')) as Record<string, unknown>;
    for (const [index, id] of Object.keys(severities).entries()) {
      const { className, curve } = simulatePerson(13, Math.floor(index / 2));
      const shape = curve.cobb > 0 ? { curve: curve.type, convex: curve.convex } : {};
      expect(severities[id]).toEqual({ class: className, cobb: curve.cobb, ...shape });
    }
    expect(Object.keys(severities)).toHaveLength(20);
  });

  it('holds silhouettes of the very same walks where they are asked for', async () => {
    await write(at('silhouettes'), { ...REQUEST, people: 3, clips: 1, split: '34/33/33', modality: 'silhouette' });
    const { clips } = await openDataset(at('silhouettes'));
    for (const [index, clip] of clips.entries()) {
      const { frames, count, channels } = await readClipData(clip, 'silhouette');
      expect([count, channels]).toEqual([drawClip(13, index, 0).sequence.times.length, 1]);
      expect(frames).toEqual(cutColumns(simulateSilhouettes(simulatePerson(13, index), 0)));
    }
  });

  it('is the same bytes on one thread and on three, and stopped and gone on with', async () => {
    const whole = await contents(at('poses'));
    await write(at('one-thread'), REQUEST, { threads: 1 });
    expect(await contents(at('one-thread'))).toEqual(whole);

    const stop = new AbortController();
    const stopped = await write(at('stopped'), REQUEST, {
      threads: 3,
      signal: stop.signal,
      report: (drawn) => drawn === 3 && stop.abort(),
    });
    expect(stopped.done).toBeGreaterThanOrEqual(3);
    expect(stopped.done).toBeLessThan(20);
    const half = Object.keys(await contents(at('stopped')));
    expect(half.filter((name) => name.endsWith('.pkl'))).toHaveLength(stopped.done);
    expect(half).not.toContain('/partition.json');
    expect(half.filter((name) => name.endsWith('.part'))).toEqual([]);

    const missing: number[] = [];
    const ended = await write(at('stopped'), REQUEST, { report: (_, of) => missing.push(of) });
    expect(ended).toMatchObject({ done: 20, drawn: 20 - stopped.done });
    expect(new Set(missing)).toEqual(new Set([20 - stopped.done]));
    expect(await contents(at('stopped'))).toEqual(whole);
    expect(await write(at('stopped'), REQUEST)).toMatchObject({ done: 20, drawn: 0, frames: 0 });
  });

  it('is not mixed with another one: other arguments and other files are refused, and nothing is touched', async () => {
    const before = await contents(at('poses'));
    const others: [Partial<SynthRequest>, RegExp][] = [
      [{ seed: 14 }, /drawn with --seed 13, not with --seed 14: give the same arguments/],
      [{ people: 11 }, /--people 10, not with --people 11/],
      [{ heldOutRatio: '1:1:4' }, /--held-out-ratio 1:1:2, not with --held-out-ratio 1:1:4/],
      [{ modality: 'silhouette' }, /--modality pose, not with --modality silhouette/],
    ];
    for (const [other, sentence] of others) await expect(write(at('poses'), { ...REQUEST, ...other })).rejects.toThrow(sentence);
    expect(await contents(at('poses'))).toEqual(before);

    await mkdir(at('used'));
    await writeFile(at('used', 'thesis.txt'), 'mine');
    await expect(write(at('used'), REQUEST)).rejects.toThrow(/is not empty and holds no simulated people/);
    expect(await readdir(at('used'))).toEqual(['thesis.txt']);
    await expect(write(at('used', 'thesis.txt'), REQUEST)).rejects.toThrow(/can't be made: a file is in its place/);
  });

  it('fails in a sentence where a thread can’t write', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await write(at('blocked'), REQUEST, { signal: stop.signal })).toMatchObject({ done: 0 });
    await writeFile(at('blocked', '00004'), 'in the way');
    await expect(write(at('blocked'), REQUEST)).rejects.toThrow(/00004.* can't be made/);
  });
});

describe('synth on the command line', () => {
  it('ends the clips it is at when it is told to stop, says how to go on, and leaves no half file', async () => {
    const plumbline = fileURLToPath(new URL('../../../trainer/plumbline.ts', import.meta.url));
    const more = ['--people', '400', '--seed', '3', '--modality', 'silhouette', '--threads', '2', '--out', at('long')];
    const child = spawn(process.execPath, ['--import', 'tsx', plumbline, 'synth', ...more]);
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    const ended = once(child, 'close');
    while (!existsSync(at('long', '00001'))) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect(await ended).toEqual([1, null]);
    expect(complaint).toMatch(/^Stopped with \d+ of 400 clips in .*; the same command goes on from here\.\n$/);
    const names = Object.keys(await contents(at('long')));
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(names.filter((name) => name.endsWith('.pkl'))).toHaveLength(Number(/\d+/.exec(complaint)![0]));
  });
});

describe('the arguments of synth', () => {
  const needed = ['--people', '20', '--seed', '7', '--out', 'somewhere'];

  it('have defaults: one ratio for all, 60/20/20, one pose clip a person', () => {
    expect(parseSynthArguments([...needed, '--ratio', '01:1:8'])).toMatchObject({
      out: 'somewhere',
      request: { people: 20, seed: 7, clips: 1, ratio: '1:1:8', heldOutRatio: '1:1:8', split: '60/20/20', modality: 'pose' },
    });
  });

  const wrong: [string, string[], RegExp][] = [
    ['no number of people', needed.slice(2), /--people is missing/],
    ['half a person', [...needed, '--people', '1.5'], /--people 1\.5 can't be used/],
    ['no thread', [...needed, '--threads', '0'], /--threads 0 can't be used: it takes a whole number from 1/],
    ['a ratio of two', [...needed, '--ratio', '1:8'], /"1:8" is no class ratio/],
    ['maps', [...needed, '--modality', 'maps'], /no modality "maps"; there are pose and silhouette/],
    ['an unknown option', [...needed, '--poeple', '3'], /poeple/],
    ['an argument too many', [...needed, 'more'], /more/],
  ];
  it.each(wrong)('are refused: %s', (_, args, sentence) => {
    expect(() => parseSynthArguments(args)).toThrow(sentence);
  });
});
