/** The neck's statistics after settling are those of the whole walks it was given, and nothing else has changed. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import { SCONET_SKELETON } from '../../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import { startEngine } from '../../../trainer/engines/engine.ts';
import { drawWalks, mapsOf } from '../../../trainer/evaluate/walks.ts';
import { initialParameters } from '../../../trainer/train/initialise.ts';
import { settleNeck } from '../../../trainer/train/settleNeck.ts';

const architecture = { ...SCONET_SKELETON, widths: [2, 2, 4, 4] as [number, number, number, number], embedding: 3 };
const set = { seed: 77, people: 3, classShares: { negative: 1, neutral: 1, positive: 1 } };

beforeAll(() => startEngine('cpu'));

it('takes mean and unbiased variance over the walks, feature by feature', async () => {
  const before = initialParameters(architecture, 6);
  const after = await settleNeck(architecture, before, set, SIGMA15_JOINT8_BODY_ONLY, () => undefined);
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

/** [walks][channel·parts + part], PyTorch's order of the neck's features. */
async function embeddingRows(parameters: Parameters<typeof settleNeck>[1]): Promise<number[][]> {
  const classifier = new ScoNetClassifier(architecture, parameters);
  const rows: number[][] = [];
  for (const drawn of drawWalks(set)) {
    const walk = classifier.begin();
    walk.push(mapsOf(drawn, SIGMA15_JOINT8_BODY_ONLY));
    const features = walk.takeFeatures();
    const embedding = classifier.walkEmbedding(features);
    const parts = (await embedding.array()).map(([channels]) => channels!);
    rows.push(Array.from({ length: architecture.embedding }, (_, channel) => parts.map((part) => part[channel]!)).flat());
    tf.dispose([features, embedding]);
  }
  classifier.dispose();
  return rows;
}
