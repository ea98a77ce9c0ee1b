/**
 * How fast each engine on this machine trains: a full-size step of ScoNet-MT-ske, with its batch in memory. WebGPU on a software driver
 * takes a narrow network, and its figures say nothing about a graphics card. Reading a batch from disk is measured apart, since it
 * happens on another thread while the step before it runs: as long as it takes less time than a step, nothing waits for it.
 *
 * `npm run bench:train -- [--clips 8] [--frames 3] [--repeats 3] [--engine native]`; upstream's batch is 64 clips of 30 frames. The best
 * of the repeats counts: close what else computes on the machine, or go by the column of core-seconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CLASSES } from '../../src/gait/labels.ts';
import { MAP_SIZE } from '../../src/gait/skeletonMap.ts';
import { openDataset } from '../../trainer/data/dataset.ts';
import { writeClipFile } from '../../trainer/data/writeClip.ts';
import type { EngineName } from '../../trainer/engines/engine.ts';
import { hasVulkan, softwareVulkan } from '../../trainer/engines/vulkan.ts';
import { drawBatch } from '../../trainer/train/batches.ts';
import { parseConfig } from '../../trainer/train/config.ts';
import type { Measured } from './trainOneEngine.ts';

const { values: given } = parseArgs({
  options: {
    clips: { type: 'string', default: '8' },
    frames: { type: 'string', default: '3' },
    repeats: { type: 'string', default: '3' },
    engine: { type: 'string' },
  },
});

interface Row {
  engine: EngineName;
  threads: number;
  size: 'full' | 'narrow';
}

const cores = availableParallelism();
const ROWS: Row[] = [
  { engine: 'webgpu', threads: 1, size: hasVulkan() ? 'full' : 'narrow' },
  { engine: 'native', threads: cores, size: 'full' },
  { engine: 'native', threads: 1, size: 'full' },
  { engine: 'wasm', threads: cores, size: 'full' },
  { engine: 'wasm', threads: 1, size: 'full' },
];

console.log(`A training step of ${given.clips} clips × ${given.frames} frames, the best of ${given.repeats}\n`);
const HEADER = ['engine', 'frames/s', 'GFLOP/s', 'a thread', 'a core-second', 'outside the network', 'step', ''];
const WIDTHS = [8, 9, 8, 9, 14, 20, 8];
print(HEADER);
const speeds = new Map<EngineName, { framesPerSecond: number; stepSeconds: number }>();
for (const row of ROWS.filter(({ engine, threads }, at) => wanted(engine) && ROWS.findIndex(same(engine, threads)) === at)) {
  const result = measure(row);
  if (typeof result === 'string') {
    print([row.engine, result]);
    continue;
  }
  const { frames, gigaOperations, stepSeconds, networkSeconds, coreSeconds, description } = result;
  const speed = gigaOperations / stepSeconds;
  print([
    row.engine,
    (frames / stepSeconds).toFixed(1),
    speed.toFixed(1),
    row.engine === 'webgpu' ? '' : (speed / row.threads).toFixed(1),
    row.engine === 'webgpu' ? '' : (gigaOperations / coreSeconds).toFixed(1),
    `${(100 * Math.max(0, 1 - networkSeconds / stepSeconds)).toFixed(0)} %`,
    `${stepSeconds.toFixed(2)} s`,
    row.size === 'narrow' ? `${description}; a narrow network` : description,
  ]);
  if (row.size === 'full' && !speeds.has(row.engine)) {
    speeds.set(row.engine, { framesPerSecond: frames / stepSeconds, stepSeconds });
  }
}
printRatios();
await printReading();

function wanted(engine: EngineName): boolean {
  return given.engine === undefined || given.engine === engine;
}

function same(engine: EngineName, threads: number) {
  return (row: Row) => row.engine === engine && row.threads === threads;
}

/** In a process of its own, or the reason why not. */
function measure({ engine, threads, size }: Row): Measured | string {
  const script = join(import.meta.dirname, 'trainOneEngine.ts');
  // A software driver takes seconds for a frame.
  const [clips, frames] = size === 'narrow' ? ['2', '2'] : [given.clips, given.frames];
  const options = [engine, String(threads), clips, frames, given.repeats, size];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, script, ...options], {
    encoding: 'utf8',
    env: { ...process.env, ...(size === 'narrow' ? softwareVulkan() : {}) },
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
  const reason = stderr.split('\n').find((line) => line.includes('Error')) ?? stderr;
  return `not on this machine (${reason.trim()})`;
}

function printRatios(): void {
  const rates = [...speeds].sort(([, a], [, b]) => b.framesPerSecond - a.framesPerSecond);
  const slowest = rates.at(-1)?.[1].framesPerSecond ?? 1;
  if (rates.length < 2) return;
  const names = rates.map(([engine]) => engine).join(' : ');
  console.log(`\n${names} = ${rates.map(([, { framesPerSecond }]) => (framesPerSecond / slowest).toFixed(1)).join(' : ')}`);
}

/** Of clips of 300 frames, as a walk of 20 seconds has. */
async function printReading(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  try {
    const shape = [300, 2, MAP_SIZE, MAP_SIZE];
    const data = new Uint8Array(shape.reduce((product, size) => product * size, 1)).map((_, at) => at);
    const count = Number(given.clips);
    for (let clip = 0; clip < count; clip++) {
      const place = { id: String(clip).padStart(5, '0'), className: CLASSES[clip % CLASSES.length]!, view: '000_180' };
      await writeClipFile(root, place, '0_heatmap.pkl', { shape, dtype: 'uint8', data });
    }
    const { augmentation } = parseConfig({ name: 'bench' });
    const options = {
      clips: (await openDataset(root)).clips,
      input: 'skeleton-map' as const,
      asymmetryRange: null,
      seed: 1,
      sampler: { kind: 'triplet' as const, identities: count, samples: 1 },
      frames: { kind: 'fixed-unordered' as const, count: Number(given.frames) },
      augmentation,
    };
    let best = Infinity;
    for (let iteration = 0; iteration <= Number(given.repeats); iteration++) {
      const started = performance.now();
      await drawBatch(iteration, options);
      best = Math.min(best, (performance.now() - started) / 1e3);
    }
    const fastest = Math.min(...[...speeds.values()].map(({ stepSeconds }) => stepSeconds));
    const share = Number.isFinite(fastest) ? `, ${((100 * best) / fastest).toFixed(0)} % of the fastest step beside it` : '';
    console.log(
      `\nReading a batch of ${count} clips of 300 frames from disk takes ${best.toFixed(3)} s on another thread${share}.`,
    );
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The first cell and the last are words, the others figures. */
function print(cells: readonly string[]): void {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[0]!) : cell.padStart(WIDTHS[at] ?? 0)));
  console.log([...padded.slice(0, -1), cells.at(-1)].join('  '));
}
