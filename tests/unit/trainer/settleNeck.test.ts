/** The neck's statistics after settling are those of the whole walks it was given, and nothing else has changed. */
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCONET_SKELETON } from '../../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import type { Parameters } from '../../../src/nets/parameters.ts';
import { readClipData } from '../../../trainer/data/clipData.ts';
import { openDataset, type ClipEntry } from '../../../trainer/data/dataset.ts';
import { startEngine } from '../../../trainer/engines/engine.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { settleNeck } from '../../../trainer/train/settleNeck.ts';
import { writeSimulatedSet } from './simulatedSet.ts';

const architecture = { ...SCONET_SKELETON, widths: [2, 2, 4, 4] as [number, number, number, number], embedding: 3 };
const model = {
  architecture,
  parameters: initialParameters(architecture, 6),
  input: 'skeleton-map',
  asymmetryRange: null,
} as const;

let folder = '';
let clips: ClipEntry[] = [];
beforeAll(async () => {
  await startEngine('cpu');
  folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  await writeSimulatedSet(folder, { splits: { train: 3, validation: 0, test: 0 }, clipsPerPerson: 1, frames: 5 });
  clips = (await openDataset(folder)).clips;
});
afterAll(() => rm(folder, { recursive: true }));

it('takes mean and unbiased variance over the walks, feature by feature', async () => {
  const before = model.parameters;
  const after = (await settleNeck(model, clips, new AbortController().signal))!;
  const rows = await embeddingRows(before);
  for (let feature = 0; feature < architecture.embedding * architecture.parts; feature++) {
    const values = rows.map((row) => row[feature]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    expect(after.get('BNNecks.bn1d.running_mean')!.data[feature]).toBeCloseTo(mean, 4);
    expect(after.get('BNNecks.bn1d.running_var')!.data[feature]).toBeCloseTo(variance, 4);
  }
  const changed = [...after].filter(([name, array]) => array !== before.get(name)).map(([name]) => name);
  expect(changed).toEqual(['BNNecks.bn1d.running_mean', 'BNNecks.bn1d.running_var']);
});

it('gives nothing where it was stopped, and leaves no tensor behind', async () => {
  const stop = new AbortController();
  stop.abort();
  const { numTensors } = tf.memory();
  expect(await settleNeck(model, clips, stop.signal)).toBeNull();
  expect(tf.memory().numTensors).toBe(numTensors);
});

/** [walks][channel·parts + part], PyTorch's order of the neck's features. */
async function embeddingRows(parameters: Parameters): Promise<number[][]> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const rows: number[][] = [];
  for (const clip of clips) {
    const walk = classifier.begin();
    walk.push((await readClipData(clip, 'skeleton-map')).frames);
    const features = walk.takeFeatures();
    const embedding = classifier.walkEmbedding(features);
    const parts = (await embedding.array()).map(([channels]) => channels!);
    rows.push(Array.from({ length: architecture.embedding }, (_, channel) => parts.map((part) => part[channel]!)).flat());
    tf.dispose([features, embedding]);
  }
  classifier.dispose();
  return rows;
}
