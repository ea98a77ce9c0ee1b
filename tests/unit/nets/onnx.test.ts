/** An exported network computes in onnxruntime what it computes here: any number of clips, any number of frames. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeOnnx } from '../../../src/formats/onnx.ts';
import { ASYMMETRY_LENGTH } from '../../../src/gait/asymmetry.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import { networkGraph } from '../../../src/nets/export/networkGraph.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { randomNumbers, randomParameters, TINIEST } from '../../tinyModel.ts';

const PIXELS = 64 * 44;

const NETWORKS: [string, Architecture][] = [
  ['ScoNet on maps', TINIEST],
  ['ScoNet on silhouettes', { ...TINIEST, inChannels: 1 }],
  ['DRF, attention after the part FCs', { ...TINIEST, network: 'drf', attention: 'after-fcs' }],
  ['DRF, attention before them', { ...TINIEST, network: 'drf', attention: 'before-fcs' }],
  ['ScoNet with eight parts', { ...TINIEST, parts: 8 }],
];

beforeAll(() => tf.setBackend('cpu'));

describe.each(NETWORKS)('%s', (_, architecture) => {
  it.each([
    [1, 1],
    [1, 9],
    [3, 4],
  ])('%i clips of %i frames', async (clips, frames) => {
    const parameters = randomParameters(architecture, 11);
    const random = randomNumbers(clips + 10 * frames);
    const { inChannels, parts } = architecture;
    const maps = Float32Array.from({ length: clips * inChannels * frames * PIXELS }, random);
    const asymmetry = Float32Array.from({ length: clips * ASYMMETRY_LENGTH }, random);
    const session = await InferenceSession.create(encodeOnnx(networkGraph(architecture, parameters)));
    const { logits } = await session.run({
      maps: new Tensor('float32', maps, [clips, inChannels, frames, 64, 44]),
      ...(architecture.network === 'drf' ? { asymmetry: new Tensor('float32', asymmetry, [clips, 8, 3]) } : {}),
    });
    expect(logits!.dims).toEqual([clips, 3, parts]);
    const expected = await ours(architecture, parameters, maps, asymmetry, clips);
    expect(largestDifference(logits!.data as Float32Array, expected)).toBeLessThan(1e-5);
  });
});

async function ours(
  architecture: Architecture,
  parameters: ReturnType<typeof randomParameters>,
  maps: Float32Array,
  asymmetry: Float32Array,
  clips: number,
): Promise<Float32Array> {
  const { inChannels, parts, network } = architecture;
  const classifier = new ScoNetClassifier(architecture, parameters, 1);
  const frames = maps.length / (clips * inChannels * PIXELS);
  const logits = new Float32Array(clips * 3 * parts);
  for (let clip = 0; clip < clips; clip++) {
    const walk = classifier.begin();
    for (let frame = 0; frame < frames; frame++) {
      for (let channel = 0; channel < inChannels; channel++) {
        // OpenGait has the channels before the frames; the classifier takes whole frames.
        const from = ((clip * inChannels + channel) * frames + frame) * PIXELS;
        framePlanes.set(maps.subarray(from, from + PIXELS), channel * PIXELS);
      }
      walk.push(framePlanes.slice(0, inChannels * PIXELS));
    }
    const vector = asymmetry.slice(clip * ASYMMETRY_LENGTH, (clip + 1) * ASYMMETRY_LENGTH);
    logits.set(await walk.finish(network === 'drf' ? vector : null), clip * 3 * parts);
  }
  classifier.dispose();
  return logits;
}

const framePlanes = new Float32Array(2 * PIXELS);
