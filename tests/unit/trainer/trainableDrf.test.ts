/** A DRF learns: its attention is part of the training pass, and every one of its parameters gets a gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASYMMETRY_LENGTH } from '../../../src/gait/asymmetry.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { startEngine } from '../../../trainer/engines/engine.ts';
import { crossEntropy } from '../../../trainer/train/losses.ts';
import { TrainableNetwork } from '../../../trainer/train/trainableNetwork.ts';
import { randomNumbers, randomParameters, TINIEST } from '../../tinyModel.ts';

const CLIPS = 3;

beforeAll(() => startEngine('cpu'));

describe.each(['before-fcs', 'after-fcs'] as const)('attention %s', (attention) => {
  const architecture: Architecture = { ...TINIEST, widths: [2, 2, 4, 4], embedding: 3, network: 'drf', attention };

  it('gives a gradient to every parameter of the attention', () => {
    const network = new TrainableNetwork(architecture, randomParameters(architecture, 9));
    const random = randomNumbers(2);
    const frames = tf.tensor4d(Float32Array.from({ length: CLIPS * 64 * 44 * 2 }, random), [CLIPS, 64, 44, 2]);
    const asymmetry = tf.tensor3d(Float32Array.from({ length: CLIPS * ASYMMETRY_LENGTH }, random), [CLIPS, 8, 3]);
    const variables = [...network.trainable].filter(([name]) => name.startsWith('PGA.'));
    expect(variables).toHaveLength(4);
    const { grads } = tf.variableGrads(
      () => {
        const { logits } = network.forward(frames, CLIPS, asymmetry);
        return crossEntropy(logits, [0, 1, 2], { smoothing: 0.1, classWeights: null });
      },
      variables.map(([, variable]) => variable),
    );
    for (const [name, variable] of variables) {
      const largest = Math.max(...grads[variable.name]!.abs().dataSync());
      expect(largest, name).toBeGreaterThan(0);
      expect(Number.isFinite(largest), name).toBe(true);
    }
    expect(() => network.forward(frames, CLIPS)).toThrow(/asymmetry vector/);
    network.dispose();
  });
});
