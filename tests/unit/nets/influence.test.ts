/** A walk without one of its stretches is the walk of the other frames, exactly: the network takes a maximum over frames. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASYMMETRY_LENGTH } from '../../../src/gait/asymmetry.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import { divide, STRETCHES } from '../../../src/nets/influence.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { randomNumbers, randomParameters, TINIEST } from '../../tinyModel.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const CHUNK = 2;
const random = randomNumbers(5);
const asymmetry = Float32Array.from({ length: ASYMMETRY_LENGTH }, random);

const NARROW = { ...TINIEST, network: 'sconet', widths: [2, 4, 4, 8], embedding: 4 } as const satisfies Architecture;
const NARROW_DRF = { ...NARROW, network: 'drf', attention: 'after-fcs' } as const satisfies Architecture;

function makeClassifier(architecture: Architecture = NARROW): ScoNetClassifier {
  return new ScoNetClassifier(architecture, randomParameters(architecture, 7), 255, CHUNK);
}

const makeMaps = (classifier: ScoNetClassifier, frames: number): Uint8Array =>
  Uint8Array.from({ length: frames * classifier.frameLength }, () => Math.floor(256 * random()));

async function logitsOf(classifier: ScoNetClassifier, maps: Uint8Array): Promise<Float32Array> {
  const walk = classifier.begin();
  walk.push(maps);
  return walk.finish(asymmetry);
}

describe.each<[string, Architecture]>([
  ['sconet', NARROW],
  ['drf', NARROW_DRF],
])('%s', (_, architecture) => {
  const classifier = makeClassifier(architecture);
  afterAll(() => classifier.dispose());

  it.each([5, 29])('gives what the other frames give, for each stretch of %d frames', async (frames) => {
    const maps = makeMaps(classifier, frames);
    const walk = classifier.begin({ keepStretches: true });
    walk.push(maps);
    const whole = await walk.finish(asymmetry);
    const without = await walk.withoutEach(asymmetry);
    walk.cancel();
    expect(without.map(({ from, to }) => to - from).reduce((sum, length) => sum + length)).toBe(frames);
    expect(without.length).toBe(Math.min(STRETCHES, Math.ceil(frames / CHUNK)));
    for (const { from, to, logits } of without) {
      const rest = [maps.subarray(0, from * classifier.frameLength), maps.subarray(to * classifier.frameLength)];
      const others = Uint8Array.from([...rest[0]!, ...rest[1]!]);
      expect(largestDifference(logits, await logitsOf(classifier, others))).toBeLessThan(1e-6);
    }
    expect(largestDifference(whole, await logitsOf(classifier, maps))).toBe(0);
  });
});

it('gives the whole for a walk of one stretch, and nothing for none', async () => {
  const classifier = makeClassifier();
  const maps = makeMaps(classifier, 2);
  const walk = classifier.begin({ keepStretches: true });
  walk.push(maps);
  await walk.finish();
  const [only, ...more] = await walk.withoutEach();
  expect(more).toEqual([]);
  expect(largestDifference(only!.logits, await logitsOf(classifier, maps))).toBe(0);
  walk.cancel();
  expect(await walk.withoutEach()).toEqual([]);
  await expect(classifier.begin().withoutEach()).rejects.toThrow(RangeError);
  classifier.dispose();
});

it('leaves no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const classifier = makeClassifier();
  const walk = classifier.begin({ keepStretches: true });
  walk.push(makeMaps(classifier, 9));
  await walk.finish();
  await walk.withoutEach();
  walk.cancel();
  classifier.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('divides chunks evenly, each into one stretch', () => {
  for (const chunks of [1, 7, 12, 13, 25, 90]) {
    const stretches = divide(chunks, 8, chunks * 8 - 3);
    expect(stretches[0]!.from).toBe(0);
    expect(stretches.at(-1)!.to).toBe(chunks * 8 - 3);
    stretches.slice(1).forEach(({ first, from }, index) => {
      expect(first).toBe(stretches[index]!.last);
      expect(from).toBe(stretches[index]!.to);
    });
    const lengths = stretches.map(({ first, last }) => last - first);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  }
});
