/** What is exported is what was imported: the same weights, and the facts without which they look useless. */
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/formats/safetensors.ts';
import { readWeightsFile } from '../../../src/formats/weightsFile.ts';
import { exportModel } from '../../../src/nets/export/exportModel.ts';
import { recogniseCheckpoint } from '../../../src/nets/import/recognise.ts';
import type { Architecture } from '../../../src/nets/architecture.ts';
import { makeTinyModel, randomParameters, TINIEST } from '../../tinyModel.ts';

const DRF: Architecture = { ...TINIEST, network: 'drf', attention: 'before-fcs' };

describe.each(['pt', 'safetensors'] as const)('%s', (format) => {
  it.each([TINIEST, DRF])('is recognised as the network it was: %o', (architecture) => {
    const parameters = randomParameters(architecture, 2);
    const file = readWeightsFile(exportModel({ architecture, parameters, iterations: 40, manifest: null }, format));
    expect(file.iterations).toBe(40);
    const recognition = recogniseCheckpoint(file.tensors);
    expect(recognition.architecture).toEqual(architecture);
    expect(new Map([...recognition.parameters].sort())).toEqual(new Map([...parameters].sort()));
  });
});

it('gives PyTorch a count of batches for every batch norm', () => {
  const bytes = exportModel(
    { architecture: TINIEST, parameters: randomParameters(TINIEST, 2), iterations: 40, manifest: null },
    'pt',
  );
  const { tensors } = readWeightsFile(bytes);
  const norms = [...tensors.keys()].filter((name) => name.endsWith('.running_mean'));
  for (const norm of norms) {
    expect(tensors.get(norm.replace('running_mean', 'num_batches_tracked'))).toMatchObject({ shape: [], dtype: 'int64' });
  }
});

it('takes along what the weights are fed with, the order of their classes and what they were trained on', async () => {
  const { manifest } = await makeTinyModel({ architecture: TINIEST });
  const model = { architecture: TINIEST, parameters: randomParameters(TINIEST, 2), iterations: null, manifest };
  const { metadata } = readSafetensors(exportModel(model, 'safetensors'));
  expect(Object.fromEntries(metadata)).toEqual({
    network: 'ScoNet-MT-ske',
    class_order: 'negative,neutral,positive',
    input: 'sigma15_joint8-bodyonly',
    trained_on: manifest.training.data,
    simulated: 'true',
    weights_sha256: manifest.weights.sha256,
  });
  const onnx = new TextDecoder().decode(exportModel(model, 'onnx'));
  expect(onnx).toContain('it says nothing about a person');
});
